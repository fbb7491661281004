package vini.net.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

class IcmpHeaderTest {
    /** Echo request, id 0x1234, sequence 5, payload "ab"; 0800+1234+0005+6162 = 7b9b. */
    private static final String ECHO = "0800846412340005" + "6162";

    @Test
    void emitsAndSealsAnEcho() {
        ByteBuf out = Unpooled.buffer();
        IcmpHeader.emit(out, IcmpHeader.ECHO_REQUEST, 0, 0x1234, 5);
        out.writeShort(0x6162);
        IcmpHeader.seal(out, 0, 10);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(ECHO);
    }

    @Test
    void acceptsAGoodEcho() throws Exception {
        IcmpHeader.check(bytes(ECHO), 0, 10);
    }

    @Test
    void refusesAShortOneAndAWrongChecksum() {
        assertThatThrownBy(() -> IcmpHeader.check(bytes(ECHO), 0, 7))
                .isInstanceOf(WireException.class)
                .hasMessage("ICMP needs 8 bytes, got 7");
        assertThatThrownBy(() -> IcmpHeader.check(bytes(ECHO.replace("61", "62")), 0, 10))
                .hasMessage("ICMP checksum is wrong");
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
