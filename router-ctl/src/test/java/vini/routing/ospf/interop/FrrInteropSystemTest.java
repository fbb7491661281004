package vini.routing.ospf.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class FrrInteropSystemTest {
    private static final String THEIRS = "10.99.0.2";

    @Test
    void isFullWithTheSameDatabaseAndCarriesPacketsUntilThePeerDies() throws Exception {
        PeerNamespace.assumePossible(Frr.ZEBRA, Frr.OSPFD, Frr.VTYSH, "/usr/bin/tshark");
        try (Meeting meeting = new Meeting("frr", THEIRS)) {
            // Not in the area: FRR redistributes it as an AS-external-LSA.
            meeting.peer(0).inside("ip", "address", "add", "203.0.113.1/32", "dev", "lo");
            Frr frr = Frr.start(meeting.peer(0), THEIRS, "10.98.0.0/30", THEIRS + "/32");
            TunRouter ours = meeting.ours();
            meeting.start();
            meeting.awaitFull("FRR");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                assertThat(frr.instances()).hasSize(3).isEqualTo(ours.instances());
                                assertThat(ours.hasRoute(THEIRS + "/32")).isTrue();
                                assertThat(ours.hasRoute("203.0.113.1/32")).isTrue();
                                assertThat(frr.show("ip route " + Meeting.OURS))
                                        .contains("10.98.0.1");
                            });
            meeting.packetsPass();
            meeting.deathIsNoticed("FRR", frr::kill);
            meeting.nobodyComplains();
        }
    }
}
