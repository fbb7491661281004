package vini.routing.ospf.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** FRR - ours - BIRD, each with an outside of its own: what one announces, the others use. */
class ExternalRoutesSystemTest {
    private static final String FRRS = "10.99.0.2";
    private static final String BIRDS = "10.99.0.3";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String BIRD_OUTSIDE =
            """
            protocol static outside {
              ipv4;
              route 198.51.100.0/24 blackhole;
              route 198.51.100.0/25 blackhole;
              route 0.0.0.0/0 blackhole;
            }
            """;
    private static final String BIRD_EXPORT =
            """
            filter {
                  if source != RTS_STATIC then reject;
                  if net = 0.0.0.0/0 then { ospf_metric1 = 50; accept; }
                  ospf_metric2 = 7;
                  accept;
                }\
            """;

    @Test
    void allLearnWhatTheOthersAnnounceAndForgetWhatTheyWithdraw() throws Exception {
        PeerNamespace.assumePossible(
                Frr.ZEBRA, Frr.OSPFD, Frr.VTYSH, Bird.BIRD, Bird.BIRDC, "/usr/bin/tshark");
        try (Meeting meeting = new Meeting("externals", FRRS, BIRDS)) {
            PeerNamespace left = meeting.peer(0);
            left.inside("ip", "address", "add", "203.0.113.1/32", "dev", "lo");
            left.inside("ip", "route", "add", "192.0.2.0/24", "dev", "lo");
            Frr frr =
                    Frr.start(
                            left,
                            FRRS,
                            List.of("redistribute kernel metric 30 metric-type 1"),
                            "10.98.0.0/30",
                            FRRS + "/32");
            Bird bird = Bird.start(meeting.peer(1), BIRDS, BIRD_OUTSIDE, BIRD_EXPORT);
            TunRouter ours = meeting.ours();
            meeting.start();
            await().atMost(PATIENCE).untilAsserted(() -> same(ours, frr, bird, 3 + 2 + 3));
            theirsAreUsed(ours, frr);

            ours.announce("0.0.0.0/0 1 type 1", "10.5.0.0/16", "10.87.0.7/32 5");
            await().atMost(PATIENCE).untilAsserted(() -> same(ours, frr, bird, 8 + 3));
            ours.announce("10.5.0.0/24 7 type 1");
            await().atMost(PATIENCE).untilAsserted(() -> same(ours, frr, bird, 8 + 4));
            oursAreUsed(ours, frr, bird);

            ours.withdraw("10.5.0.0/16", "0.0.0.0/0", "10.87.0.7/32");
            left.inside("ip", "route", "delete", "192.0.2.0/24");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                same(ours, frr, bird, 8 - 1 + 1);
                                assertThat(ours.route("192.0.2.0/24")).isEqualTo("none");
                                assertThat(ours.route("0.0.0.0/0")).isEqualTo("ospf E1 60");
                                assertThat(frr.show("ip ospf route"))
                                        .doesNotContain("10.87.0.7")
                                        .contains("E1 10.5.0.0/24");
                                assertThat(bird.show("route")).doesNotContain("10.87.0.7");
                            });
            assertThat(bird.tell("disable outside")).contains("disabled");
            ours.withdraw("10.5.0.0/24");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                same(ours, frr, bird, 3 + 1);
                                assertThat(ours.route("0.0.0.0/0")).isEqualTo("none");
                            });
            meeting.nobodyComplains();
        }
    }

    private static void theirsAreUsed(TunRouter ours, Frr frr) throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            assertThat(ours.route("192.0.2.0/24")).isEqualTo("ospf E1 40");
                            assertThat(ours.route("203.0.113.1/32")).isEqualTo("ospf E2 20");
                            assertThat(ours.route("198.51.100.0/24")).isEqualTo("ospf E2 7");
                            assertThat(ours.route("198.51.100.0/25")).isEqualTo("ospf E2 7");
                            assertThat(ours.route("0.0.0.0/0")).isEqualTo("ospf E1 60");
                            // What BIRD says goes to FRR by us.
                            assertThat(frr.show("ip route 198.51.100.0/25"))
                                    .contains("10.98.0.1", "best");
                        });
    }

    private static void oursAreUsed(TunRouter ours, Frr frr, Bird bird) throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            assertThat(frr.show("ip ospf route"))
                                    .contains("E1 0.0.0.0/0")
                                    .contains("E2 10.5.0.0/16")
                                    .contains("E1 10.5.0.0/24")
                                    .contains("E2 10.87.0.7/32");
                            assertThat(frr.show("ip route 0.0.0.0/0"))
                                    .contains("10.98.0.1", "best");
                            assertThat(bird.show("route for 10.87.0.7"))
                                    .containsPattern("10\\.87\\.0\\.7/32 .*E2 \\(150/10/5\\)");
                            assertThat(bird.show("route 10.5.0.0/24"))
                                    .containsPattern("E1 \\(150/17\\)");
                            assertThat(bird.show("route 10.5.0.0/16"))
                                    .containsPattern("E2 \\(150/10/20\\)");
                        });
        // Ours: who announces a default goes its own way.
        assertThat(ours.route("0.0.0.0/0")).isEqualTo("none");
    }

    private static void same(TunRouter ours, Frr frr, Bird bird, int size) throws Exception {
        assertThat(ours.instances()).hasSize(size);
        assertThat(frr.instances()).isEqualTo(ours.instances());
        assertThat(bird.instances()).isEqualTo(ours.instances());
    }
}
