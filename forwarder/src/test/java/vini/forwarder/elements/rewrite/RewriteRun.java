package vini.forwarder.elements.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.elements.tcpudp.Segments;
import vini.forwarder.kit.GraphRun;

import java.util.ArrayList;
import java.util.List;

/**
 * A rewriter {@code rw} with inputs and outputs wired, in virtual time. Packets are written as
 * {@code 1.0.0.1 1024 10.0.0.4 40 T}; each that comes out must have right checksums.
 */
final class RewriteRun implements AutoCloseable {
    private final GraphRun run;
    private final int outputs;
    private final List<Integer> shown = new ArrayList<>();

    RewriteRun(String configuration, int inputs, int outputs) throws ConfigException {
        this(configuration, "", inputs, outputs);
    }

    RewriteRun(String configuration, String others, int inputs, int outputs)
            throws ConfigException {
        StringBuilder text = new StringBuilder();
        text.append("rw :: ").append(configuration).append(";\n").append(others).append('\n');
        for (int i = 0; i < inputs; i++) {
            text.append("in%d :: Inject -> CheckIPHeader -> [%d]rw;%n".formatted(i, i));
        }
        for (int i = 0; i < outputs; i++) {
            text.append("rw[%d] -> out%d :: Collect;%n".formatted(i, i));
            shown.add(0);
        }
        this.outputs = outputs;
        run = GraphRun.of(text.toString());
    }

    GraphRun run() {
        return run;
    }

    String read(String handler) throws HandlerException {
        return run.read("rw." + handler);
    }

    /** Lets time pass until so many seconds from the beginning. */
    void until(double seconds) {
        run.clock().runUntil(Math.round(seconds * 1e9));
    }

    /** Pushes a packet as hex; {@code OUTPUT HEX}, or {@code -} if none came out. */
    String pushHex(int input, String hex) {
        run.pushFrom("in" + input, hex);
        String result = "-";
        for (int i = 0; i < outputs; i++) {
            List<String> out = run.out("out" + i);
            if (out.size() > shown.get(i)) {
                shown.set(i, out.size());
                result = i + " " + out.getLast();
                assertThat(Segments.sound(out.getLast())).as(out.getLast()).isTrue();
            }
        }
        return result;
    }

    /** Pushes a packet with a data byte; what came out of which output, or {@code -}. */
    String push(int input, String packet) {
        return push(input, packet, Segments.ACK, "58");
    }

    String push(int input, String packet, int flags, String data) {
        String[] words = packet.split(" ", -1);
        int fromPort = Integer.parseInt(words[1]);
        int toPort = Integer.parseInt(words[3]);
        String hex =
                words[4].equals("T")
                        ? Segments.tcp(words[0], fromPort, words[2], toPort, flags, data)
                        : Segments.udp(words[0], fromPort, words[2], toPort, data);
        String result = pushHex(input, hex);
        return result.equals("-")
                ? result
                : result.substring(0, 2) + Segments.summary(result.substring(2));
    }

    @Override
    public void close() {
        run.close();
    }
}
