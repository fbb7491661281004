package vini.forwarder.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.forwarder.io.Endpoint;
import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.net.IpAddress;

import java.util.ArrayList;
import java.util.List;

/** A socket that is open on all addresses answers from the one that was asked. */
class TrainAddressTest {
    private static final int BYTES = 500;

    private final PacketPool pool = new PacketPool();
    private final TrainReceiver receiver = new TrainReceiver(pool);
    private final List<Endpoint> senders = new ArrayList<>();
    private int server;
    private int client;

    @SuppressWarnings("NullAway.Init") // set by open
    private TrainSender sender;

    /** The server listens on all addresses, and the client on that of the loop. */
    private void open(String all) throws LibcException {
        Endpoint any = Endpoint.parse(all);
        server = Libc.socket(any.family(), Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0);
        Libc.bind(server, any.sockaddr());
        Endpoint.askForLocal(server, any.family());
        assertThat(any.isUnspecified()).isTrue();
        assertThat(TrainReceiver.accepts(server)).isTrue();
        sender =
                new TrainSender(
                        server,
                        (packet, result) -> {
                            assertThat(result).isNotNegative();
                            packet.kill();
                        });
    }

    private void ask(String address) throws LibcException {
        Endpoint serverAt = Endpoint.of(IpAddress.parse(address), Libc.port(server));
        client = Libc.socket(serverAt.family(), Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0);
        Libc.connect(client, serverAt.sockaddr());
        assertThat(Libc.send(client, new byte[BYTES], 0)).isEqualTo(BYTES);
        long units = receiver.receiveFrom(server, this::took);
        assertThat(units).isEqualTo(1);
    }

    private void took(Packet packet) {
        senders.add(receiver.sender());
        assertThat(receiver.isFrom(senders.getLast())).isTrue();
        assertThat(receiver.isFrom(senders.getLast().from(0, 0))).isFalse();
        packet.kill();
    }

    private void answer(Endpoint to, int packets) {
        for (int i = 0; i < packets; i++) {
            sender.add(pool.copyOf(Unpooled.wrappedBuffer(new byte[BYTES])), to);
        }
        sender.flush();
    }

    /** How many datagrams came; a connected socket gets only those of its peer. */
    private int came() throws LibcException {
        int came = 0;
        try {
            while (Libc.recv(client, new byte[BYTES], 0) == BYTES) {
                came++;
            }
        } catch (LibcException e) {
            assertThat(e.errno()).isEqualTo(Errno.EAGAIN);
        }
        return came;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:0", "[::]:0"})
    void answersFromTheAddressThatWasAsked(String all) throws LibcException {
        open(all);
        ask("127.0.0.3");
        answer(senders.getLast(), 1);
        answer(senders.getLast(), 50);
        assertThat(came()).isEqualTo(51);
        // Which the kernel would not have chosen.
        answer(senders.getLast().from(0, 0), 3);
        assertThat(came()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:0", "[::]:0"})
    void answersFromAnotherIfThatIsGone(String all) throws LibcException {
        open(all);
        ask("127.0.0.1");
        Endpoint gone = senders.getLast().from(0, 0xffffL << 32 | 0xc0000201L);
        answer(gone, 1);
        answer(gone, 50);
        assertThat(came()).isEqualTo(51);
    }

    @AfterEach
    void close() throws LibcException {
        sender.close();
        receiver.close();
        Libc.close(server);
        Libc.close(client);
        assertThat(pool.inUse()).isZero();
        pool.close();
    }
}
