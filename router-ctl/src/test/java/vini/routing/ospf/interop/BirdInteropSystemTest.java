package vini.routing.ospf.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

class BirdInteropSystemTest {
    private static final String THEIRS = "10.99.0.3";

    @Test
    void isFullWithTheSameDatabaseAndCarriesPacketsUntilThePeerDies() throws Exception {
        PeerNamespace.assumePossible(Bird.BIRD, Bird.BIRDC, "/usr/bin/tshark");
        try (Meeting meeting = new Meeting("bird", THEIRS)) {
            Bird bird = Bird.start(meeting.peer(0), THEIRS);
            // It skips its first DD packet, until a retransmission 5 s later, if its first
            // router-LSA is not made yet, and it makes that on a tick of 1 s.
            await().atMost(Duration.ofSeconds(10))
                    .ignoreException(IOException.class)
                    .until(() -> bird.instances().size() == 1);
            TunRouter ours = meeting.ours();
            meeting.start();
            meeting.awaitFull("BIRD");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                assertThat(bird.instances()).hasSize(2).isEqualTo(ours.instances());
                                assertThat(ours.hasRoute(THEIRS + "/32")).isTrue();
                                assertThat(bird.show("route")).contains(Meeting.OURS + "/32");
                            });
            meeting.packetsPass();
            meeting.deathIsNoticed("BIRD", bird::kill);
            meeting.nobodyComplains();
        }
    }
}
