package vini.net.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

class TcpHeaderTest {
    private static final int A = 0x0a000001;
    private static final int B = 0x0a000002;

    /**
     * 1000 to 80, SYN, sequence 0x01020304, window 0x2000, MSS 1460. Pseudo-header
     * 0a00+0001+0a00+0002+0006+0018 = 1421; 03e8+0050+0102+0304+0000+0000+6002+2000 = 8840;
     * 0204+05b4 = 07b8; together a419, complement 5be6.
     */
    private static final String SYN =
            "03e80050" + "01020304" + "00000000" + "60022000" + "5be60000" + "020405b4";

    @Test
    void emitsAndSealsASyn() {
        TcpOptions options = new TcpOptions().setMss(1460);
        ByteBuf out = Unpooled.buffer();
        int header = TcpHeader.BYTES + options.bytes();
        TcpHeader.emit(out, 1000, 80, 0x01020304, 0, header, TcpHeader.SYN, 0x2000);
        options.emit(out);
        TcpHeader.seal(out, 0, 24, A, B);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(SYN);
    }

    @Test
    void checksASyn() throws Exception {
        assertThat(TcpHeader.check(bytes(SYN), 0, 24, A, B)).isEqualTo(24);
    }

    @Test
    void refusesWrongLengthsAndChecksums() {
        assertThatThrownBy(() -> TcpHeader.check(bytes(SYN), 0, 19, A, B))
                .hasMessage("TCP needs 20 bytes, got 19");
        assertThatThrownBy(() -> TcpHeader.check(bytes(SYN), 0, 20, A, B))
                .hasMessage("TCP data offset 24 is outside 20-20");
        assertThatThrownBy(() -> TcpHeader.check(bytes(SYN.replace("6002", "4002")), 0, 24, A, B))
                .hasMessage("TCP data offset 16 is outside 20-24");
        assertThatThrownBy(() -> TcpHeader.check(bytes(SYN), 0, 24, A, B + 1))
                .hasMessage("TCP checksum is wrong");
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
