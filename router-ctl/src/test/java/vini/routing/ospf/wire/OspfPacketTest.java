package vini.routing.ospf.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.net.wire.WireException;

import java.util.List;

/** Bytes as other implementations put them on the wire, copied from captures or written by hand. */
class OspfPacketTest {
    /** A hello of 2.2.2.2: mask /30, hello 2, dead 8, nobody seen yet. */
    private static final String HELLO =
            "0201002c02020202"
                    + "00000000f7c60000"
                    + "0000000000000000"
                    + "fffffffc"
                    + "00020201"
                    + "00000008"
                    + "00000000"
                    + "00000000";

    /** The first DD packet of 1.1.1.1: MTU 1500, I M MS, sequence 0x12345678. */
    private static final String CLAIM =
            "0202002001010101"
                    + "00000000"
                    + "8b4c0000"
                    + "0000000000000000"
                    + "05dc0207"
                    + "12345678";

    /** A request of 1.1.1.1 for the router-LSA of 2.2.2.2. */
    private static final String REQUEST =
            "0203002401010101"
                    + "00000000"
                    + "f3cd0000"
                    + "0000000000000000"
                    + "00000001"
                    + "02020202"
                    + "02020202";

    @Test
    void readsAHello() throws Exception {
        assertThat(parse(HELLO))
                .isEqualTo(
                        new OspfPacket(
                                0x02020202, 0, new Hello(0xfffffffc, 2, 2, 1, 8, 0, 0, List.of())));
    }

    @Test
    void readsADatabaseDescription() throws Exception {
        assertThat(parse(CLAIM).message())
                .isEqualTo(new DatabaseDescription(1500, 2, 7, 0x12345678, List.of()));
    }

    @Test
    void readsARequest() throws Exception {
        assertThat(parse(REQUEST).message())
                .isEqualTo(new LinkStateRequest(List.of(LsaKey.router(0x02020202))));
    }

    @Test
    void writesWhatItRead() throws Exception {
        for (String hex : List.of(HELLO, CLAIM, REQUEST)) {
            ByteBuf out = Unpooled.buffer();
            parse(hex).emit(out);
            assertThat(ByteBufUtil.hexDump(out)).isEqualTo(hex);
        }
    }

    @Test
    void writesAnAcknowledgement() {
        ByteBuf out = Unpooled.buffer();
        LsaHeader header = new LsaHeader(1, 2, LsaKey.router(0x01010101), 0x80000003, 0x1234, 48);
        new OspfPacket(0x02020202, 0, new LinkStateAck(List.of(header))).emit(out);
        assertThat(ByteBufUtil.hexDump(out))
                .startsWith("0205002c02020202" + "00000000")
                .endsWith(
                        "0000"
                                + "0000000000000000"
                                + "00010201"
                                + "01010101"
                                + "01010101"
                                + "80000003"
                                + "12340030");
    }

    /** Worked out from the definition in RFC 905 annex B, for a body of two bytes. */
    @Test
    void fletcherOfAKnownBlock() {
        byte[] block = {1, 2, 0, 0};
        int checksum = Fletcher.of(block, 0, 4, 2);
        // c0 = 3, c1 = 1+3+3+3 = 10; X = (4-2-1)*3-10 = -7 = 248; Y = -248-3 = -251 = 4.
        assertThat(checksum).isEqualTo(248 << 8 | 4);
        block[2] = (byte) 248;
        block[3] = 4;
        assertThat(Fletcher.holds(block, 0, 4)).isTrue();
        block[0] = 2;
        assertThat(Fletcher.holds(block, 0, 4)).isFalse();
    }

    @Test
    void newerInstancesWinByRfc2328Section13Point1() {
        LsaKey key = LsaKey.router(1);
        LsaHeader base = new LsaHeader(10, 2, key, 0x80000005, 0x1000, 36);
        assertThat(new LsaHeader(10, 2, key, 0x80000006, 0, 36).newerThan(base)).isPositive();
        assertThat(new LsaHeader(10, 2, key, 1, 0, 36).newerThan(base)).isPositive();
        assertThat(new LsaHeader(10, 2, key, 0x80000005, 0x1001, 36).newerThan(base)).isPositive();
        assertThat(new LsaHeader(3600, 2, key, 0x80000005, 0x1000, 36).newerThan(base))
                .isPositive();
        assertThat(new LsaHeader(911, 2, key, 0x80000005, 0x1000, 36).newerThan(base)).isNegative();
        assertThat(new LsaHeader(910, 2, key, 0x80000005, 0x1000, 36).newerThan(base)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0201, 'OSPF header needs 24 bytes, got 2'",
        "030100180a00000100000000123400000000000000000000, 'OSPF version is 3, want 2'",
        "020900180a00000100000000123400000000000000000000, 'OSPF type 9 is not 1-5'",
        "020100170a00000100000000123400000000000000000000, 'OSPF length 23 is outside 24-24'",
        "020100190a00000100000000123400000000000000000000, 'OSPF length 25 is outside 24-24'",
        "020100180a00000100000000123400000000000000000000, 'OSPF checksum does not hold'",
        "020100180a00000100000000123400010000000000000000, "
                + "'OSPF authentication type is 1, want 0'",
    })
    void refusesWhatIsNotOspf(String hex, String message) {
        assertThatThrownBy(() -> parse(hex)).isInstanceOf(WireException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "01, 00000000, 'OSPF hello body has 4 bytes, want 20 + 4n'",
        "02, 05dc0207, 'OSPF DD body has 4 bytes, want 8 + 20n'",
        "03, 00000001, 'OSPF request body has 4 bytes, want 12n'",
        "04, 00000001, 'OSPF update of 4 bytes cannot hold 1 LSAs'",
        "04, ffffffff, 'OSPF update of 4 bytes cannot hold 4294967295 LSAs'",
        "04, 0000000000000000, 'OSPF update has 4 bytes after its LSAs'",
        "05, 00010201, 'OSPF ack body has 4 bytes, want 20n'",
    })
    void refusesBodiesThatCannotBe(String type, String body, String message) {
        ByteBuf packet =
                Unpooled.wrappedBuffer(
                        ByteBufUtil.decodeHexDump("02" + type + "00".repeat(22) + body));
        packet.setShort(2, packet.readableBytes());
        packet.setShort(12, vini.net.Checksum.of(packet, 0, packet.readableBytes()));
        assertThatThrownBy(() -> OspfPacket.parse(packet, new LsaPool()))
                .isInstanceOf(WireException.class)
                .hasMessage(message);
    }

    private static OspfPacket parse(String hex) throws WireException {
        return OspfPacket.parse(
                Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)), new LsaPool());
    }
}
