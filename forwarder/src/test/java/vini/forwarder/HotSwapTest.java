package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A graph that is replaced again and again by one of the same text does what it would have done
 * without: the same packets leave it at the same times, and each handler reads the same.
 */
class HotSwapTest {
    private static final long RUN = 1000 * GraphRun.MS;

    /** No divisor of anything, so that it comes in the midst of everything. */
    private static final long EVERY = 37 * GraphRun.MS + 331_007;

    /** To read from them is to let them run, or calculate. */
    private static final String SCRIPTS = "Script|DriverManager";

    private static final String UDP =
            Packets.ipv4("10.0.0.1", "10.0.0.2", 64, 17, "0001000200080000");

    private static final String IPV6 =
            "6000000000083b40fd000000000000000000000000000001"
                    + "fd0000000000000000000000000000020000000000000000";

    private static String data(String hex) {
        return "DATA \\<" + hex + ">";
    }

    /** A graph, and what is written to its handlers after the start. */
    private static Arguments graph(String name, String text, String... writes) {
        return Arguments.of(name, text, List.of(writes));
    }

    static Stream<Arguments> graphs() {
        String two =
                "RatedSource(DATA a, RATE 90) -> a :: Queue(9);"
                        + "RatedSource(DATA bb, RATE 110) -> b :: Queue(9);";
        String out = " -> TimedUnqueue(7ms) -> o :: Collect;";
        String ip = "RatedSource(" + data(UDP) + ", RATE 80) -> ";
        return Stream.of(
                graph(
                        "queue",
                        "RatedSource(RATE 100) -> q :: Queue(5) -> TimedUnqueue(50ms) -> o ::"
                                + " Collect; q[1] -> d :: Discard"),
                graph(
                        "its capacity",
                        "RatedSource(RATE 100) -> q :: FrontDropQueue(5) -> TimedUnqueue(50ms) ->"
                                + " o :: Collect",
                        "q.capacity 12"),
                graph(
                        "mixed queue",
                        "q :: MixedQueue(4); RatedSource(DATA a, RATE 30) -> q; RatedSource(DATA b,"
                                + " RATE 20) -> [1] q -> Burster(0.2, 3) -> o :: Collect"),
                graph(
                        "shapers",
                        "RatedSource(RATE 500) -> Queue(90) -> s :: Shaper(77) -> Unqueue -> o ::"
                                + " Collect; RatedSource(RATE 300, LENGTH 90) -> Queue ->"
                                + " BandwidthShaper(5001Bps) -> Unqueue -> p :: Collect",
                        "s.rate 61"),
                graph(
                        "rated pullers",
                        "RatedSource(RATE 500) -> Queue -> u :: RatedUnqueue(33) -> o :: Collect;"
                            + " RatedSource(RATE 300, LENGTH 90) -> Queue -> v ::"
                            + " BandwidthRatedUnqueue(5001Bps, BURST_BYTES 300) -> p :: Collect"),
                graph(
                        "splitters and meters",
                        "RatedSource(RATE 500) -> s :: RatedSplitter(111) -> o :: Collect; s[1] ->"
                            + " m :: Meter(200, 300) -> p :: Collect; m[1] -> n ::"
                            + " BandwidthMeter(20000) -> q :: Collect; m[2] -> Discard; n[1] -> r"
                            + " :: Collect"),
                graph(
                        "lines",
                        "RatedSource(RATE 300, LENGTH 90) -> SetTimestamp -> Queue(30) ->"
                                + " LinkUnqueue(83ms, 10kBps) -> Queue -> DelayUnqueue(0.11) ->"
                                + " SetTimestamp -> Queue -> DelayShaper(0.05) -> Unqueue -> o ::"
                                + " Collect"),
                graph(
                        "active queue management",
                        "RatedSource(RATE 300) -> SetTimestamp -> RED(5, 500, 0) -> q :: Queue(60)"
                                + " -> c :: CoDel(5ms, 40ms) -> TimedUnqueue(9ms) -> o :: Collect"),
                graph("round robin", two + "s :: RoundRobinSched; a -> s; b -> [1] s" + out),
                graph(
                        "strides",
                        two + "s :: StrideSched(3, 5); a -> s; b -> [1] s" + out,
                        "s.tickets0 2"),
                graph("deficits", two + "s :: DRRSched(1); a -> s; b -> [1] s" + out),
                graph(
                        "times",
                        "RatedSource(DATA a, RATE 90) -> SetTimestamp -> a :: Queue(9);"
                                + "RatedSource(DATA bb, RATE 110) -> SetTimestamp -> b :: Queue(9);"
                                + "s :: TimeSortedSched(BUFFER 3); a -> s; b -> [1] s"
                                + out),
                graph(
                        "switches",
                        "RatedSource(RATE 100) -> r :: RoundRobinSwitch -> o :: Collect; r[1] -> s"
                            + " :: StrideSwitch(2, 3) -> p :: Collect; s[1] -> w :: Switch -> x ::"
                            + " Collect; w[1] -> y :: Collect; r[2] -> u :: Suppressor -> z ::"
                            + " Collect",
                        "w.switch 1",
                        "u.active0 false"),
                graph(
                        "a switch that pulls",
                        two + "s :: PullSwitch; a -> s; b -> [1] s" + out,
                        "s.switch 1"),
                graph(
                        "counters",
                        "RatedSource(RATE 100) -> c :: Counter(COUNT_CALL 50 d.active false) -> a"
                            + " :: AverageCounter -> t :: SetTimestamp -> f :: SetTimestampDelta ->"
                            + " r :: TimeRange -> p :: Print(ACTIVE false) -> d :: Discard"),
                graph(
                        "clipboard",
                        "c :: Clipboard(0/3); RatedSource(DATA abc, RATE 3) -> c -> o :: Collect;"
                                + "RatedSource(DATA xxxx, RATE 11) -> [1] c; c[1] -> p :: Collect"),
                graph(
                        "sources",
                        "InfiniteSource(DATA i, LIMIT 7) -> o :: Collect;r :: RatedSource(DATA r,"
                            + " RATE 30, LIMIT 7) -> p :: Collect;t :: TimedSource(0.013, t) -> q"
                            + " :: Collect;e :: EtherPauseSource(1:1:1:1:1:1, 7, LIMIT 3, INTERVAL"
                            + " 0.11) -> x :: Collect;s :: TimedSource(0.1, s, LIMIT 3, STOP true)"
                            + " -> y :: Collect",
                        "t.data zz",
                        "r.limit 9"),
                graph(
                        "pulled sources",
                        "InfiniteSource(DATA i, LIMIT 7) -> TimedUnqueue(0.1) -> o ::"
                                + " Collect;RatedSource(DATA r, RATE 30, LIMIT 17, STOP true) ->"
                                + " Unqueue(LIMIT 12) -> p :: Collect;"),
                graph(
                        "headers",
                        "s :: RatedSource(RATE 100) -> IPEncap(50, 10.0.0.1, 10.0.0.2) -> o ::"
                                + " Collect; RatedSource(RATE 40) -> DynamicUDPIPEncap(1.0.0.1, 1,"
                                + " 1.0.0.2, 2, 1, 3) -> p :: Collect; RatedSource(RATE 40) ->"
                                + " ICMPPingEncap(1.0.0.1, 2.0.0.2) -> CheckIPHeader ->"
                                + " ICMPPingResponder -> q :: Collect",
                        "s.active false"),
                graph(
                        "header checks",
                        "RatedSource(RATE 100) -> c :: CheckIPHeader(DETAILS true, VERBOSE false)"
                            + " -> Discard; RatedSource(RATE 40) -> u :: CheckUDPHeader(DETAILS"
                            + " true) -> Discard; RatedSource(RATE 70) -> l :: CheckLength(3) ->"
                            + " Discard; "
                                + ip
                                + "CheckIPHeader -> DecIPTTL -> d :: DropBroadcasts -> Discard"),
                graph(
                        "errors",
                        ip
                                + "CheckIPHeader -> e :: ICMPError(10.0.0.9, unreachable, host,"
                                + " RATE 20, BURST 2) -> o :: Collect"),
                graph(
                        "pings",
                        "p :: ICMPPingSource(10.0.0.1, 10.0.0.2, INTERVAL 0.03) -> a :: Link(DELAY"
                            + " 41ms, RATE 100kbps) -> CheckIPHeader -> ICMPPingResponder -> b ::"
                            + " Link(DELAY 7ms, STATE up) -> CheckIPHeader -> p",
                        "b.delay 9ms"),
                graph(
                        "a link that is down",
                        "RatedSource(RATE 50) -> l :: Link(DELAY 5ms) -> o :: Collect",
                        "l.state silent"),
                graph(
                        "fragments",
                        "RatedSource(RATE 20, LENGTH 300) -> UDPIPEncap(1.0.0.1, 1, 1.0.0.2, 2) ->"
                                + " f :: IPFragmenter(100) -> Queue -> TimedUnqueue(0.013) ->"
                                + " CheckIPHeader -> r :: IPReassembler -> o :: Collect"),
                graph(
                        "learning",
                        "s :: EtherSwitch; RatedSource(DATA x, RATE 20) -> EtherEncap(0x800,"
                            + " 1:0:0:0:0:1, 1:0:0:0:0:3) -> s -> o :: Collect; TimedSource(0.2, y)"
                            + " -> EtherEncap(0x800, 2:0:0:0:0:3, 2:0:0:0:0:2) -> [1] s; s[1] -> p"
                            + " :: Collect",
                        "s.timeout 7"),
                graph(
                        "addresses",
                        ip
                                + "CheckIPHeader -> q :: ARPQuerier(10.0.0.1, 2:0:0:0:0:1, TIMEOUT"
                                + " 0.3) -> o :: Collect; q[1] -> Queue -> DelayUnqueue(0.05) -> r"
                                + " :: ARPResponder -> Queue -> TimedUnqueue(0.03) -> [1] q",
                        "r.add 10.0.0.2 2:0:0:0:0:2",
                        "q.ipaddr 10.0.0.7"),
                graph(
                        "routes",
                        ip
                                + "CheckIPHeader -> GetIPAddress(16) -> l ::"
                                + " RadixIPLookup(0.0.0.0/0 0, 10.1.0.0/16 0, 10.2.0.0/16 1) -> o"
                                + " :: Collect; l[1] -> p :: Collect; i :: LookupIP6Route(::/0 ::"
                                + " 0, 1::/16 :: 0); Idle -> i -> Discard",
                        "l.add 10.0.0.0/24 1",
                        "l.remove 10.1.0.0/16",
                        "l.set 10.2.0.0/16 0",
                        "i.add 2::/16 :: 0",
                        "i.remove 1::/16"),
                graph(
                        "rewriters",
                        "IPRewriterPatterns(P 9.9.9.9 2000-2010# - -);m :: RoundRobinIPMapper(- -"
                            + " 8.0.0.1 - 0 0, - - 8.0.0.2 - 0 0);RatedSource(RATE 50) -> e ::"
                            + " DynamicUDPIPEncap(1.0.0.1, 1, 1.0.0.2, 2, 1, 3) -> s ::"
                            + " RoundRobinSwitch -> a :: IPRewriter(pattern P 0 0) -> o :: Collect;"
                            + " s[1] -> b :: IPRewriter(pattern P 0 0, MAPPING_CAPACITY a) -> p ::"
                            + " Collect; s[2] -> c :: UDPRewriter(m) -> q :: Collect; s[3] -> d ::"
                            + " IPAddrRewriter(pattern 7.0.0.1 - 0 0) -> x :: Collect",
                        "a.capacity 12 1",
                        "d.pattern0 pattern 7.0.0.2 - 0 0"),
                graph(
                        "NAPT",
                        "RatedSource(RATE 50) -> e :: DynamicUDPIPEncap(1.0.0.1, 1, 1.0.0.2, 2, 1,"
                            + " 3) -> n :: NAPT(9.9.9.9, MAPPINGS 12, GUARANTEE 0.1, LOG 9) -> o ::"
                            + " Collect; RatedSource(RATE 20, LENGTH 300) -> UDPIPEncap(1.0.0.3, 1,"
                            + " 1.0.0.2, 2) -> IPFragmenter(100) -> Queue -> TimedUnqueue(0.013) ->"
                            + " CheckIPHeader -> n; Idle -> [1] n; n[1] -> p :: Collect"),
                graph(
                        "aggregates",
                        "RatedSource(RATE 50) -> UDPIPEncap(1.0.0.1, 1, 1.0.0.2, 2) ->"
                            + " CheckIPHeader -> f :: AggregateIPFlows -> i :: AggregateIP(ip dst)"
                            + " -> c :: AggregateCounter(COUNT_CALL 20 c.banner x) -> o ::"
                            + " Collect;RatedSource(RATE 50) -> SetTimestamp -> t ::"
                            + " TimeFilter(START_AFTER 0.1, END_AFTER 0.5, END_CALL k.color 7) -> p"
                            + " :: Collect; k :: Paint(1); Idle -> k -> Discard"),
                graph(
                        "other measuring",
                        "RatedSource(DATA abc, RATE 90) -> AggregateLength -> SetTimestamp -> f ::"
                            + " AggregateFilter(deny 0-1, allow all) -> Queue -> DelayShaper(0.003)"
                            + " -> t :: TimestampAccum -> s :: TimedSink(17ms); RatedSource(RATE"
                            + " 40) -> UDPIPEncap(1.0.0.1, 1, 1.0.0.2, 2) -> CheckIPHeader -> a ::"
                            + " AggregateIPAddrPair -> b :: AggregateCounter -> Discard",
                        "s.interval 23ms"),
                graph(
                        "other queues",
                        two
                                + "a -> Unqueue -> QuickNoteQueue(7) -> x :: TimedUnqueue(31ms) ->"
                                + " o :: Collect; b -> Unqueue -> n :: NotifierQueue(3) ->"
                                + " TimedUnqueue(41ms) -> c :: ThreadSafeQueue(4) ->"
                                + " TimedUnqueue(53ms) -> p :: Collect"),
                graph(
                        "other route tables",
                        ip
                                + "CheckIPHeader -> GetIPAddress(16) -> a :: DirectIPLookup(0/0 0)"
                                + " -> b :: RangeIPLookup(0/0 0) -> c :: LinearIPLookup(0/0 0) -> d"
                                + " :: SortedIPLookup(0/0 0) -> e :: StaticIPLookup(0/0 0) -> o ::"
                                + " Collect; b[1] -> p :: Collect",
                        "a.add 9.0.0.0/8 0",
                        "b.add 10.0.0.0/24 1",
                        "b.remove 10.0.0.0/24",
                        "c.add 11.0.0.0/8 0",
                        "c.add 7.0.0.0/8 0",
                        "d.set 0/0 1.2.3.4 0"),
                graph(
                        "other rewriters",
                        "RatedSource(RATE 50) -> DynamicUDPIPEncap(1.0.0.1, 1, 1.0.0.2, 2, 1, 3) ->"
                            + " a :: IPAddrPairRewriter(pattern 7.0.0.1 8.0.0.1 0 0) -> o ::"
                            + " Collect; RatedSource(RATE 20) -> ICMPPingEncap(1.0.0.1, 2.0.0.2) ->"
                            + " p :: ICMPPingRewriter(pattern 9.0.0.1 100-200 - - 0 0,"
                            + " MAPPING_CAPACITY 9) -> q :: Collect; Idle -> t :: TCPRewriter(drop)"
                            + " -> Discard",
                        "p.capacity 7 2"),
                graph(
                        "other header checks",
                        ip
                                + "EtherEncap(0x800, 1:1:1:1:1:1, 2:2:2:2:2:2) -> i ::"
                                + " IPInputCombo(3) -> g :: IPGWOptions(10.0.0.9) -> Discard;"
                                + " RatedSource(RATE 30) -> ICMPPingEncap(1.0.0.1, 2.0.0.2) -> c ::"
                                + " CheckICMPHeader -> h :: CheckIPHeader2 -> Discard;"
                                + " RatedSource(RATE 30) -> n :: ICMPIPEncap(1.0.0.1, 2.0.0.2,"
                                + " echo) -> o :: Collect; RatedSource(RATE 20) -> CheckARPHeader"
                                + " -> Discard; RatedSource(RATE 20) -> v :: CheckIP6Header ->"
                                + " Discard"),
                graph(
                        "IPv6",
                        "RatedSource("
                                + data(IPV6)
                                + ", RATE 70) -> v :: CheckIP6Header -> GetIP6Address(24) -> d ::"
                                + " DecIP6HLIM -> f :: IP6Fragmenter(1280) -> n ::"
                                + " IP6NDSolicitor(fd00::1, 2:0:0:0:0:1, TIMEOUT 0.3, POLL_TIMEOUT"
                                + " 0.1) -> o :: Collect; n[1] -> Queue -> DelayUnqueue(0.05) -> r"
                                + " :: IP6NDAdvertiser(fd00::2 2:0:0:0:0:2) -> [1] n",
                        "n.insert fd00::7 2:0:0:0:0:7"),
                graph(
                        "scripts",
                        "RatedSource(RATE 40) -> p :: Paint(1) -> o :: Collect; c :: Counter; Idle"
                                + " -> c -> Discard; s :: Script(set x 3, label again, wait 11ms,"
                                + " write p.color $x, set x $(mod $(add $x 1) 200), goto again);"
                                + " t :: Script(TYPE PASSIVE, export n 0, set n $(add $n 1), return"
                                + " $n); Script(wait 19ms, write t.run, loop)"),
                graph(
                        "tunnels",
                        "RatedSource(RATE 50) -> a :: DirectTunnel(A, B) -> Discard; b ::"
                                + " DirectTunnel(B, A) -> o :: Collect; Idle -> b"),
                graph(
                        "hosts",
                        "a :: BuiltinHost(10.0.0.1) -> l :: Link(DELAY 5.137ms, RATE 313kbps) -> b"
                                + " :: BuiltinHost(10.0.0.2) -> m :: Link(DELAY 4.311ms) -> a",
                        "b.start sink receive PORT 7",
                        "a.start rtt ping DST 10.0.0.2, EVERY 30ms",
                        "a.start bulk send DST 10.0.0.2, PORT 7"));
    }

