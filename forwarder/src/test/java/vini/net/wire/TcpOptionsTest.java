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
    private static final String SYN =
            "020405b4" + "01030307" + "01010402" + "0101080a1122334455667788";
    private static final String BLOCKS =
            "0101080a1122334455667788"
                    + "0101051a"
                    + "0000000100000002"
                    + "fffffff000000010"
                    + "8000000080000001";

    private static TcpOptions syn() {
        return new TcpOptions()
                .setMss(1460)
                .setWindowScale(7)
                .permitSack()
                .setTimestamps(0x11223344, 0x55667788);
    }

    private static TcpOptions blocks() {
        return new TcpOptions()
                .setTimestamps(0x11223344, 0x55667788)
                .addSackBlock(1, 2)
                .addSackBlock(-16, 16)
                .addSackBlock(1 << 31, (1 << 31) + 1);
    }

    private static String emitted(TcpOptions options) {
        ByteBuf out = Unpooled.buffer();
        options.emit(out);
        assertThat(options.bytes()).isEqualTo(out.readableBytes());
        return ByteBufUtil.hexDump(out);
    }

    @Test
    void emitsAllPadded() {
        assertThat(emitted(syn())).isEqualTo(SYN);
        assertThat(emitted(blocks())).isEqualTo(BLOCKS);
        assertThat(emitted(new TcpOptions())).isEmpty();
        assertThat(emitted(new TcpOptions().addSackBlock(1, 2)))
                .isEqualTo("0101050a0000000100000002");
    }

    @Test
    void readsLinuxOrderAndSkipsWhatItDoesNotKnow() throws Exception {
        // MSS, SACK permitted, timestamps, no-operation, window scale, 254, end, rubbish
        TcpOptions options =
                parse(
                        "020405b4"
                                + "0402"
                                + "080a1122334455667788"
                                + "01"
                                + "030307"
                                + "fe03aa"
                                + "00ff");
        assertThat(emitted(options)).isEqualTo(SYN);
    }

    @Test
    void readsBlocks() throws Exception {
        TcpOptions options = parse(BLOCKS);
        assertThat(options.sackBlocks()).isEqualTo(3);
        assertThat(options.sackLeft(1)).isEqualTo(-16);
        assertThat(options.sackRight(1)).isEqualTo(16);
        assertThat(emitted(options)).isEqualTo(BLOCKS);
    }

    @Test
    void forgetsWhatWasThereBefore() throws Exception {
        TcpOptions options = syn();
        options.addSackBlock(1, 2).addSackBlock(3, 4).parse(bytes("01010101"), 0, 4);
        assertThat(emitted(options)).isEmpty();
        assertThat(options.timestamps() || options.sackPermitted()).isFalse();
        assertThat(options.mss()).isEqualTo(TcpOptions.ABSENT);
        assertThat(options.windowScale()).isEqualTo(TcpOptions.ABSENT);
    }

    @Test
    void copiesAll() throws Exception {
        TcpOptions options = parse(SYN);
        TcpOptions copy = options.copy();
        options.clear();
        assertThat(emitted(copy)).isEqualTo(SYN);
        assertThat(emitted(blocks().copy())).isEqualTo(BLOCKS);
    }

    @Test
    void hasRoomForFourBlocksOrThreeWithTimestamps() {
        TcpOptions plain = new TcpOptions();
        assertThat(plain.sackRoom()).isEqualTo(4);
        assertThat(new TcpOptions().setTimestamps(1, 2).sackRoom()).isEqualTo(3);
        assertThat(blocks().sackRoom()).isZero();
        plain.addSackBlock(1, 2).addSackBlock(3, 4).addSackBlock(5, 6);
        assertThat(plain.sackRoom()).isEqualTo(1);
        assertThat(plain.addSackBlock(7, 8).sackRoom()).isZero();
        assertThat(plain.bytes()).isEqualTo(36);
    }

    @Test
    void takesTheLargestScaleForALargerOneAndNoMssForZero() throws Exception {
        TcpOptions options = parse("0303ff" + "02040000");
        assertThat(options.windowScale()).isEqualTo(14);
        assertThat(options.mss()).isEqualTo(TcpOptions.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({"0502", "05030a", "0509000000010000", "0403aa", "020301", "0803aa"})
    void passesOverAnOptionOfALengthThatItCannotHave(String hex) throws Exception {
        assertThat(emitted(parse(hex + "00".repeat(9)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "02, TCP option 2 of length 0 is cut",
        "0204, TCP option 2 of length 4 is cut",
        "0201, TCP option 2 of length 1 is cut",
        "080a0000, TCP option 8 of length 10 is cut",
        "0512000000010000, TCP option 5 of length 18 is cut",
    })
    void refusesACutOption(String hex, String message) {
        assertThatThrownBy(() -> parse(hex)).isInstanceOf(WireException.class).hasMessage(message);
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    private static TcpOptions parse(String hex) throws WireException {
        return new TcpOptions().parse(bytes(hex), 0, hex.length() / 2);
    }
}
