package vini.vpn.elements.wireguard;

import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Endpoint;
import vini.forwarder.io.Errno;
import vini.forwarder.offload.TrainReceiver;
import vini.vpn.wireguard.Device;
import vini.vpn.wireguard.Messages;
import vini.vpn.wireguard.Peer;
import vini.vpn.wireguard.Session;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The way in: datagrams of the port are handshakes, which the device gets, or packets, which are
 * opened where they lie and go on if their source is the user's own.
 */
final class FromUsers {
    /** After this many system calls the other descriptors of the loop get their turn. */
    private static final int ROUNDS = 8;

    private final Loop loop;
    private final TrainReceiver trains;
    private final UdpPort port;
    private final int bytesMax;
    private final Counter sent;
    private final Consumer<Packet> to;
    private final Runnable flush;
    private final PeerMemory owners = PeerMemory.ofSources();

    /** One for all calls. */
    private final Consumer<Packet> received = this::received;

    private final DropCounter notIp;
    private final DropCounter spoofed;

    @SuppressWarnings("NullAway.Init") // set before there are datagrams
    private Device device;

    /** The time of the present event. */
    private long now;

    /**
     * One for a port.
     *
     * @param mtu messages with longer packets are malformed
     * @param sent counts packets that came
     * @param drops makes counters by name
     * @param to gets the packets
     * @param flush sends them on; it is run by and by
     */
    FromUsers(
            Loop loop,
            Loop.Io io,
            UdpPort port,
            int mtu,
            Counter sent,
            Function<String, DropCounter> drops,
            Consumer<Packet> to,
            Runnable flush) {
        this.loop = loop;
        trains = io.trains();
        this.port = port;
        bytesMax = mtu + Messages.PADDING_BYTES + Messages.TRANSPORT_EXTRA_BYTES;
        this.sent = sent;
        this.to = to;
        this.flush = flush;
        notIp = drops.apply("notIp");
        spoofed = drops.apply("spoofed");
    }

    /** Whose users they are from now on. */
    void device(Device other) {
        device = other;
        owners.forget();
    }

    /** The users or their addresses are others now. */
    void forgetPeers() {
        owners.forget();
    }

    /** Takes what has come. */
    void receive() {
        now = loop.clock().nowNanos();
        for (int i = 0; i < ROUNDS && port.isOpen(); i++) {
            long units = trains.receiveFrom(port.descriptor(), received);
            flush.run();
            if (units == -Errno.EAGAIN || units >= 0 && trains.isAll()) {
                break;
            }
        }
    }

    private void received(Packet packet) {
        int length = packet.length();
        if (length < Messages.KEEPALIVE_BYTES) {
            device.malformed();
            packet.kill();
        } else if (Messages.swapped(packet.i32(0)) == Messages.TRANSPORT) {
            transport(packet);
        } else {
            byte[] message = new byte[Math.min(length, Messages.INITIATION_BYTES + 1)];
            packet.buffer().getBytes(packet.start(), message);
            packet.kill();
            device.receive(message, trains.sender());
        }
    }

    private void transport(Packet packet) {
        Session session = device.find(Messages.swapped(packet.i32(4)));
        if (session == null) {
            packet.kill();
            return;
        }
        if (packet.length() > bytesMax) {
            device.malformed();
            packet.kill();
            return;
        }
        int opened = device.open(session, packet.buffer(), packet.start(), packet.length(), now);
        if (opened == Device.REFUSED) {
            packet.kill();
            return;
        }
        Peer peer = session.peer();
        Endpoint at = peer.endpoint();
        if (at == null || !trains.isFrom(at)) {
            device.roamed(peer, trains.sender());
        }
        if (opened == 0) {
            packet.kill();
        } else {
            sent.increment();
            packet.strip(Messages.TRANSPORT_HEADER_BYTES);
            packet.truncate(opened);
            emit(packet, peer);
        }
    }

    /** Passes on what was in a message: a packet, and zeros behind it. */
    private void emit(Packet packet, Peer peer) {
        int bytes = InnerPacket.length(packet);
        if (bytes < 0) {
            notIp.drop(packet);
            return;
        }
        packet.truncate(bytes);
        if (peer.equals(owners.find(device, packet))) {
            to.accept(packet);
        } else {
            spoofed.drop(packet);
        }
    }
}
