package vini.forwarder.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Sockaddr;
import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is sent in trains arrives as the same datagrams in the same order. */
class TrainTest {
    private static final Ipv4Address LOOPBACK = Ipv4Address.parse("127.0.0.1");

    private final PacketPool pool = new PacketPool();
    private final List<String> in = new ArrayList<>();
    private final List<String> out = new ArrayList<>();
    private int units;
    private int from;
    private int to;
    private TrainSender sender;
    private TrainReceiver receiver;

    @BeforeEach
    void open() throws LibcException {
        to = Libc.socket(2, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0);
        Libc.bind(to, Sockaddr.ip(LOOPBACK, 0));
        Libc.setsockopt(to, Libc.SOL_SOCKET, Libc.SO_RCVBUF, 4 << 20);
        assertThat(TrainReceiver.accepts(to)).isTrue();
        from = Libc.socket(2, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0);
        Libc.connect(from, Sockaddr.ip(LOOPBACK, Libc.port(to)));
        receiver = new TrainReceiver(pool);
        sender =
                new TrainSender(
                        from,
                        (packet, result) -> {
                            assertThat(result).isNotNegative();
                            packet.kill();
                        });
    }

    @AfterEach
    void close() throws LibcException {
        sender.close();
        receiver.close();
        Libc.close(from);
        Libc.close(to);
        assertThat(pool.inUse()).isZero();
        assertThat(pool.bytesInUse()).isZero();
        pool.close();
    }

    private void send(byte[] bytes) {
        in.add(ByteBufUtil.hexDump(bytes));
        sender.add(pool.copyOf(Unpooled.wrappedBuffer(bytes)));
    }

    private void receiveAll() {
        sender.flush();
        for (long came = 1; came > 0; ) {
            came = receiver.receive(to, this::collect);
            units += (int) Math.max(0, came);
        }
    }

    private void collect(Packet packet) {
        out.add(ByteBufUtil.hexDump(packet.buffer(), packet.start(), packet.length()));
        packet.kill();
    }

    /** The kernel would make nothing of it at the end of a train. */
    @Test
    void anEmptyPacketIsADatagram() {
        for (int length : new int[] {100, 100, 0, 100, 0, 0}) {
            send(new byte[length]);
        }
        receiveAll();
        assertThat(out).isEqualTo(in);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void datagramsOfAnyLengthsArriveInOrder(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int length = random.nextInt(1500);
            int packets = 1 + random.nextInt(70);
            for (int i = 0; i < packets; i++) {
                byte[] bytes = new byte[random.nextInt(12) > 0 ? length : random.nextInt(1500)];
                random.nextBytes(bytes);
                send(bytes);
            }
            receiveAll();
        }
        assertThat(out).as("seed " + seed).isEqualTo(in);
        assertThat(units).isLessThan(in.size() / 2);
    }
}