    /** Those want an argument. */
    private static String read(Graph graph, String element, String handler) {
        try {
            return graph.read(element, handler, "");
        } catch (HandlerException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** All that can be read, and all that has come out. */
    private static Map<String, String> state(GraphRun run) throws HandlerException {
        Map<String, String> state = new LinkedHashMap<>();
        Graph graph = run.graph("n");
        for (String element : graph.elementNames()) {
            for (String line : graph.read(element, "handlers", "").lines().toList()) {
                String[] words = line.split("\t", -1);
                if (words[1].contains("r") && !graph.classOf(element).matches(SCRIPTS)) {
                    state.put(element + "." + words[0], read(graph, element, words[0]));
                }
            }
            if (graph.classOf(element).equals("Collect")) {
                state.put(element, run.seen(element).toString());
            }
        }
        state.put("books", run.books().toString());
        state.put("chatter", run.chatter().toString());
        return state;
    }

    private static GraphRun begin(String text, List<String> writes) throws Exception {
        GraphRun run = GraphRun.of(text);
        run.run(5 * GraphRun.MS);
        for (String write : writes) {
            String[] words = write.split(" ", 2);
            run.write(words[0], words[1]);
        }
        return run;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void nobodySeesThatTheGraphIsAnother(String name, String text, List<String> writes)
            throws Exception {
        try (GraphRun still = begin(text, writes);
                GraphRun swapped = begin(text, writes)) {
            List<String> before = new ArrayList<>();
            for (long at = 5 * GraphRun.MS; at < RUN; at += EVERY) {
                still.run(EVERY);
                swapped.run(EVERY - 1);
                swapped.swap(text);
                // New tasks look once whether there is anything to do.
                swapped.run(1);
                Map<String, String> wanted = state(still);
                Map<String, String> seen = state(swapped);
                assertThat(seen.keySet()).isEqualTo(wanted.keySet());
                for (Map.Entry<String, String> each : wanted.entrySet()) {
                    assertThat(seen.get(each.getKey()))
                            .as("%s at %s ms", each.getKey(), at / GraphRun.MS)
                            .isEqualTo(each.getValue());
                }
                before.add(still.books().toString());
            }
            assertThat(before.getFirst()).as("it does something").isNotEqualTo(before.getLast());
        }
    }
}
