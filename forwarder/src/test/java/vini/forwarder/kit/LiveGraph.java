package vini.forwarder.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import vini.forwarder.Chatter;
import vini.forwarder.Graph;
import vini.forwarder.GraphProcess;
import vini.forwarder.Packet;
import vini.forwarder.io.EventLoop;
import vini.time.Seed;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A graph on a live loop. Closing asserts that no packet is left. */
public final class LiveGraph implements AutoCloseable {
    private final EventLoop loop = new EventLoop("test", EventLoop.Duty.ORDINARY);
    private final GraphProcess process = new GraphProcess(loop, new Seed(1));

    /** What was said to the user. */
    public final List<String> chatter = new CopyOnWriteArrayList<>();

    public LiveGraph() {
        process.shared().get(Chatter.class, Chatter::new).to(chatter::add);
    }

    /** A graph named n. */
    public static LiveGraph of(String text) throws Exception {
        LiveGraph live = new LiveGraph();
        try {
            live.start("n", text);
        } catch (Exception e) {
            live.close();
            throw e;
        }
        return live;
    }

    public Graph start(String name, String text) throws Exception {
        return loop.call(() -> process.start(name, "t.click", text));
    }

    /** Puts another graph in the place of one that runs. */
    public Graph swap(String name, String text) throws Exception {
        return loop.call(() -> process.replace(name, "t.click", text));
    }

    /** Does something while the loop does nothing else. */
    public <T> T still(Callable<T> work) throws Exception {
        return loop.call(work::call);
    }

    /** Pushes packets out of the Inject of that name. */
    public void push(Graph graph, String name, String... hex) {
        loop.run(
                () -> {
                    Inject in = Objects.requireNonNull(graph.find(name, Inject.class));
                    in.inject(Stream.of(hex).map(in::packet).toArray(Packet[]::new));
                });
    }

    /** What has come to the Collect of that name. */
    public List<String> out(Graph graph, String name) throws Exception {
        return loop.call(
                () ->
                        Objects.requireNonNull(graph.find(name, Collect.class)).seen().stream()
                                .map(Collect.Seen::hex)
                                .toList());
    }

    /** Waits for a packet that is wanted, and gives it. */
    public String await1(Graph graph, String name, Predicate<String> wanted) throws Exception {
        await().until(() -> out(graph, name).stream().anyMatch(wanted));
        return out(graph, name).stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Reads {@code ELEMENT.HANDLER} of the graph n. */
    public String read(String path) throws Exception {
        return loop.call(() -> process.handlers().read("n/" + path, ""));
    }

    public String books(Graph graph) throws Exception {
        return loop.call(() -> graph.ledger().text());
    }

    @Override
    public void close() {
        loop.run(process::close);
        loop.run(() -> assertThat(loop.packets().inUse()).as("packets that leaked").isZero());
        loop.close();
    }
}
