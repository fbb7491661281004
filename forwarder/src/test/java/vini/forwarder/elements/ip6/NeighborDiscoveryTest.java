package vini.forwarder.elements.ip6;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.elements.ip6.Ip6Packets.A;
import static vini.forwarder.elements.ip6.Ip6Packets.B;
import static vini.forwarder.elements.ip6.Ip6Packets.THEM;
import static vini.forwarder.elements.ip6.Ip6Packets.UDP;
import static vini.forwarder.elements.ip6.Ip6Packets.US;
import static vini.forwarder.elements.ip6.Ip6Packets.advertisement;
import static vini.forwarder.elements.ip6.Ip6Packets.icmp;
import static vini.forwarder.elements.ip6.Ip6Packets.ipv6;
import static vini.forwarder.elements.ip6.Ip6Packets.solicitation;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;

import java.util.List;

class NeighborDiscoveryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String OTHER = "020000000003";
    private static final int SOLICITED = 0x40;
    private static final int OVERRIDE = 0x20;
    private static final String PACKET = ipv6(A, B, 17, 9, UDP);

    private static GraphRun solicitor(String keywords) throws Exception {
        return GraphRun.of(
                "in :: Inject -> GetIP6Address(24) -> [0]n :: IP6NDSolicitor("
                        + "fd00::1, 02:00:00:00:00:01"
                        + keywords
                        + ") -> out :: Collect; re :: Inject -> [1]n; n[1] -> ask :: Collect;");
    }

    private static String frame(String to) {
        return to + US + "86dd" + PACKET;
    }

    @Test
    void anAnswerWithoutOverrideDoesNotChangeWhatIsKnown() throws Exception {
        try (GraphRun run = solicitor("")) {
            run.push(PACKET);
            run.pushFrom("re", advertisement(B, A, SOLICITED, B, THEM));
            run.pushFrom("re", advertisement(B, A, SOLICITED, B, OTHER));
            run.push(PACKET);
            assertThat(run.out("out")).containsExactly(frame(THEM), frame(THEM));
            run.pushFrom("re", advertisement(B, "ff02::1", OVERRIDE, B, OTHER));
            run.push(PACKET);
            assertThat(run.out("out").getLast()).isEqualTo(frame(OTHER));
        }
    }

    @Test
    void anAnswerWithoutAnAddressRenewsOnlyWhatIsKnown() throws Exception {
        try (GraphRun run = solicitor("")) {
            run.push(PACKET);
            run.pushFrom("re", advertisement(B, A, SOLICITED, B, ""));
            assertThat(run.out("out")).isEmpty();
            run.pushFrom("re", advertisement(B, A, SOLICITED, B, THEM));
            run.run(20 * SECOND);
            run.pushFrom("re", advertisement(B, A, SOLICITED, B, ""));
            assertThat(run.read("n.table")).isEqualTo("fd00::2 1 02-00-00-00-00-02 0.000000\n");
        }
    }

    @Test
    void asksTheNeighbourItselfAgainBeforeItsAnswerEnds() throws Exception {
        try (GraphRun run = solicitor("")) {
            run.push(PACKET);
            run.pushFrom("re", advertisement(B, A, SOLICITED, B, THEM));
            run.run(31 * SECOND);
            run.push(PACKET, PACKET);
            assertThat(run.out("ask")).hasSize(2);
            assertThat(run.out("ask").getLast())
                    .isEqualTo(THEM + solicitation(A, B, B, US).substring(12));
        }
    }

    @Test
    void boundsAreThoseOfTheTable() throws Exception {
        try (GraphRun run = solicitor(", CAPACITY 2, TIMEOUT 10s")) {
            run.push(PACKET, PACKET, PACKET);
            assertThat(run.read("n.length")).isEqualTo("2");
            run.run(21 * SECOND);
            assertThat(run.read("n.count")).isEqualTo("0");
            run.push(ipv6(A, "::", 17, 1, UDP));
            assertThat(run.read("n.drops")).isEqualTo("4");
            assertThat(run.books()).contains("drop n neighborsFull 1", "drop n neighborTimeout 2");
            run.write("n.insert", "fd00::2 2:0:0:0:0:2");
            run.push(PACKET);
            assertThat(run.out("out")).containsExactly(frame(THEM));
        }
    }

    /** RFC 4861 7.1.1 and 7.1.2, one mistake each. */
    @Test
    void neitherEndBelievesAnUnsoundMessage() throws Exception {
        String head = US + THEM + "86dd";
        String target = Ip6Packets.address(B);
        List<String> unsound =
                List.of(
                        head + icmp(B, A, 254, 136, 0, "60000000" + target + "0201" + THEM),
                        head + icmp(B, A, 255, 136, 1, "60000000" + target + "0201" + THEM),
                        advertisement(B, A, 0x60, B, THEM).replace("0201", "0301"),
                        head + icmp(B, A, 255, 136, 0, "60000000" + target + "0200" + THEM),
                        head + icmp(B, A, 255, 136, 0, "60000000" + target + "0202" + THEM),
                        head + icmp(B, A, 255, 136, 0, "60000000" + target + "02"),
                        head + icmp(B, A, 255, 136, 0, "60000000" + target.substring(2)),
                        advertisement(B, A, 0x60, "ff02::5", THEM),
                        advertisement(B, "ff02::1", 0x60, B, THEM),
                        advertisement(B, A, 0x60, B, "030000000002"),
                        solicitation("::", "ff02::1:ff00:2", B, US),
                        solicitation("::", "ff02::1:ff00:3", B, ""),
                        head + icmp(B, A, 255, 134, 0, "60000000" + target),
                        US + THEM + "0800" + PACKET,
                        "0a");
        try (GraphRun run = solicitor("")) {
            run.push(PACKET);
            unsound.forEach(frame -> run.pushFrom("re", frame));
            assertThat(run.out("out")).isEmpty();
            assertThat(run.books()).contains("drop n badNeighborMessage " + unsound.size());
        }
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> IP6NDAdvertiser(::/0 2:0:0:0:0:9) -> out :: Collect;")) {
            run.push(unsound.toArray(new String[0]));
            assertThat(run.out("out")).isEmpty();
        }
    }

    @Test
    void anAdvertiserThatIsARouterSaysSo() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> IP6NDAdvertiser(fd00::2 2:0:0:0:0:2, ROUTER true)"
                                + " -> out :: Collect;")) {
            run.push(solicitation(A, "ff02::1:ff00:2", B, US));
            run.push(THEM + solicitation(A, B, B, "").substring(12));
            String answer = advertisement(B, A, 0xe0, B, THEM);
            assertThat(run.out("out")).containsExactly(answer, answer);
        }
    }
}
