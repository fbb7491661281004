package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

class PacketMemoryTest {
    private final PacketMemory memory = new PacketMemory();
    private final PacketPool maker = new PacketPool(memory);
    private final PacketPool taker = new PacketPool(memory);

    @AfterEach
    void close() {
        maker.close();
        taker.close();
    }

    @Test
    void aFlowToOneSideUsesTheSameBuffersAgainAndAgain() {
        Set<Long> buffers = new LinkedHashSet<>();
        for (int round = 0; round < 1000; round++) {
            List<Packet> packets = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                packets.add(maker.allocate(60));
            }
            for (Packet packet : packets) {
                buffers.add(packet.address());
                packet.pool = taker;
                packet.kill();
            }
        }
        assertThat(buffers).hasSizeLessThan(100 + 3 * PacketPool.MAGAZINE);
        assertThat(maker.inUse()).isEqualTo(100_000);
        assertThat(maker.inUse() + taker.inUse()).isZero();
    }

    @Test
    void aPoolThatComesAndGoesAroundAMagazineExchangesNothing() {
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < 2 * PacketPool.MAGAZINE; i++) {
            packets.add(maker.allocate(60));
        }
        packets.forEach(Packet::kill);
        assertThat(memory.takeAny()).as("free and spare hold them").isNull();
        Set<Long> own = new LinkedHashSet<>();
        packets.forEach(packet -> own.add(packet.buffer().memoryAddress()));
        for (int i = 0; i < 2 * PacketPool.MAGAZINE; i++) {
            Packet packet = maker.allocate(60);
            assertThat(own).contains(packet.buffer().memoryAddress());
            packets.set(i, packet);
        }
        packets.forEach(Packet::kill);
    }

    /** Else each packet would come out of the other processor's cache. */
    @Test
    void poolsThatMakeAndEndThousandsInTurnUseTheirOwn() {
        Set<Long> buffersOfMaker = new LinkedHashSet<>();
        Set<Long> buffersOfTaker = new LinkedHashSet<>();
        for (int round = 0; round < 10; round++) {
            makeAndEnd(maker, buffersOfMaker);
            makeAndEnd(taker, buffersOfTaker);
        }
        assertThat(buffersOfMaker).hasSize(8 * PacketPool.MAGAZINE);
        assertThat(buffersOfTaker).hasSize(8 * PacketPool.MAGAZINE);
        assertThat(buffersOfTaker).doesNotContainAnyElementsOf(buffersOfMaker);
    }

    private static void makeAndEnd(PacketPool pool, Set<Long> buffers) {
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < 8 * PacketPool.MAGAZINE; i++) {
            packets.add(pool.allocate(60));
        }
        for (Packet packet : packets) {
            buffers.add(packet.buffer().memoryAddress());
            packet.kill();
        }
    }

    @Test
    void theBoundIsThatOfAllPoolsTogether() {
        List<Packet> packets = new ArrayList<>();
        int megabyte = 1 << 20;
        for (int i = 0; i < 192; i++) {
            packets.add(maker.allocate(megabyte));
            packets.add(taker.allocate(megabyte));
        }
        assertThat(maker.isFull() && taker.isFull()).as("384 MB and headrooms").isTrue();
        packets.subList(0, 4).forEach(Packet::kill);
        assertThat(maker.isFull() || taker.isFull()).isFalse();
        packets.subList(4, packets.size()).forEach(Packet::kill);
        assertThat(maker.isFull() || taker.isFull()).isFalse();
    }
}
