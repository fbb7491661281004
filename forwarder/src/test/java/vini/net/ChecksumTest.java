package vini.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.Packets;

import java.util.Arrays;
import java.util.Random;

class ChecksumTest {
    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    @Test
    void theExampleOfRfc1071() {
        // RFC 1071 3: the sum of 0001 f203 f4f5 f6f7 is ddf2.
        assertThat(Checksum.of(bytes("0001f203f4f5f6f7"), 0, 8)).isEqualTo(0xffff - 0xddf2);
    }

    @Test
    void anOddLastByteIsHigh() {
        assertThat(Checksum.of(bytes("00000001"), 3, 1)).isEqualTo(0xfeff);
        assertThat(Checksum.of(bytes("ff"), 0, 0)).isEqualTo(0xffff);
    }

    @Test
    void agreesWithTheSlowSumAndStaysTrueWhenAWordChanges() {
        long seed = Long.getLong("seed", 2);
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            byte[] data = new byte[2 + random.nextInt(300)];
            random.nextBytes(data);
            if (random.nextInt(4) == 0) {
                Arrays.fill(data, (byte) 0xff);
            }
            ByteBuf bytes = Unpooled.wrappedBuffer(data);
            int sum = Checksum.of(bytes, 0, data.length);
            assertThat("%04x".formatted(sum))
                    .as("-Dseed=%d, %d", seed, i)
                    .isEqualTo(Packets.checksum(ByteBufUtil.hexDump(data)));
            int at = random.nextInt(data.length / 2) * 2;
            int old = bytes.getUnsignedShort(at);
            bytes.setShort(at, random.nextInt());
            int updated = Checksum.update(sum, old, bytes.getUnsignedShort(at));
            int fresh = Checksum.of(bytes, 0, data.length);
            // All-zero data apart, both zeros of one's complement are the same number.
            assertThat(updated % 0xffff).as("-Dseed=%d, %d", seed, i).isEqualTo(fresh % 0xffff);
        }
    }

    @Test
    void theLongestBlockDoesNotOverflow() {
        byte[] ones = new byte[65_535];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(Checksum.of(Unpooled.wrappedBuffer(ones), 0, 65_534)).isZero();
        assertThat(Checksum.of(Unpooled.wrappedBuffer(ones), 0, 65_535)).isEqualTo(0x00ff);
        ByteBuf memory = UnpooledByteBufAllocator.DEFAULT.directBuffer(1_000_000);
        for (int i = 0; i < 1_000_000; i += 8) {
            memory.setLong(i, -1);
        }
        assertThat(Checksum.of(memory, 0, 1_000_000)).isZero();
        memory.release();
    }

    @Test
    void memoryIsSummedAsArraysAre() {
        long seed = Long.getLong("seed", 7);
        Random random = new Random(seed);
        ByteBuf memory = UnpooledByteBufAllocator.DEFAULT.directBuffer(70_000);
        assertThat(memory.hasMemoryAddress()).isTrue();
        byte[] data = new byte[memory.capacity()];
        random.nextBytes(data);
        Arrays.fill(data, 0, 2000, (byte) 0xff);
        Arrays.fill(data, 2000, 4000, (byte) 0);
        memory.setBytes(0, data);
        ByteBuf array = Unpooled.wrappedBuffer(data);
        for (int i = 0; i < 4000; i++) {
            int index = random.nextInt(random.nextBoolean() ? 5000 : 64_000);
            int length = random.nextInt(random.nextInt(3) > 0 ? 400 : 6000);
            assertThat(Checksum.of(memory, index, length))
                    .as("-Dseed=%d: %d bytes at %d", seed, length, index)
                    .isEqualTo(Checksum.of(array, index, length));
        }
        memory.release();
    }

    @Test
    void onlyTheBuffersMemoryIsSummed() {
        ByteBuf memory = UnpooledByteBufAllocator.DEFAULT.directBuffer(512);
        assertThat(Checksum.of(memory.setZero(0, 512), 0, 512)).isEqualTo(0xffff);
        for (int[] range : new int[][] {{1, 512}, {-1, 500}, {400, 1 << 30}, {512, 256}}) {
            assertThatThrownBy(() -> Checksum.of(memory, range[0], range[1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        memory.release();
    }

    @Test
    void thePseudoHeaderOfUdp() {
        // 10.0.0.1 to 10.0.0.2, UDP, 8 bytes: 0a00+0001+0a00+0002+0011+0008 = 141c.
        assertThat(Checksum.finish(Checksum.pseudoHeader(0x0a000001, 0x0a000002, 17, 8)))
                .isEqualTo(0xffff - 0x141c);
    }
}
