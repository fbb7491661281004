package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.kit.Packets.UDP;
import static vini.forwarder.kit.Packets.UDP_1;
import static vini.forwarder.kit.Packets.UDP_63;

import org.junit.jupiter.api.Test;

import vini.forwarder.Packet;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;
import vini.forwarder.kit.Packets;

class DecIpTtlTest {
    private static final String GRAPH =
            "in :: Inject -> CheckIPHeader -> ttl :: DecIPTTL -> on :: Collect;"
                    + "ttl[1] -> over :: Collect;";

    @Test
    void decrementsAndRepairsTheChecksum() throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            run.push(UDP);
            assertThat(run.out("on")).containsExactly(UDP_63);
        }
    }

    @Test
    void theChecksumIsRightForEachTtl() throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            for (int ttl = 2; ttl <= 255; ttl++) {
                run.push(Packets.udp("10.0.0.1", "10.0.0.2", ttl, 1, 2));
                assertThat(run.out("on").getLast())
                        .isEqualTo(Packets.udp("10.0.0.1", "10.0.0.2", ttl - 1, 1, 2));
            }
        }
    }

    @Test
    void sendsADyingPacketUnchangedToOutputOne() throws Exception {
        String zero = Packets.udp("10.0.0.1", "10.0.0.2", 0, 1, 2);
        try (GraphRun run = GraphRun.of(GRAPH)) {
            run.push(UDP_1, UDP, zero);
            assertThat(run.out("over")).containsExactly(UDP_1, zero);
            assertThat(run.out("on")).containsExactly(UDP_63);
            assertThat(run.read("ttl.drops")).isEqualTo("2");
        }
    }

    @Test
    void dropsADyingPacketWhenOutputOneIsNotWired() throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> CheckIPHeader -> ttl :: DecIPTTL -> Collect;")) {
            run.push(UDP_1);
            assertThat(run.books()).contains("drop ttl ttlExpired 1", "delivered 0");
        }
    }

    @Test
    void doesNotWriteIntoBytesThatOthersSee() throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            Inject in = run.element("in", Inject.class);
            Packet one = in.packet(UDP);
            Packet two = one.share();
            in.inject(one);
            assertThat(run.out("on")).containsExactly(UDP_63);
            in.inject(two);
            assertThat(run.out("on")).containsExactly(UDP_63, UDP_63);
        }
    }
}
