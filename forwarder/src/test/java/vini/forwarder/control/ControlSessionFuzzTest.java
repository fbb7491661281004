package vini.forwarder.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Timeout;

import vini.forwarder.kit.GraphRun;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Any bytes of a client are answered as the protocol says, however they are cut into pieces, and
 * whatever they do to handlers, the graph lives and balances.
 */
class ControlSessionFuzzTest {
    private static final String GRAPH =
            """
            src :: InfiniteSource(LIMIT 5) -> c :: Counter -> q :: Queue(7) -> s :: Shaper(5)
              -> u :: Unqueue -> w :: Switch -> rw :: IPRewriter(pattern 1.0.0.1 1-9 - - 0 1)
              -> d :: Discard; rw[1] -> Discard; w[1] -> r :: RED(1, 5, 0.1) -> Queue(9) -> Unqueue -> Discard;
            t :: RatedSource(RATE 10) -> m :: Meter(5) -> l :: Paint(3) -> Discard;
            m[1] -> p :: IPClassifier(tcp, -); p[0] -> k :: RandomSample(0.5) -> Discard;
            p[1] -> Discard;
            rt :: RadixIPLookup(1.0.0.0/8 0); Idle -> rt -> Discard;
            x :: Script(TYPE PASSIVE, return $(add $1 1));
            link :: Link(DELAY 3ms); Idle -> link -> Discard;
            arp :: ARPQuerier(1.0.0.1, 2:0:0:0:0:1); Idle -> arp -> Discard; Idle -> [1] arp;
            """;

    /** A status line or what DATA announces. */
    private static final Pattern LINE =
            Pattern.compile("(?s)(?:[2-5][0-9]{2}[ -].*|DATA ([0-9]+)|Click::ControlSocket/1\\.3)");

    @FuzzTest
    @Timeout(10)
    void anyBytesAreAnswered(byte[] bytes) throws Exception {
        String whole = answers(bytes, bytes.length);
        assertThat(answers(bytes, 1)).isEqualTo(whole);
    }

    private static String answers(byte[] bytes, int piece) throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            run.run(10 * GraphRun.MS, 100);
            EmbeddedChannel channel =
                    new EmbeddedChannel(new ControlSession(run.process().handlers(), line -> {}));
            for (int at = 0; at < bytes.length && channel.isOpen(); at += piece) {
                int length = Math.min(piece, bytes.length - at);
                channel.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
                channel.runPendingTasks();
            }
            boolean ended = !channel.isOpen();
            channel.finish();
            StringBuilder out = new StringBuilder();
            for (ByteBuf next = channel.readOutbound();
                    next != null;
                    next = channel.readOutbound()) {
                out.append(next.toString(StandardCharsets.ISO_8859_1));
                next.release();
            }
            String last = check(out.toString());
            if (ended) {
                assertThat(last).matches("200 Goodbye!|500 Command too long|521 Data too big");
            }
            run.run(1000 * GraphRun.MS, 200);
            long inUse = run.loop().packets().inUse();
            assertThat(run.graph("n").ledger().imbalance(inUse)).isZero();
            return out.toString();
        }
    }

    /** Reads answers as a client does, to their end, and returns the last line. */
    private static String check(String answers) {
        int at = 0;
        String last = "";
        while (at < answers.length()) {
            int end = answers.indexOf("\r\n", at);
            assertThat(end).as("ends in the middle of a line").isNotNegative();
            last = answers.substring(at, end);
            assertThat(last).doesNotContain("\r", "\n");
            Matcher matcher = LINE.matcher(last);
            assertThat(matcher.matches()).as(last).isTrue();
            at = end + 2;
            if (matcher.group(1) != null) {
                at += Integer.parseInt(matcher.group(1));
                assertThat(at).as("data are there").isLessThanOrEqualTo(answers.length());
            }
        }
        return last;
    }
}
