package vini.net.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

class UdpHeaderTest {
    private static final int A = 0x0a000001;
    private static final int B = 0x0a000002;

    /**
     * 1000 to 7, payload "hi". Pseudo-header 0a00+0001+0a00+0002+0011+000a = 141e; header and
     * payload 03e8+0007+000a+6869 = 6c62; together 8080, complement 7f7f.
     */
    private static final String DATAGRAM = "03e80007000a7f7f" + "6869";

    @Test
    void emitsAndSealsADatagram() {
        ByteBuf out = Unpooled.buffer();
        UdpHeader.emit(out, 1000, 7, 10);
        out.writeShort(0x6869);
        UdpHeader.seal(out, 0, 10, A, B);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(DATAGRAM);
    }

    @Test
    void acceptsAGoodOneOneWithoutChecksumAndOneWithPadding() throws Exception {
        assertThat(UdpHeader.check(bytes(DATAGRAM), 0, 10, A, B)).isEqualTo(10);
        assertThat(UdpHeader.check(bytes(DATAGRAM.replace("7f7f", "0000")), 0, 10, A, B))
                .isEqualTo(10);
        assertThat(UdpHeader.check(bytes(DATAGRAM + "ffff"), 0, 12, A, B)).isEqualTo(10);
    }

    @Test
    void refusesWrongLengthsAndChecksums() {
        assertThatThrownBy(() -> UdpHeader.check(bytes(DATAGRAM), 0, 7, A, B))
                .hasMessage("UDP needs 8 bytes, got 7");
        assertThatThrownBy(() -> UdpHeader.check(bytes(DATAGRAM), 0, 9, A, B))
                .hasMessage("UDP length 10 is outside 8-9");
        assertThatThrownBy(
                        () -> UdpHeader.check(bytes(DATAGRAM.replace("000a", "0007")), 0, 10, A, B))
                .hasMessage("UDP length 7 is outside 8-10");
        assertThatThrownBy(() -> UdpHeader.check(bytes(DATAGRAM), 0, 10, A, B + 1))
                .hasMessage("UDP checksum is wrong");
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
