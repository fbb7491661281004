package vini.forwarder.elements.napt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.kit.GraphRun;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hosts with a real TCP on both sides, over links that lose packets and are narrow. */
class NaptHostsTest {
    private static final String GRAPH =
            """
            user :: BuiltinHost(10.0.0.5); friend :: BuiltinHost(10.0.0.6);
            server :: BuiltinHost(198.51.100.7);
            nat :: NAPT(192.0.2.1, PORTS 20000-20063, INSIDE 10.0.0.0/24, FILTERING KIND);
            user -> up :: Link(DELAY 5ms, RATE 20Mbps, LOSS 0.5%) -> MarkIPHeader -> [0]nat;
            friend -> MarkIPHeader -> [0]nat;
            nat[0] -> fr :: IPFragmenter(900) -> out :: Link(DELAY 9ms) -> server;
            fr[1] -> ICMPError(192.0.2.1, unreachable, needfrag, PMTU 900) -> [1]nat;
            server -> back :: Link(DELAY 9ms, LOSS 0.5%) -> MarkIPHeader -> [1]nat;
            nat[1] -> MarkIPHeader -> GetIPAddress(16)
              -> inside :: RadixIPLookup(10.0.0.5/32 0, 10.0.0.6/32 1);
            inside[0] -> down :: Link(DELAY 5ms, RATE 20Mbps) -> user; inside[1] -> friend;
            """;

    private static final Pattern RECEIVED = Pattern.compile("peer closed after ([0-9]+) bytes");

    /** How many bytes the server had when its peer closed. */
    private static long received(GraphRun run) throws Exception {
        String log = run.read("server.log", "sink 0");
        Matcher end = RECEIVED.matcher(log);
        assertThat(end.find()).as(log).isTrue();
        assertThat(log).doesNotContain("corrupt");
        return Long.parseLong(end.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address", "address-and-port"})
    void connectionsCarryWhatIsSent(String filtering) throws Exception {
        String text = GRAPH.replace("KIND", filtering);
        try (GraphRun run = GraphRun.of(text)) {
            run.write("server.start", "sink receive PORT 7");
            run.write("user.start", "bulk send DST 198.51.100.7, PORT 7, FOR 5s");
            run.write("friend.start", "rtt ping DST 198.51.100.7, EVERY 100ms");
            run.run(3000 * GraphRun.MS);
            assertThat(run.read("nat.tcp_table"))
                    .contains("tcp 10.0.0.5:", " with 198.51.100.7:7, established");
            run.run(60_000 * GraphRun.MS);
            // Some losses, segments that were too long at first: still some megabytes arrive.
            assertThat(received(run)).isGreaterThan(1_000_000);
            assertThat(run.read("friend.log", "rtt 3")).contains("reply");
            assertThat(run.read("nat.tcp_table")).contains(", closed, ends in");
            assertThat(run.read("nat.counts")).contains("errors_translated ");
            run.run(400_000 * GraphRun.MS);
            assertThat(run.read("nat.tcp_table")).isEmpty();
        }
    }
}
