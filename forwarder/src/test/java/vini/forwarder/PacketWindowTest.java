package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Packets that lie side by side in one block: each has its part, the last gives the block back. */
class PacketWindowTest {
    private static final int LENGTH = 100;

    private final PacketMemory memory = new PacketMemory();
    private final PacketPool pool = new PacketPool(memory);
    private final PacketPool other = new PacketPool(memory);

    @AfterEach
    void nothingIsLeft() {
        assertThat(pool.inUse() + other.inUse()).isZero();
        pool.close();
        other.close();
        assertThat(memory.bytesInUse()).isZero();
    }

    /** Neighbours without a gap; each is full of its number, from one on. */
    private List<Packet> windows(int count) {
        Block block = pool.block();
        block.retain(count - 1);
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (int at = 0; at < LENGTH; at++) {
                block.bytes().setByte(i * LENGTH + at, i + 1);
            }
            packets.add(pool.window(block, i * LENGTH, (i + 1) * LENGTH));
        }
        return packets;
    }

    private static String hex(Packet packet) {
        return ByteBufUtil.hexDump(packet.buffer(), packet.start(), packet.length());
    }

    private static String hex(int number, int bytes) {
        return "%02x".formatted(number).repeat(bytes);
    }

    private static Packet filled(Packet packet, int at, int bytes) {
        for (int i = 0; i < bytes; i++) {
            packet.set8(at + i, 0xff);
        }
        return packet;
    }

    @Test
    void whatAPacketPrependsAndAppendsTouchesNoNeighbour() {
        List<Packet> packets = windows(3);
        Packet middle = packets.get(1);
        assertThat(middle.headroom()).isZero();
        assertThat(middle.tailroom()).isZero();

        Packet longer = filled(middle.prepend(8), 0, 8).append(4);
        filled(longer, longer.length() - 4, 4);

        assertThat(longer).isNotSameAs(middle);
        assertThat(hex(longer)).isEqualTo(hex(0xff, 8) + hex(2, LENGTH) + hex(0xff, 4));
        assertThat(hex(packets.get(0))).isEqualTo(hex(1, LENGTH));
        assertThat(hex(packets.get(2))).isEqualTo(hex(3, LENGTH));
        longer.kill();
        packets.get(0).kill();
        packets.get(2).kill();
    }

    @Test
    void whatWasStrippedAndCutOffIsThePacketsOwnRoom() {
        List<Packet> packets = windows(3);
        Packet middle = packets.get(1);
        middle.strip(20);
        middle.truncate(70);
        assertThat(middle.headroom()).isEqualTo(20);
        assertThat(middle.tailroom()).isEqualTo(10);

        assertThat(filled(middle.prepend(20), 0, 20)).isSameAs(middle);
        assertThat(filled(middle.append(10), 90, 10)).isSameAs(middle);
        assertThat(hex(middle)).isEqualTo(hex(0xff, 20) + hex(2, 70) + hex(0xff, 10));

        middle.strip(20);
        Packet more = middle.unstrip(30);
        assertThat(more).isNotSameAs(middle);
        assertThat(hex(more)).isEqualTo(hex(0, 10) + hex(0xff, 20) + hex(2, 70) + hex(0xff, 10));
        assertThat(hex(packets.get(0))).isEqualTo(hex(1, LENGTH));
        assertThat(hex(packets.get(2))).isEqualTo(hex(3, LENGTH));
        more.kill();
        packets.get(0).kill();
        packets.get(2).kill();
    }

    @Test
    void whoWritesToASharedWindowGetsACopy() {
        Packet packet = windows(1).getFirst();
        Packet twin = packet.share();
        twin.strip(10);
        Packet mine = filled(twin.writable(), 0, 10);
        assertThat(mine).isNotSameAs(twin);
        assertThat(hex(mine)).isEqualTo(hex(0xff, 10) + hex(1, LENGTH - 20));
        assertThat(hex(packet)).isEqualTo(hex(1, LENGTH));

        Packet second = packet.share();
        second.strip(10);
        Packet third = filled(second.prepend(4), 0, 4);
        assertThat(third).isNotSameAs(second);
        assertThat(hex(packet)).isEqualTo(hex(1, LENGTH));
        third.kill();
        mine.kill();
        packet.kill();
    }

    @Test
    void theBlockIsInUseUntilTheLastOfItsPacketsEnds() {
        List<Packet> packets = windows(5);
        for (Packet packet : packets) {
            assertThat(memory.bytesInUse()).isEqualTo(Block.BYTES);
            packet.kill();
        }
        assertThat(pool.bytesInUse()).isZero();
    }

    @Test
    void aWindowIsKilledOnce() {
        Packet packet = windows(1).getFirst();
        packet.kill();
        assertThatThrownBy(packet::kill).hasMessage("a packet is killed twice");
    }

    @Test
    void aWindowMayEndInAnotherPool() {
        List<Packet> packets = windows(4);
        for (Packet packet : packets.subList(1, 4)) {
            packet.pool = other;
        }
        Packet twin = packets.get(1).share();
        for (Packet packet : packets) {
            packet.kill();
        }
        assertThat(hex(twin)).isEqualTo(hex(2, LENGTH));
        assertThat(memory.bytesInUse()).isEqualTo(Block.BYTES);
        twin.kill();
        assertThat(pool.inUse()).isEqualTo(3);
        assertThat(other.inUse()).isEqualTo(-3);

        // The descriptors of the other pool serve it, and carry nothing of what they were.
        Packet next = other.window(other.block(), 5, 5 + LENGTH);
        assertThat(next.pool).isSameAs(other);
        assertThat(next.headroom() + next.tailroom()).isZero();
        assertThat(next.writable()).isSameAs(next);
        next.kill();
        assertThat(memory.bytesInUse()).isZero();
    }

    /** Any order of sharing, writing, moving and ending; a model says what each packet holds. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void inAnyOrderPacketsKeepTheirBytesAndTheBlockComesBack(long seed) {
        Random random = new Random(seed);
        List<Packet> packets = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        int copies = 0;
        for (int step = 0; step < 20_000; step++) {
            if (packets.isEmpty() || random.nextInt(50) == 0 && packets.size() < 500) {
                int count = 1 + random.nextInt(60);
                packets.addAll(windows(count));
                for (int i = 1; i <= count; i++) {
                    wanted.add(hex(i, LENGTH));
                }
            }
            int i = random.nextInt(packets.size());
            Packet packet = packets.get(i);
            String before = wanted.get(i);
            int bytes = random.nextInt(20);
            Packet after = packet;
            switch (random.nextInt(9)) {
                case 0 -> {
                    packets.add(packet.share());
                    wanted.add(before);
                }
                case 1 -> {
                    after = filled(packet.prepend(bytes), 0, bytes);
                    wanted.set(i, hex(0xff, bytes) + before);
                }
                case 2 -> {
                    after = packet.append(bytes);
                    filled(after, after.length() - bytes, bytes);
                    wanted.set(i, before + hex(0xff, bytes));
                }
                case 3 -> {
                    int part = Math.min(bytes, packet.length());
                    after = filled(packet.writable(), 0, part);
                    wanted.set(i, hex(0xff, part) + before.substring(2 * part));
                }
                case 4 -> {
                    int part = Math.min(bytes, packet.length());
                    packet.strip(part);
                    wanted.set(i, before.substring(2 * part));
                }
                case 5 -> {
                    int part = Math.min(bytes, packet.length());
                    packet.truncate(packet.length() - part);
                    wanted.set(i, before.substring(0, before.length() - 2 * part));
                }
                case 6 -> packet.pool = random.nextBoolean() ? pool : other;
                default -> {
                    packet.kill();
                    packets.remove(i);
                    wanted.remove(i);
                    continue;
                }
            }
            packets.set(i, after);
            copies += after == packet ? 0 : 1;
            int any = random.nextInt(packets.size());
            assertThat(hex(packets.get(any))).as("seed " + seed).isEqualTo(wanted.get(any));
        }
        for (int i = 0; i < packets.size(); i++) {
            assertThat(hex(packets.get(i))).as("seed " + seed).isEqualTo(wanted.get(i));
            packets.get(i).kill();
        }
        assertThat(copies).isGreaterThan(1000);
    }
}
