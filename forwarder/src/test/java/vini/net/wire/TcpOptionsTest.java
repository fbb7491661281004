package vini.net.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpOptionsTest {
    private static final TcpOptions ALL = new TcpOptions(1460, 7, true, 0x11223344, 0x55667788);

    @Test
    void emitsAllPadded() {
        ByteBuf out = Unpooled.buffer();
        ALL.emit(out);
        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo("020405b4" + "01030307" + "0101080a1122334455667788");
        assertThat(ALL.bytes()).isEqualTo(20);
    }

    @Test
    void readsLinuxOrderAndSkipsWhatItDoesNotKnow() throws Exception {
        // MSS, SACK permitted, timestamps, no-operation, window scale, end, rubbish
        assertThat(parse("020405b4" + "0402" + "080a1122334455667788" + "01" + "030307" + "00ff"))
                .isEqualTo(ALL);
    }

    @Test
    void takesTheLargestScaleForALargerOneAndNoMssForZero() throws Exception {
        assertThat(parse("0303ff" + "02040000"))
                .isEqualTo(new TcpOptions(TcpOptions.ABSENT, 14, false, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "02, TCP option 2 of length 0 is cut",
        "0204, TCP option 2 of length 4 is cut",
        "0201, TCP option 2 of length 1 is cut",
        "080a0000, TCP option 8 of length 10 is cut",
    })
    void refusesACutOption(String hex, String message) {
        assertThatThrownBy(() -> parse(hex)).isInstanceOf(WireException.class).hasMessage(message);
    }

    private static TcpOptions parse(String hex) throws WireException {
        ByteBuf bytes = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        return TcpOptions.parse(bytes, 0, bytes.readableBytes());
    }
}
