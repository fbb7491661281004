package vini.bench;

import vini.overlay.world.Holdings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@link Chain} by {@link Click}: a process on each machine of the {@link Testbed}. Its hosts
 * are the machines themselves, with a tun device each.
 */
final class ClickChain implements AutoCloseable {
    private static final List<String> NAMES = List.of("src", "fwd", "snk");

    private final Click click;
    private final Testbed bed;
    private final int port;
    private final Holdings held = new Holdings();
    private final List<ClickProcess> processes = new ArrayList<>();

    /**
     * One that does not run yet.
     *
     * @param port of the tunnels at all ends
     */
    ClickChain(Click click, Testbed bed, int port) {
        this.click = click;
        this.bed = bed;
        this.port = port;
    }

    /** Starts all three. */
    void start() throws IOException, InterruptedException {
        List<ClickProcess> started = new ArrayList<>();
        for (int node = 0; node < NAMES.size(); node++) {
            String text =
                    switch (node) {
                        case 0 -> ClickPeer.end(0, Testbed.SRC, Testbed.FWD_SRC, port);
                        case 1 ->
                                ClickPeer.middle(port, ClickPeer.address(0), ClickPeer.address(2));
                        default -> ClickPeer.end(2, Testbed.SNK, Testbed.FWD_SNK, port);
                    };
            started.add(start(node, "chain-", text));
        }
        for (ClickProcess each : started) {
            var _ = each.await();
        }
    }

    /** Starts the node in the middle, between hosts of these addresses. */
    void startMiddle(String src, String snk) throws IOException, InterruptedException {
        var _ = start(1, "small-", ClickPeer.middle(port, src, snk)).await();
    }

    private ClickProcess start(int node, String prefix, String text) throws IOException {
        var machine = List.of(bed.src(), bed.fwd(), bed.snk()).get(node);
        ClickProcess process = ClickProcess.start(click, prefix + NAMES.get(node), machine, text);
        held.add(process::close);
        processes.add(process);
        return process;
    }

    /** Says so if one has ended. */
    void mustRun() throws IOException {
        for (ClickProcess process : processes) {
            process.mustRun();
        }
    }

    /** Those that run, for {@link Processor}. */
    List<Processor.Of> processes() {
        List<Processor.Of> all = new ArrayList<>();
        for (ClickProcess process : processes) {
            all.add(new Processor.Of(process.name(), process.pid()));
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
