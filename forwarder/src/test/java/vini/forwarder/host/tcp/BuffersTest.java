package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Random;

class BuffersTest {
    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static String sent(SendBuffer buffer, long sequence, int length) {
        ByteBuf out = Unpooled.buffer();
        buffer.copyTo(out, sequence, length);
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static String read(ReceiveBuffer buffer) {
        StringBuilder text = new StringBuilder();
        buffer.read(piece -> text.append(piece.toString(StandardCharsets.US_ASCII)), () -> true);
        return text.toString();
    }

    private static boolean insert(ReceiveBuffer buffer, long sequence, String text) {
        return buffer.insert(sequence, bytes(text), 0, text.length());
    }

    @Test
    void sendBufferTakesWhatItHasRoomForAndWraps() {
        SendBuffer buffer = new SendBuffer(8, 100);
        ByteBuf data = bytes("abcdefghij");
        assertThat(buffer.write(data)).isEqualTo(8);
        assertThat(data.readableBytes()).isEqualTo(2);
        assertThat(sent(buffer, 102, 3)).isEqualTo("cde");
        buffer.acknowledge(105);
        assertThat(buffer.write(data)).isEqualTo(2);
        assertThat(sent(buffer, 105, 5)).isEqualTo("fghij");
        assertThat(buffer.free()).isEqualTo(3);
        assertThatThrownBy(() -> sent(buffer, 104, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sent(buffer, 110, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sendBufferGrowsWithoutLosingAnything() {
        SendBuffer buffer = new SendBuffer(100_000, 7);
        ByteBuf all = Unpooled.buffer();
        for (int i = 0; i < 60_000; i++) {
            all.writeByte(i * 31);
        }
        buffer.write(all.slice(0, 10_000));
        buffer.acknowledge(7 + 9_000);
        buffer.write(all.slice(10_000, 50_000));
        ByteBuf out = Unpooled.buffer();
        buffer.copyTo(out, 7 + 9_000, 51_000);
        assertThat(out).isEqualTo(all.slice(9_000, 51_000));
    }

    @Test
    void receiveBufferFillsGaps() {
        ReceiveBuffer buffer = new ReceiveBuffer(20, 100);
        assertThat(insert(buffer, 105, "fgh")).isTrue();
        assertThat(insert(buffer, 110, "kl")).isTrue();
        assertThat(buffer.next()).isEqualTo(100);
        assertThat(buffer.hasGaps()).isTrue();
        assertThat(insert(buffer, 100, "abcdef")).isTrue();
        assertThat(buffer.next()).isEqualTo(108);
        assertThat(read(buffer)).isEqualTo("abcdefgh");
        assertThat(insert(buffer, 106, "ghij")).isTrue();
        assertThat(buffer.next()).isEqualTo(112);
        assertThat(buffer.hasGaps()).isFalse();
        assertThat(read(buffer)).isEqualTo("ijkl");
        assertThat(buffer.canPass()).isTrue();
    }

    @Test
    void receiveBufferCutsWhatIsOutsideTheWindow() {
        ReceiveBuffer buffer = new ReceiveBuffer(4, 100);
        insert(buffer, 98, "yzabcdef");
        assertThat(buffer.window()).isZero();
        insert(buffer, 104, "e");
        assertThat(read(buffer)).isEqualTo("abcd");
        assertThat(buffer.window()).isEqualTo(4);
    }

    @Test
    void receiveBufferBoundsItsGaps() {
        ReceiveBuffer buffer = new ReceiveBuffer(4000, 0);
        int stored = 0;
        for (int i = 1; i < 4000; i += 2) {
            stored += insert(buffer, i, "x") ? 1 : 0;
        }
        assertThat(stored).isEqualTo(ReceiveBuffer.ISLANDS_MAX);
        assertThat(insert(buffer, 0, "ab")).isTrue();
        assertThat(buffer.next()).isEqualTo(2);
    }

    @Test
    void receiveBufferReordersAnything() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int length = 5000;
        ByteBuf content = Unpooled.buffer();
        for (int i = 0; i < length; i++) {
            content.writeByte(random.nextInt());
        }
        ReceiveBuffer buffer = new ReceiveBuffer(300, 1_000_000);
        ByteBuf out = Unpooled.buffer();
        boolean sawGaps = false;
        while (out.readableBytes() < length) {
            int from = (int) (buffer.next() - 1_000_000) + random.nextInt(-50, 350);
            int to = Math.min(length, from + random.nextInt(1, 80));
            from = Math.max(0, from);
            if (from < to) {
                buffer.insert(1_000_000 + from, content, from, to - from);
            }
            sawGaps |= buffer.hasGaps();
            if (random.nextInt(3) == 0) {
                buffer.read(out::writeBytes, () -> true);
            }
        }
        assertThat(out).as("-Dseed=%d", seed).isEqualTo(content);
        assertThat(sawGaps).as("-Dseed=%d made gaps", seed).isTrue();
    }
}
