package vini.forwarder.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.Block;
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.Sockaddr;
import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What is put together for a tun device and cut again is byte for byte what it was, in order,
 * whatever the packets are. A pair of UDP sockets on the loopback stands for the device: it keeps
 * each unit as it was written.
 */
class OffloadTest {
    private static final Ipv4Address LOOPBACK = Ipv4Address.parse("127.0.0.1");

    private final PacketPool pool = new PacketPool();
    private final List<String> in = new ArrayList<>();
    private final List<String> out = new ArrayList<>();
    private int units;
    private int partial;
    private final PartialChecksum completion = new PartialChecksum();
    private int writeEnd;
    private int readEnd;
    private TunWriter writer;
    private final ByteBuf scratch = Unpooled.directBuffer(TunReader.SCRATCH_BYTES);
    private TunReader reader;

    @BeforeEach
    void open() throws LibcException {
        int port = 20_000 + (int) (ProcessHandle.current().pid() % 10_000);
        readEnd = Libc.socket(2, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0);
        Libc.bind(readEnd, Sockaddr.ip(LOOPBACK, port));
        Libc.setsockopt(readEnd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, 4 << 20);
        writeEnd = Libc.socket(2, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0);
        Libc.connect(writeEnd, Sockaddr.ip(LOOPBACK, port));
        reader = new TunReader(readEnd, pool, scratch, this::collect);
        writer =
                new TunWriter(
                        writeEnd,
                        true,
                        (packet, result) -> {
                            assertThat(result).isPositive();
                            packet.kill();
                        });
    }

    @AfterEach
    void close() throws LibcException {
        writer.close();
        reader.close();
        scratch.release();
        Libc.close(writeEnd);
        Libc.close(readEnd);
        assertThat(pool.inUse()).isZero();
        assertThat(pool.bytesInUse()).isZero();
        pool.close();
    }

    private void write(byte[] bytes) {
        in.add(ByteBufUtil.hexDump(bytes));
        writer.add(pool.copyOf(Unpooled.wrappedBuffer(bytes)));
    }

    private void readAll() {
        writer.flush();
        while (reader.read() == TunReader.Read.UNIT) {
            units++;
        }
    }

    private void collect(Packet read) {
        partial += read.isPartial() ? 1 : 0;
        Packet packet = completion.complete(read);
        out.add(ByteBufUtil.hexDump(packet.buffer(), packet.start(), packet.length()));
        packet.kill();
    }

    private static byte[] tcp(int sequence, int flags, byte[] payload, int id) {
        return new Sketch().tcp(sequence, flags, id, payload);
    }

