package vini.forwarder.offload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.HandlerException;
import vini.forwarder.Packet;
import vini.forwarder.capture.Captured;
import vini.forwarder.capture.CapturedPacket;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;
import vini.forwarder.kit.Packets;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/** Checksums are partial only for those who have said that they do not mind. */
class PartialChecksumTest {
    private static final String FROM = "10.0.0.1";
    private static final String TO = "10.0.0.2";
    private static final String DATA = "0123456789abcdef01";
    private static final String WHOLE = Packets.datagram(FROM, TO, 7, 9, DATA);
    private static final String PARTIAL = Packets.partialDatagram(FROM, TO, 7, 9, DATA);

    private static void push(GraphRun run, String... hex) {
        Inject in = run.element("in", Inject.class);
        for (String bytes : hex) {
            in.inject(in.partial(bytes));
        }
    }

    /** An element of somebody who has never heard of it, behind others, pushed to and pulling. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "in :: Inject -> out :: Collect;",
                "in :: Inject -> CheckIPHeader -> Counter -> out :: Collect;",
                "in :: Inject -> Queue -> Unqueue -> out :: Collect;",
                "in :: Inject -> Queue -> Strip(0) -> Unqueue -> out :: Collect;",
                "in :: Inject -> t :: Tee; t[0] -> out :: Collect; t[1] -> CheckIPHeader ->"
                        + " Discard;",
                "in :: Inject -> t :: Tee; t[1] -> out :: Collect; t[0] -> Paint(1) -> Discard;"
            })
    void othersGetWholePackets(String text) throws Exception {
        try (GraphRun run = GraphRun.of(text)) {
            push(run, PARTIAL);
            run.push(WHOLE);
            run.run(GraphRun.MS);
            assertThat(run.out("out")).containsExactly(WHOLE, WHOLE);
        }
    }

    @Test
    void ofTwoThatShareTheirBytesOneMayBeCompleted() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> Discard;")) {
            Packet one = run.element("in", Inject.class).partial(PARTIAL);
            Packet other = one.share();
            Packet done = new PartialChecksum().complete(one);
            assertThat(hex(done)).isEqualTo(WHOLE);
            assertThat(done.isPartial()).isFalse();
            assertThat(other.isPartial()).isTrue();
            assertThat(hex(other)).isEqualTo(PARTIAL);
            done.kill();
            other.kill();
        }
    }

    private static String hex(Packet packet) {
        byte[] bytes = new byte[packet.length()];
        packet.buffer().getBytes(packet.start(), bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Zero would say that there is none (RFC 768). */
    @Test
    void aSumOfZeroIsWrittenAsAllOnes() throws Exception {
        String sum = Packets.datagram(FROM, TO, 7, 9, "c0ffee000000").substring(52, 56);
        String zero = Packets.partialDatagram(FROM, TO, 7, 9, "c0ffee00" + sum);
        try (GraphRun run = GraphRun.of("in :: Inject -> out :: Collect;")) {
            push(run, zero);
            assertThat(run.out("out").getFirst().substring(52, 56)).isEqualTo("ffff");
        }
    }

    /** A link that harms a packet must not have the harm covered by a checksum made later. */
    @Test
    void aTurnedBitIsFound() throws Exception {
        try (GraphRun run =
                GraphRun.of(7, "in :: Inject -> Link(CORRUPT 100%) -> out :: Collect;")) {
            for (int i = 0; i < 100; i++) {
                push(run, PARTIAL);
            }
            run.run(GraphRun.MS);
            assertThat(run.out("out"))
                    .hasSize(100)
                    .allSatisfy(hex -> assertThat(bitsThatDiffer(hex)).isEqualTo(1));
        }
    }

    private static int bitsThatDiffer(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        byte[] right = HexFormat.of().parseHex(WHOLE);
        int bits = 0;
        for (int i = 0; i < right.length; i++) {
            bits += Integer.bitCount((bytes[i] ^ right[i]) & 0xff);
        }
        return bits;
    }

    /** Who captures sees what is on a wire, if it is cut off as well. */
    @ParameterizedTest
    @ValueSource(ints = {20, 27, 28, 1000})
    void capturesAreWhole(int snap) throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> l :: Link() -> Paint(1) -> Discard;")) {
            run.process().handlers().write("capture", "c\nsnap " + snap + "\npoint in n/l");
            push(run, PARTIAL);
            run.run(GraphRun.MS);
            Captured captured =
                    Captured.from(
                            () -> {
                                try {
                                    return run.process().handlers().read("captured", "c");
                                } catch (HandlerException e) {
                                    throw new IOException(e.getMessage(), e);
                                }
                            });
            List<String> seen =
                    captured.packets().stream()
                            .map(CapturedPacket::bytes)
                            .map(HexFormat.of()::formatHex)
                            .toList();
            int kept = Math.min(snap == 27 ? 26 : snap, WHOLE.length() / 2);
            assertThat(seen).hasSize(1);
            assertThat(seen.getFirst()).startsWith(WHOLE.substring(0, 2 * kept));
        }
    }
}
