package vini.forwarder.punt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.net.wire.WireException;

import java.util.Random;

class PuntFrameTest {
    /** A packet of three bytes from link 258 of node "ab": length 9, kind 0, name, link. */
    private static final String PACKET = "0009" + "00" + "02" + "6162" + "0102" + "450607";

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    @Test
    void parsesAPacket() throws Exception {
        PuntFrame frame = PuntFrame.parse(bytes(PACKET).skipBytes(2));
        assertThat(frame.kind()).isEqualTo(PuntFrame.Kind.PACKET);
        assertThat(frame.node()).isEqualTo("ab");
        assertThat(frame.link()).isEqualTo(258);
        assertThat(ByteBufUtil.hexDump(frame.ipPacket())).isEqualTo("450607");
    }

    @Test
    void emitsAPacketAndCarriers() {
        ByteBuf out = Unpooled.buffer();
        PuntFrame.emit(out, PuntFrame.Kind.PACKET, "ab", 258, bytes("450607"));
        PuntFrame.emitCarrier(out, "c", 3, true);
        PuntFrame.emitCarrier(out, "c", 65_535, false);
        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo(PACKET + "0005" + "01" + "01" + "63" + "0003" + "0005020163ffff");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'punt frame needs 4 bytes, got 0'",
        "000000, 'punt frame needs 4 bytes, got 3'",
        "03000000, 'punt frame kind 3 is not 0-2'",
        "ff000000, 'punt frame kind 255 is not 0-2'",
        "00010000, 'punt frame of 4 bytes, name of 1'",
        "00ff616263, 'punt frame of 5 bytes, name of 255'",
    })
    void refuses(String hex, String message) {
        assertThatThrownBy(() -> PuntFrame.parse(bytes(hex)))
                .isInstanceOf(WireException.class)
                .hasMessage(message);
    }

    @Test
    void doesNotEmitWhatDoesNotFit() {
        ByteBuf out = Unpooled.buffer();
        ByteBuf tooLong = Unpooled.wrappedBuffer(new byte[65_535]);
        assertThatThrownBy(() -> PuntFrame.emit(out, PuntFrame.Kind.PACKET, "a", 0, tooLong))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PuntFrame.emitCarrier(out, "n".repeat(256), 0, true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(out.isReadable()).isFalse();
        ByteBuf longest = tooLong.slice(0, PuntFrame.PACKET_BYTES_MAX);
        PuntFrame.emit(out, PuntFrame.Kind.PACKET, "n".repeat(255), 0, longest);
        assertThat(out.readUnsignedShort()).isEqualTo(PuntFrame.BODY_BYTES_MAX);
    }

    @Test
    void noiseIsAFrameOrAWireException() {
        long seed = Long.getLong("seed", 3);
        Random random = new Random(seed);
        int parsed = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] noise = new byte[random.nextInt(24)];
            random.nextBytes(noise);
            if (noise.length > 1 && random.nextBoolean()) {
                noise[0] = (byte) random.nextInt(3);
                noise[1] = (byte) random.nextInt(20);
            }
            try {
                PuntFrame frame = PuntFrame.parse(Unpooled.wrappedBuffer(noise));
                assertThat(frame.ipPacket().readableBytes()).isLessThan(noise.length);
                parsed++;
            } catch (WireException e) {
                assertThat(e).hasMessageStartingWith("punt frame");
            }
        }
        assertThat(parsed).as("-Dseed=%d", seed).isBetween(5000, 45_000);
    }
}