    private static byte[] payload(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void segmentsOfOneFlowGoAsOneUnit() {
        for (int i = 0; i < 40; i++) {
            write(tcp(1000 + i * 1448, 0x10, payload(i == 39 ? 100 : 1448, i), 7 + i));
        }
        readAll();
        assertThat(units).isEqualTo(1);
        assertThat(partial).as("checksums that nobody has computed").isEqualTo(40);
        assertThat(out).isEqualTo(in);
    }

    @Test
    void pushEndsAUnitAndAPureAcknowledgmentStandsAlone() {
        write(tcp(0, 0x10, payload(100, 1), 1));
        write(tcp(100, 0x18, payload(100, 2), 2));
        write(tcp(200, 0x10, payload(100, 3), 3));
        write(tcp(300, 0x10, payload(0, 3), 4));
        write(tcp(300, 0x10, payload(0, 3), 4));
        readAll();
        assertThat(units).isEqualTo(4);
        assertThat(out).isEqualTo(in);
    }

    @Test
    void datagramsOfOneFlowGoAsOneUnit() {
        for (int i = 0; i < 64; i++) {
            write(new Sketch().udp(i, payload(i == 63 ? 3 : 18, i)));
        }
        write(new Sketch().udp(64, payload(18, 64)));
        readAll();
        assertThat(units).isEqualTo(2);
        assertThat(out).isEqualTo(in);
    }

    /** The reader guesses from the last unit how the next one is to be cut. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void unitsMayBeLikeTheLastOrNot(long seed) {
        Random random = new Random(seed);
        Sketch sketch = new Sketch();
        int sequence = 0;
        int id = 0;
        int length = 1448;
        for (int unit = 0; unit < 200; unit++) {
            switch (random.nextInt(12)) {
                case 0 -> length = 500 + random.nextInt(1000);
                case 1 -> sketch.options = payload(4 * random.nextInt(11), unit);
                case 2 -> sketch.version = 10 - sketch.version;
                default -> {}
            }
            int packets = random.nextInt(4) == 0 ? 1 : 2 + random.nextInt(60);
            for (int i = 1; i <= packets; i++) {
                byte[] payload = payload(i < packets ? length : 1 + random.nextInt(length), i);
                write(sketch.tcp(sequence, i < packets ? 0x10 : 0x18, id++, payload));
                sequence += payload.length;
            }
            readAll();
        }
        assertThat(out).as("seed " + seed).isEqualTo(in);
        assertThat(units).as("seed " + seed).isLessThan(400);
    }

    @Test
    void wrongChecksumIsLeftForTheKernelToSee() {
        write(tcp(0, 0x10, payload(100, 1), 1));
        byte[] wrong = tcp(100, 0x10, payload(100, 2), 2);
        wrong[60] ^= 1;
        write(wrong);
        write(tcp(200, 0x10, payload(100, 3), 3));
        readAll();
        assertThat(units).isEqualTo(3);
        assertThat(out).isEqualTo(in);
    }

    /** Bits that no flag of today stands for are carried, too. */
    @Test
    void segmentsWithOtherReservedBitsAreNotPutTogether() {
        Sketch sketch = new Sketch();
        for (int i = 0; i < 4; i++) {
            sketch.reserved = i == 1 ? 1 : 0;
            sketch.urgent = i == 3 ? 7 : 0;
            write(sketch.tcp(i * 100, 0x10, i, payload(100, i)));
        }
        readAll();
        assertThat(units).isEqualTo(4);
        assertThat(out).isEqualTo(in);
    }

    /** All ones are as good as zero for a checksum, but cutting would make a zero of them. */
    @Test
    void theOtherZeroOfAChecksumStays() {
        for (int i = 0; i < 3; i++) {
            write(withOtherZero(i));
        }
        readAll();
        assertThat(units).isEqualTo(3);
        assertThat(out).isEqualTo(in);
    }

    private static byte[] withOtherZero(int i) {
        ByteBuf packet = Unpooled.wrappedBuffer(tcp(i * 100, 0x10, payload(100, i), i));
        // What is taken from the checksum is added to the payload.
        int sum = packet.getUnsignedShort(36) + packet.getUnsignedShort(40);
        packet.setShort(36, 0xffff);
        packet.setShort(40, (sum & 0xffff) + (sum >>> 16));
        return packet.array();
    }

    /** The kernel hands over units with extension headers, and does the checksum over them. */
    @Test
    void unitsBehindExtensionHeadersAreCut() {
        Sketch sketch = new Sketch();
        sketch.version = 6;
        sketch.extension = 24;
        byte[] payload = payload(250, 1);
        ByteBuf unit = Unpooled.directBuffer();
        unit.writeBytes(sketch.tcpUnit(1000, 0x18, 0, 100, payload));
        Segmenter segmenter = new Segmenter();
        assertThat(segmenter.segment(unit, 0, unit.readableBytes(), pool, this::collect)).isTrue();
        unit.release();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] part = Arrays.copyOfRange(payload, 100 * i, Math.min(100 * i + 100, 250));
            wanted.add(
                    ByteBufUtil.hexDump(sketch.tcp(1000 + 100 * i, i < 2 ? 0x10 : 0x18, 0, part)));
        }
        assertThat(out).isEqualTo(wanted);
    }

    /** Flows that go on, mixed with whatever may come between. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverComesStaysAsItIs(long seed) {
        Random random = new Random(seed);
        int[] sequences = new int[4];
        int id = random.nextInt(65_536);
        int flow = 0;
        Sketch sketch = new Sketch();
        for (int i = 0; i < 3000; i++) {
            if (random.nextInt(8) == 0) {
                flow = random.nextInt(4);
                sketch = new Sketch();
                sketch.version = flow == 3 ? 6 : 4;
                sketch.source = 1 + flow;
                sketch.options = payload(4 * random.nextInt(4), flow);
            }
            switch (random.nextInt(60)) {
                case 0 -> sketch.ttl = 63 + random.nextInt(2);
                case 1 -> sketch.tos = random.nextInt(4);
                case 2 -> sketch.window = random.nextInt(3);
                case 3 -> sketch.fragment = random.nextBoolean() ? 0 : 0x2000;
                case 4 -> sketch.ports = random.nextBoolean() ? 0x0fa0_0050 : 0x0fa1_0050;
                case 5 -> sequences[flow] += random.nextInt(3);
                case 6 -> id += random.nextInt(3);
                default -> {}
            }
            int length = random.nextInt(6) > 0 ? 500 : random.nextInt(501);
            byte[] payload = payload(length, i);
            int flags = random.nextInt(20) > 0 ? 0x10 : random.nextInt(256);
            byte[] packet =
                    flow == 2
                            ? sketch.udp(id, payload)
                            : sketch.tcp(sequences[flow], flags, id, payload);
            sequences[flow] += length;
            id++;
            switch (random.nextInt(50)) {
                case 0 -> packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> packet = Arrays.copyOf(packet, random.nextInt(packet.length) + 1);
                default -> {}
            }
            write(packet);
            if (random.nextInt(100) == 0) {
                readAll();
            }
        }
        readAll();
        assertThat(out).as("seed " + seed).hasSameSizeAs(in);
        for (int i = 0; i < in.size(); i++) {
            assertThat(out.get(i)).as("seed " + seed + ", packet " + i).isEqualTo(in.get(i));
        }
        assertThat(units).as("seed " + seed).isLessThan(2000);
    }

    /** With these headers it fills a block to its last byte, and nothing would be left behind. */
    @Test
    void aUnitThatSaysItIsOnePacketIsReadAndSoIsWhatFollows() {
        byte[] packet = tcp(0, 0x10, payload(20_000, 1), 1);
        ByteBuf unit = Unpooled.directBuffer().writeZero(VirtioHeader.BYTES).writeBytes(packet);
        VirtioHeader.partial(unit, 0, VirtioHeader.TCPV4, 40, Block.BYTES - 40, 20, 16);
        for (int i = 0; i < 3; i++) {
            in.add(ByteBufUtil.hexDump(packet));
            long sent = PacketCalls.write(writeEnd, unit.memoryAddress(), unit.readableBytes());
            assertThat(sent).isPositive();
            assertThat(reader.read()).isEqualTo(TunReader.Read.UNIT);
        }
        assertThat(reader.read()).isEqualTo(TunReader.Read.NOTHING);
        unit.release();
        assertThat(out).isEqualTo(in);
    }

    /** A unit from a tun device is the kernel's, but a program may have written its header. */
    @Test
    void unitsOfAnyBytesEndInPacketsOrAreRefused() {
        Random random = new Random(9);
        Segmenter segmenter = new Segmenter();
        int[] taken = new int[1];
        for (int i = 0; i < 50_000; i++) {
            byte[] packet = tcp(0, 0x10, payload(random.nextInt(200), i), 1);
            ByteBuf unit = Unpooled.directBuffer();
            VirtioHeader.plain(unit.writeZero(10), 0);
            VirtioHeader.partial(
                    unit,
                    0,
                    random.nextInt(6),
                    random.nextInt(100),
                    random.nextInt(100),
                    random.nextInt(300),
                    random.nextInt(20));
            packet[random.nextInt(packet.length)] ^= (byte) random.nextInt(256);
            unit.writeBytes(
                    packet,
                    0,
                    random.nextInt(10) == 0 ? random.nextInt(packet.length) : packet.length);
            boolean good =
                    segmenter.segment(
                            unit,
                            0,
                            unit.readableBytes(),
                            pool,
                            p -> {
                                taken[0]++;
                                p.kill();
                            });
            taken[0] += good ? 1 : 0;
            unit.release();
        }
        assertThat(taken[0]).isPositive();
    }
}
