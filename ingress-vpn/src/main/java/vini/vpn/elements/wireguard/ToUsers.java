package vini.vpn.elements.wireguard;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Batch;
import vini.forwarder.Block;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Endpoint;
import vini.forwarder.io.Errno;
import vini.forwarder.offload.TrainSender;
import vini.vpn.wireguard.Device;
import vini.vpn.wireguard.Messages;
import vini.vpn.wireguard.Outlet;
import vini.vpn.wireguard.Peer;
import vini.vpn.wireguard.Session;

import java.util.function.Function;

/**
 * The way out: packets become messages to the users whose they are, or wait for a handshake; they
 * and what the protocol says by itself leave by the port after the present event.
 */
final class ToUsers implements Outlet {
    private static final int DATA_AT = Messages.TRANSPORT_HEADER_BYTES;

    private final Loop loop;
    private final Loop.Io io;
    private final UdpPort port;
    private final int mtu;
    private final Counter delivered;
    private final Counter unsentControl;
    private final Runnable workWaits;
    private final Waiting waiting = new Waiting();
    private final PeerMemory receivers = PeerMemory.ofDestinations();

    private final DropCounter noPeer;
    private final DropCounter peerNowhere;
    private final DropCounter standby;
    private final DropCounter tooLong;
    private final DropCounter handshakeQueueFull;
    private final DropCounter noAnswer;
    private final DropCounter tunnelFull;
    private final DropCounter tunnelError;

    @SuppressWarnings("NullAway.Init") // set before there are packets
    private Device device;

    /** Where the messages of the present event are. */
    private @Nullable Block block;

    private int used;

    /** Whether what is to be sent goes after the present event. */
    private boolean sends;

    /** The time of the present event. */
    private long now;

    /**
     * One for a port.
     *
     * @param mtu longer packets are dropped
     * @param delivered counts packets that the kernel has taken
     * @param unsentControl counts messages of the protocol that it has not
     * @param drops makes counters by name
     * @param workWaits is run when the device has work
     */
    ToUsers(
            Loop loop,
            Loop.Io io,
            UdpPort port,
            int mtu,
            Counter delivered,
            Counter unsentControl,
            Function<String, DropCounter> drops,
            Runnable workWaits) {
        this.loop = loop;
        this.io = io;
        this.port = port;
        this.mtu = mtu;
        this.delivered = delivered;
        this.unsentControl = unsentControl;
        this.workWaits = workWaits;
        noPeer = drops.apply("noPeer");
        peerNowhere = drops.apply("peerNowhere");
        standby = drops.apply("standby");
        tooLong = drops.apply("tunnelTooLong");
        handshakeQueueFull = drops.apply("handshakeQueueFull");
        noAnswer = drops.apply("noAnswer");
        tunnelFull = drops.apply("tunnelFull");
        tunnelError = drops.apply("tunnelError");
    }

    /** Whose users they are from now on. */
    void device(Device other) {
        device = other;
        receivers.forget();
    }

    /** The users or their addresses are others now. */
    void forgetPeers() {
        receivers.forget();
    }

    void push(Batch batch) {
        if (!port.isOpen()) {
            standby.drop(batch);
            return;
        }
        now = loop.clock().nowNanos();
        for (int i = 0; i < batch.size(); i++) {
            route(batch.get(i));
        }
        batch.recycle();
    }

    private void route(Packet packet) {
        if (packet.length() > mtu) {
            tooLong.drop(packet);
            return;
        }
        Peer peer = receivers.find(device, packet);
        if (peer == null) {
            noPeer.drop(packet);
        } else {
            sendTo(peer, packet);
        }
    }

    private void sendTo(Peer peer, Packet packet) {
        Endpoint to = peer.endpoint();
        TrainSender sender = port.sender();
        if (to == null || sender == null) {
            (to == null ? peerNowhere : standby).drop(packet);
            return;
        }
        Session session = device.sending(peer, now);
        if (session == null) {
            waiting.add(peer, packet, handshakeQueueFull);
            return;
        }
        sender.add(sealed(session, packet), to);
        flushSoon();
    }

    /** Makes a message of a packet. */
    private Packet sealed(Session session, Packet packet) {
        int length = packet.length();
        int padded =
                Math.min(
                        length + Messages.PADDING_BYTES - 1 & -Messages.PADDING_BYTES,
                        Math.max(mtu, length));
        Packet message = place(padded + Messages.TRANSPORT_EXTRA_BYTES);
        ByteBuf to = message.buffer();
        int at = message.start();
        if (padded == length) {
            int _ = device.seal(session, packet.buffer(), packet.start(), length, to, at, now);
        } else {
            to.setBytes(at + DATA_AT, packet.buffer(), packet.start(), length);
            to.setZero(at + DATA_AT + length, padded - length);
            int _ = device.seal(session, to, at + DATA_AT, padded, to, at, now);
        }
        packet.kill();
        return message;
    }

    /**
     * Memory for a message, behind the one before it: so a train of them is one piece for the
     * kernel.
     */
    private Packet place(int bytes) {
        Block into = block;
        if (into == null || used + bytes > Block.BYTES) {
            forgetBlock();
            if (bytes > Block.BYTES) {
                return loop.packets().allocate(bytes);
            }
            into = loop.packets().block();
            block = into;
            used = 0;
        }
        into.retain(1);
        Packet message = loop.packets().window(into, used, used + bytes);
        used += bytes;
        return message;
    }

    private void forgetBlock() {
        if (block != null) {
            loop.packets().release(block);
            block = null;
        }
    }

    @Override
    public void send(Endpoint to, byte[] message) {
        TrainSender sender = port.sender();
        if (sender == null) {
            unsentControl.increment();
            return;
        }
        Packet packet = loop.packets().allocate(message.length);
        packet.buffer().setBytes(packet.start(), message);
        sender.add(packet, to);
        flushSoon();
    }

    private void flushSoon() {
        if (!sends) {
            sends = true;
            io.afterThis(this::flush);
        }
    }

    private void flush() {
        sends = false;
        forgetBlock();
        TrainSender sender = port.sender();
        if (sender != null) {
            sender.flush();
        }
    }

    /** Packets of users count as such; what the protocol says by itself does not. */
    void sent(Packet message, long result) {
        boolean isPacket =
                message.length() > Messages.KEEPALIVE_BYTES && message.u8(0) == Messages.TRANSPORT;
        if (!isPacket) {
            if (result < 0) {
                unsentControl.increment();
            }
            message.kill();
        } else if (result >= 0) {
            delivered.increment();
            message.kill();
        } else {
            (result == -Errno.EAGAIN ? tunnelFull : tunnelError).drop(message);
        }
    }

    @Override
    public boolean ready(Peer peer) {
        now = loop.clock().nowNanos();
        return waiting.release(peer, packet -> sendTo(peer, packet));
    }

    @Override
    public void gaveUp(Peer peer) {
        boolean _ = waiting.release(peer, noAnswer::drop);
    }

    @Override
    public void workWaits() {
        workWaits.run();
    }

    /** How many packets wait for a handshake. */
    int waiting() {
        return waiting.size();
    }

    /** Takes over what waits elsewhere. */
    void takeOver(ToUsers other) {
        waiting.takeOver(other.waiting);
    }

    void close() {
        forgetBlock();
        waiting.close();
    }
}
