package vini.forwarder.elements.egress;

import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.io.SocketError;
import vini.forwarder.io.SocketMessage;
import vini.forwarder.offload.TrainReceiver;
import vini.net.Ipv4Address;

import java.util.function.Consumer;

/** A socket of UDP or of ICMP echo that is not connected and hears of errors, see ip(7). */
final class DatagramSocket implements Outside.Datagrams {
    /** After so many units the other descriptors of the loop get their turn. */
    private static final int ROUNDS = 16;

    private static final int ERRORS_A_ROUND = 64;

    /** The most that an ICMP error quotes. */
    private static final int QUOTE_BYTES = 576;

    private static final int CLOSED = -1;

    private final Loop loop;
    private final SocketMessage message;
    private final TrainReceiver trains;
    private final Outside.Receiver receiver;
    private final Consumer<Packet> received;
    private final TravelOptions options;
    private final int port;
    private final Runnable watch;
    private int fd;

    /**
     * Serves a socket; the descriptor belongs to this from then on.
     *
     * @param message shared by all sockets of a loop
     */
    DatagramSocket(Loop loop, Loop.Io io, SocketMessage message, int fd, Outside.Receiver receiver)
            throws LibcException {
        this.loop = loop;
        this.message = message;
        this.fd = fd;
        this.receiver = receiver;
        trains = io.trains();
        received = packet -> receiver.received(packet, trains.senderAddress(), trains.senderPort());
        options = new TravelOptions(fd);
        Libc.setsockopt(fd, SocketMessage.SOL_IP, SocketMessage.IP_RECVERR, 1);
        Libc.bind(fd, Sockaddr.ip(Ipv4Address.ANY, 0));
        port = Libc.port(fd);
        watch = io.watch(fd, this::readable);
    }

    @Override
    public long send(long address, int bytes, int to, int port, Outside.Travel how) {
        options.set(how);
        return message.send(fd, address, bytes, to, port);
    }

    private void readable() {
        for (int round = 0; round < ROUNDS && fd != CLOSED; round++) {
            long units = trains.receiveFrom(fd, received);
            if (units == -Errno.EAGAIN || units < 0 && !readErrors()) {
                break;
            }
            if (units > 0 && trains.isAll()) {
                break;
            }
        }
        boolean _ = readErrors();
    }

    @Override
    public boolean readErrors() {
        boolean any = false;
        for (int i = 0; i < ERRORS_A_ROUND && fd != CLOSED; i++) {
            Packet rest = loop.packets().allocate(QUOTE_BYTES);
            long bytes =
                    message.receive(fd, rest.address(), QUOTE_BYTES, SocketMessage.MSG_ERRQUEUE);
            SocketError error = bytes < 0 ? null : message.error();
            if (error != null) {
                rest.truncate((int) bytes);
                receiver.failed(error, message.senderAddress().bits(), message.senderPort(), rest);
            }
            rest.kill();
            if (bytes < 0) {
                break;
            }
            any = true;
        }
        return any;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        if (fd == CLOSED) {
            return;
        }
        watch.run();
        try {
            Libc.close(fd);
        } catch (LibcException e) {
            throw new IllegalStateException("closing a socket", e);
        }
        fd = CLOSED;
    }
}
