package vini.forwarder.elements.ether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.elements.ether.EtherFrames.BROADCAST;
import static vini.forwarder.elements.ether.EtherFrames.THEM;
import static vini.forwarder.elements.ether.EtherFrames.ip;
import static vini.forwarder.elements.ether.EtherFrames.reply;
import static vini.forwarder.elements.ether.EtherFrames.request;
import static vini.forwarder.elements.ether.EtherFrames.udp;
import static vini.forwarder.kit.GraphRun.MS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;

import java.util.List;

class ArpQuerierTest {
    private static String graph(String arguments) {
        return "in :: Inject -> CheckIPHeader -> arp :: ARPQuerier(%s) -> out :: Collect;"
                        .formatted(arguments)
                + "re :: Inject -> [1]arp; arp[1] -> ask :: Collect;";
    }

    private static final String IDENTITY = "10.0.0.1, 02:00:00:00:00:01";

    @Test
    void aQuestionLeavesByTheOnlyOutputToo() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader -> arp :: ARPQuerier("
                                + IDENTITY
                                + ") -> out :: Collect; Idle -> [1]arp;")) {
            run.push(udp("10.0.0.2", 1));
            assertThat(run.out("out")).containsExactly(request(BROADCAST, "10.0.0.2"));
        }
    }

    /** Click's test: 1000 and 10 packets a second for 1.5 s give 10 questions, then fewer. */
    @ParameterizedTest
    @CsvSource({"1, 1500, 10", "100, 15, 10", "125, 3, 3"})
    void asksAtMostTenTimesASecondAndLessWhenNobodyAnswers(int everyMs, int packets, int questions)
            throws Exception {
        try (GraphRun run = GraphRun.of(graph(IDENTITY))) {
            for (int i = 0; i < packets; i++) {
                run.push(udp("10.0.0.2", i));
                run.run(everyMs * MS);
            }
            assertThat(run.read("arp.queries")).isEqualTo("" + questions);
        }
    }

    @Test
    void whoDidNotAnswerTenTimesIsAskedOnceASecond() throws Exception {
        try (GraphRun run = GraphRun.of(graph(IDENTITY))) {
            for (int i = 0; i < 40; i++) {
                run.push(udp("10.0.0.2", i));
                run.run(100 * MS);
            }
            List<Long> times = run.seen("ask").stream().map(s -> s.nanos() / MS).toList();
            assertThat(times)
                    .containsExactly(
                            0L, 100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L, 1900L, 2900L,
                            3900L);
        }
    }

    /** Click's test: with room for 10 of 28 packets to 14 machines, the last five keep two each. */
    @Test
    void theOldestEntryLosesItsOldestPacket() throws Exception {
        try (GraphRun run = GraphRun.of(graph(IDENTITY + ", CAPACITY 10"))) {
            for (int i = 0; i < 28; i++) {
                run.push(udp("10.0.0." + (2 + i % 14), i));
            }
            assertThat(run.read("arp.length")).isEqualTo("10");
            assertThat(run.read("arp.drops")).isEqualTo("18");
            for (int i = 0; i < 14; i++) {
                run.pushFrom("re", reply(THEM, "10.0.0." + (2 + i)));
            }
            assertThat(run.out("out"))
                    .containsExactly(
                            ip(THEM, udp("10.0.0.11", 9)), ip(THEM, udp("10.0.0.11", 23)),
                            ip(THEM, udp("10.0.0.12", 10)), ip(THEM, udp("10.0.0.12", 24)),
                            ip(THEM, udp("10.0.0.13", 11)), ip(THEM, udp("10.0.0.13", 25)),
                            ip(THEM, udp("10.0.0.14", 12)), ip(THEM, udp("10.0.0.14", 26)),
                            ip(THEM, udp("10.0.0.15", 13)), ip(THEM, udp("10.0.0.15", 27)));
            assertThat(run.books()).contains("drop arp arpFull 18");
        }
    }

    /** Click's test. */
    @Test
    void oneEntryKeepsSoManyPackets() throws Exception {
        try (GraphRun run = GraphRun.of(graph(IDENTITY + ", ENTRY_PACKET_CAPACITY 10"))) {
            for (int i = 0; i < 50; i++) {
                run.push(udp("10.0.0.2", i), udp("10.0.0.3", i));
            }
            assertThat(run.read("arp.stats")).isEqualTo("80 packets killed\n2 ARP queries sent\n");
            run.pushFrom("re", reply(THEM, "10.0.0.3"));
            assertThat(run.out("out")).hasSize(10).contains(ip(THEM, udp("10.0.0.3", 49)));
        }
    }

    /** Click's test "corruption": times are those of its dump. */
    @Test
    void oneEntryAtATime() throws Exception {
        String limits = ", TIMEOUT 0.1s, CAPACITY 1, ENTRY_CAPACITY 1";
        try (GraphRun run = GraphRun.of(graph(IDENTITY + limits))) {
            run.push(udp("10.0.0.2", 1));
            run.run(10 * MS);
            run.push(udp("10.0.0.3", 2));
            run.run(5 * MS);
            run.push(udp("10.0.0.4", 3));
            run.run(105 * MS);
            run.push(udp("10.0.0.2", 4));
            run.run(101 * MS);
            run.push(udp("10.0.0.2", 5));
            assertThat(run.read("arp.count")).isEqualTo("1");
            assertThat(run.read("arp.length")).isEqualTo("1");
            assertThat(run.read("arp.table")).isEqualTo("10.0.0.2 0 FF-FF-FF-FF-FF-FF 0.101000\n");
            assertThat(run.out("ask"))
                    .containsExactly(
                            request(BROADCAST, "10.0.0.2"),
                            request(BROADCAST, "10.0.0.3"),
                            request(BROADCAST, "10.0.0.4"),
                            request(BROADCAST, "10.0.0.2"),
                            request(BROADCAST, "10.0.0.2"));
        }
    }

    /** Click's test: polls when an answer is old, to the known address or to all. */
    @ParameterizedTest
    @CsvSource({"false, 020000000002", "true, ffffffffffff"})
    void asksAgainBeforeAnAnswerEnds(boolean all, String polled) throws Exception {
        String keywords = ", TIMEOUT 0.1s, POLL_TIMEOUT 0.08s, BROADCAST_POLL " + all;
        try (GraphRun run = GraphRun.of(graph(IDENTITY + keywords))) {
            run.push(udp("10.0.0.2", 1));
            run.pushFrom("re", reply(THEM, "10.0.0.2"));
            run.run(50 * MS);
            run.push(udp("10.0.0.2", 2));
            assertThat(run.out("ask")).hasSize(1);
            run.run(31 * MS);
            run.push(udp("10.0.0.2", 3), udp("10.0.0.2", 4));
            assertThat(run.out("ask"))
                    .containsExactly(request(BROADCAST, "10.0.0.2"), request(polled, "10.0.0.2"));
            run.pushFrom("re", reply(THEM, "10.0.0.2"));
            run.run(99 * MS);
            run.push(udp("10.0.0.2", 5));
            assertThat(run.out("out")).hasSize(5);
        }
    }

    @Test
    void anAnswerThatIsTooOldIsAskedForAgainAndItsPacketsEnd() throws Exception {
        try (GraphRun run = GraphRun.of(graph(IDENTITY + ", TIMEOUT 0.1s"))) {
            run.write("arp.insert", "10.0.0.2 2:0:0:0:0:2");
            run.run(120 * MS);
            run.push(udp("10.0.0.2", 1));
            assertThat(run.out("out")).isEmpty();
            assertThat(run.out("ask")).hasSize(1);
            assertThat(run.read("arp.table")).isEqualTo("10.0.0.2 0 02-00-00-00-00-02 0.120000\n");
            run.run(100 * MS);
            assertThat(run.read("arp.count")).isEqualTo("0");
            assertThat(run.books()).contains("drop arp arpTimeout 1");
        }
    }

    @Test
    void duplicatesAndOtherAnswersDoNoHarm() throws Exception {
        try (GraphRun run = GraphRun.of(graph(IDENTITY))) {
            run.push(udp("10.0.0.2", 1));
            run.pushFrom("re", reply(THEM, "10.0.0.2"), reply(THEM, "10.0.0.2"));
            assertThat(run.out("out")).hasSize(1);
            String other = "020000000003";
            run.pushFrom("re", reply(other, "10.0.0.2", "10.0.0.77"));
            run.push(udp("10.0.0.2", 2));
            assertThat(run.out("out")).contains(ip(other, udp("10.0.0.2", 2)));
            run.pushFrom("re", reply(THEM, "10.0.0.66", "10.0.0.77"));
            assertThat(run.read("arp.count")).as("nobody asked, and not to us").isEqualTo("1");
            run.pushFrom("re", reply(THEM, "10.0.0.66"));
            assertThat(run.read("arp.count")).as("to us").isEqualTo("2");
            run.pushFrom("re", reply("030000000002", "10.0.0.5"), reply(THEM, "10.0.0.5") + "00");
            assertThat(run.read("arp.responses")).isEqualTo("6");
            assertThat(run.books()).contains("drop arp badArp 1");
        }
    }

    @Test
    void dropsWhatHasNoDestinationAndSendsToAll() throws Exception {
        try (GraphRun run = GraphRun.of(graph(IDENTITY + ", BROADCAST 10.0.0.9"))) {
            run.push(udp("0.0.0.0", 1), udp("255.255.255.255", 2), udp("10.0.0.9", 3));
            run.push(udp("239.129.2.3", 4));
            assertThat(run.out("out"))
                    .containsExactly(
                            ip(BROADCAST, udp("255.255.255.255", 2)),
                            ip(BROADCAST, udp("10.0.0.9", 3)),
                            ip("01005e010203", udp("239.129.2.3", 4)));
            assertThat(run.books()).contains("drop arp noDestination 1");
        }
    }

    @Test
    void whatWaitsEndsByClearAndWithTheGraph() throws Exception {
        try (GraphRun run = GraphRun.of(graph(IDENTITY))) {
            run.push(udp("10.0.0.2", 1), udp("10.0.0.3", 1));
            run.write("arp.delete", "10.0.0.2");
            run.write("arp.clear", "");
            assertThat(run.books()).contains("drop arp arpCleared 2");
            run.push(udp("10.0.0.2", 1));
            run.write("arp.ipaddr", "10.0.0.7");
            assertThat(run.read("arp.ipaddr")).isEqualTo("10.0.0.7");
        }
    }

    /** The handler sends what waited, from an entry that has no further packets coming. */
    @Test
    void insertSendsWhatWaited() throws Exception {
        try (GraphRun run = GraphRun.of(graph(IDENTITY))) {
            run.push(udp("10.0.0.2", 1), udp("10.0.0.2", 2));
            run.write("arp.insert", "10.0.0.2 2:0:0:0:0:2");
            assertThat(run.element("out", Collect.class).seen()).hasSize(2);
        }
    }

    @Test
    void insertIntoASharedTableSendsWithTheNextPacket() throws Exception {
        try (GraphRun run = GraphRun.of("t :: ARPTable;" + graph(IDENTITY + ", TABLE t"))) {
            run.push(udp("10.0.0.2", 1));
            run.write("t.insert", "10.0.0.2 2:0:0:0:0:2");
            run.push(udp("10.0.0.2", 2));
            assertThat(run.out("out"))
                    .containsExactly(ip(THEM, udp("10.0.0.2", 1)), ip(THEM, udp("10.0.0.2", 2)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; missing argument IP",
                "10.0.0.1; missing argument ETH",
                "10.0.0.1, 2:0:0:0:0:1, TABLE x; TABLE: there is no ARPTable 'x'",
                "10.0.0.1, 2:0:0:0:0:1, CAPACITY -1; CAPACITY: -1 is outside 0 to 1000000",
                "10.0.0.1, 2:0:0:0:0:1, ENTRY_CAPACITY 70000;"
                        + " ENTRY_CAPACITY: 70000 is outside 0 to 65536",
                "1.2.3, 2:0:0:0:0:1; \"1.2.3\" is not an IPv4 address",
            })
    void refuses(String arguments, String problem) {
        assertThatThrownBy(() -> GraphRun.of(graph(arguments)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }
}
