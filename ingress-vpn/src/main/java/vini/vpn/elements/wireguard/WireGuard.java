package vini.vpn.elements.wireguard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Endpoint;
import vini.forwarder.io.Errno;
import vini.forwarder.offload.TrainReceiver;
import vini.forwarder.offload.TrainSender;
import vini.net.Ipv4Address;
import vini.time.Timer;
import vini.vpn.KeyFile;
import vini.vpn.wireguard.Device;
import vini.vpn.wireguard.Identity;
import vini.vpn.wireguard.Messages;
import vini.vpn.wireguard.Outlet;
import vini.vpn.wireguard.Peer;
import vini.vpn.wireguard.Secret;
import vini.vpn.wireguard.Session;
import vini.vpn.wireguard.Times;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A WireGuard server, and client: users with any WireGuard program come in by one UDP port, LISTEN.
 * IP packets pushed in go to the user who has their destination among the allowed addresses; what
 * comes from users is pushed out, if its source is the user's own. KEY_FILE holds the private key
 * as {@code wg genkey} writes it.
 *
 * <p>NETNS is the network namespace of the port (such as /run/netns/x; default: the process's own).
 * Packets longer than MTU (default 1420) are dropped. REKEY_AFTER and REJECT_AFTER (120s and 180s)
 * say when keys get old.
 *
 * <p>If another socket has the port, the element stands by and tries again twice a second. When it
 * gets it, it begins handshakes with all users whose endpoint it knows: so a second ingress takes
 * the place of one that died.
 *
 * <pre>{@code
 * users :: WireGuard(0.0.0.0:51820, KEY_FILE /etc/wireguard/private.key);
 * rt [3] -> users -> CheckIPHeader -> rt;
 * }</pre>
 *
 * <p>Handlers to write:
 *
 * <ul>
 *   <li>add {@code NAME PUBLICKEY ALLOWED[,ALLOWED...] [psk PATH] [keepalive SECONDS]}: adds a
 *       user, or changes what is said of one
 *   <li>remove {@code NAME}
 *   <li>endpoint {@code NAME ADDR:PORT}: says where a user is
 *   <li>handshake {@code NAME}: begins one
 *   <li>active {@code false}: closes the port, and {@code true} opens it again
 * </ul>
 *
 * <p>Handlers to read: {@code peers}, a line for each with name, public key, endpoint, allowed
 * addresses, seconds since the last handshake, bytes received and bytes sent ({@code -} where there
 * is none); {@code public_key}; {@code listening}; {@code active}; {@code counts}, what happened on
 * the outside; {@code waiting}, packets that wait for a handshake.
 */
@AutoService(Element.class)
@ElementClass(name = "WireGuard", processing = "h/h")
public final class WireGuard extends Element {
    private static final int MTU_MIN = 68;
    private static final int MTU_MAX = 65_000;

    /** After this many system calls the other descriptors of the loop get their turn. */
    private static final int ROUNDS = 8;

    /** So many handshakes, each of half a millisecond, and the rest of the loop gets its turn. */
    private static final int HANDSHAKES = 2;

    private static final long RETRY_NANOS = 500_000_000;

    private static final int DATA_AT = Messages.TRANSPORT_HEADER_BYTES;

    private Endpoint listen = Endpoint.of(Ipv4Address.ANY, 0);
    private String keyFile = "";
    private String namespace = "";
    private Times times = Times.STANDARD;
    private int mtu;
    private boolean active = true;

    private final UdpPort port = new UdpPort();
    private final Waiting waiting = new Waiting();

    /** The message that is made or opened; room for a packet of MTU, and its padding. */
    private byte[] data = {};

    private Counter delivered = new Counter();
    private Counter sent = new Counter();
    private final Counter unsentControl = counter();

    /** Whether what is to be sent goes after the present event. */
    private boolean sends;

    /** The time of the present event. */
    private long now;

    private final PeerMemory receivers = PeerMemory.ofDestinations();
    private final PeerMemory owners = PeerMemory.ofSources();

    private Loop.@Nullable Io io;

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private Device device;

    @SuppressWarnings("NullAway.Init")
    private Timer retry;

    @SuppressWarnings("NullAway.Init")
    private Timer work;

    @SuppressWarnings("NullAway.Init")
    private DropCounter noPeer;

    @SuppressWarnings("NullAway.Init")
    private DropCounter peerNowhere;

    @SuppressWarnings("NullAway.Init")
    private DropCounter standby;

    @SuppressWarnings("NullAway.Init")
    private DropCounter tooLong;

    @SuppressWarnings("NullAway.Init")
    private DropCounter handshakeQueueFull;

    @SuppressWarnings("NullAway.Init")
    private DropCounter noAnswer;

    @SuppressWarnings("NullAway.Init")
    private DropCounter notIp;

    @SuppressWarnings("NullAway.Init")
    private DropCounter spoofed;

    @SuppressWarnings("NullAway.Init")
    private DropCounter tunnelFull;

    @SuppressWarnings("NullAway.Init")
    private DropCounter tunnelError;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        listen = arguments.required("LISTEN", Endpoint::parse);
        keyFile = arguments.keyword("KEY_FILE", ArgumentTypes::fileName, "");
        namespace = arguments.keyword("NETNS", ArgumentTypes::string, "");
        mtu = arguments.keyword("MTU", ArgumentTypes.integer(MTU_MIN, MTU_MAX), 1420);
        times =
                Times.STANDARD.withRekeyAfter(
                        arguments.keyword(
                                "REKEY_AFTER",
                                ArgumentTypes::nanos,
                                Times.STANDARD.rekeyAfterTime()),
                        arguments.keyword(
                                "REJECT_AFTER",
                                ArgumentTypes::nanos,
                                Times.STANDARD.rejectAfterTime()));
        data = new byte[mtu + Messages.PADDING_BYTES + Messages.TRANSPORT_EXTRA_BYTES];
        if (keyFile.isEmpty()) {
            throw new ConfigException("KEY_FILE: it needs a file with its private key");
        }
        if (times.rejectAfterTime() <= times.rekeyAfterTime()) {
            throw new ConfigException("REJECT_AFTER: keys are to serve longer than REKEY_AFTER");
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        delivered = delivered();
        sent = sent();
        noPeer = drops("noPeer");
        peerNowhere = drops("peerNowhere");
        standby = drops("standby");
        tooLong = drops("tunnelTooLong");
        handshakeQueueFull = drops("handshakeQueueFull");
        noAnswer = drops("noAnswer");
        notIp = drops("notIp");
        spoofed = drops("spoofed");
        tunnelFull = drops("tunnelFull");
        tunnelError = drops("tunnelError");
        retry = timer(this::tryAgain);
        work = timer(this::work);
        io = loop().io();
        if (io == null) {
            throw new ConfigException("it needs sockets, which the virtual world has not");
        }
        Path file = Path.of(keyFile);
        try {
            Secret key = KeyFile.read(file);
            if (!KeyFile.isPrivate(file)) {
                chatter(name() + ": others may read the private key: chmod 600 " + file);
            }
            device =
                    new Device(
                            new Identity(key.bytes()),
                            times,
                            loop().clock(),
                            new SecureRandom(),
                            new Outside());
            device.awake(false);
            WireGuard before = predecessor(WireGuard.class);
            if (before == null || !hasPortOf(before)) {
                listen();
            }
        } catch (IOException e) {
            throw new ConfigException(listen + ": " + e.getMessage());
        }
    }

    private boolean hasPortOf(WireGuard before) {
        return before.listen.equals(listen) && before.namespace.equals(namespace);
    }

    /** Takes the port, if nobody else has it; else it will be tried again. */
    private void listen() throws IOException {
        Loop.Io events = io;
        if (events == null || !active || port.isOpen()) {
            return;
        }
        if (port.open(listen, namespace.isEmpty() ? null : namespace)) {
            port.serve(events, this::receive, this::sent);
            awaken();
        } else {
            if (!retry.isSet()) {
                chatter(name() + ": " + listen + " is another's: standing by");
            }
            retry.after(RETRY_NANOS);
        }
    }

    private void awaken() {
        device.awake(true);
        for (Peer peer : device.peers()) {
            if (peer.endpoint() != null) {
                device.initiateSoon(peer);
            }
        }
    }

    private void tryAgain() {
        try {
            retry.after(RETRY_NANOS);
            listen();
            if (port.isOpen()) {
                retry.cancel();
                chatter(name() + ": listening on " + listen);
            }
        } catch (IOException e) {
            // The namespace or the address has gone; it may come again.
            retry.after(RETRY_NANOS);
        }
    }

    @Override
    protected void takeState(Element old) {
        WireGuard other = (WireGuard) old;
        forgetPeers();
        if (other.device.publicKey().equals(device.publicKey()) && other.times.equals(times)) {
            Device fresh = device;
            device = other.device;
            other.device = fresh;
            device.outlet(new Outside());
            waiting.takeOver(other.waiting);
        } else {
            for (Peer peer : other.device.peers()) {
                Peer added = device.add(peer.settings());
                Endpoint at = peer.endpoint();
                if (at != null) {
                    added.endpoint(at.on(listen.family()));
                }
            }
        }
        if (hasPortOf(other) && io != null) {
            active = other.active;
            if (other.port.isOpen()) {
                port.takeOver(other.port);
                port.serve(io, this::receive, this::sent);
            } else if (active) {
                retry.after(0);
            }
        }
        device.awake(port.isOpen());
        if (device.hasWork()) {
            work.after(0);
        }
    }

    /** What the protocol wants, of this element as long as it has the device. */
    private final class Outside implements Outlet {
        @Override
        public void send(Endpoint to, byte[] message) {
            TrainSender sender = port.sender();
            if (sender == null) {
                unsentControl.increment();
                return;
            }
            Packet packet = loop().packets().allocate(message.length);
            packet.buffer().setBytes(packet.start(), message);
            sender.add(packet, to);
            flushSoon();
        }

        @Override
        public boolean ready(Peer peer) {
            now = loop().clock().nowNanos();
            return waiting.release(peer, packet -> sendTo(peer, packet));
        }

        @Override
        public void gaveUp(Peer peer) {
            boolean _ = waiting.release(peer, noAnswer::drop);
        }

        @Override
        public void workWaits() {
            work.after(0);
        }
    }

    private void work() {
        for (int i = 0; i < HANDSHAKES && device.work(); i++) {}
        if (device.hasWork()) {
            work.after(0);
        }
    }

    private void flushSoon() {
        if (!sends && io != null) {
            sends = true;
            io.afterThis(this::flush);
        }
    }

    private void flush() {
        sends = false;
        TrainSender sender = port.sender();
        if (sender != null) {
            sender.flush();
        }
    }

    @Override
    public void push(int input, Batch batch) {
        if (!port.isOpen()) {
            standby.drop(batch);
            return;
        }
        now = loop().clock().nowNanos();
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
        int length = packet.length();
        packet.buffer().getBytes(packet.start(), data, DATA_AT, length);
        packet.kill();
        int padded =
                Math.min(
                        length + Messages.PADDING_BYTES - 1 & -Messages.PADDING_BYTES,
                        Math.max(mtu, length));
        for (int i = length; i < padded; i++) {
            data[DATA_AT + i] = 0;
        }
        int bytes = device.seal(session, data, padded, now);
        Packet message = loop().packets().allocate(bytes);
        message.buffer().setBytes(message.start(), data, 0, bytes);
        sender.add(message, to);
        flushSoon();
    }

    /** Packets of users count as such; what the protocol says by itself does not. */
    private void sent(Packet message, long result) {
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

    private void receive() {
        now = loop().clock().nowNanos();
        for (int i = 0; i < ROUNDS && io != null && port.isOpen(); i++) {
            TrainReceiver trains = io.trains();
            long units = trains.receiveFrom(port.descriptor(), packet -> received(packet, trains));
            flushOutputs();
            if (units == -Errno.EAGAIN || units >= 0 && trains.isAll()) {
                break;
            }
        }
    }

    private void received(Packet packet, TrainReceiver trains) {
        int length = packet.length();
        if (length < Messages.KEEPALIVE_BYTES) {
            device.malformed();
            packet.kill();
        } else if (Messages.swapped(packet.i32(0)) == Messages.TRANSPORT) {
            transport(packet, trains);
        } else {
            byte[] message = new byte[Math.min(length, Messages.INITIATION_BYTES + 1)];
            packet.buffer().getBytes(packet.start(), message);
            packet.kill();
            device.receive(message, trains.sender());
        }
    }

    private void transport(Packet packet, TrainReceiver trains) {
        Session session = device.find(Messages.swapped(packet.i32(4)));
        int length = packet.length();
        if (session == null) {
            packet.kill();
            return;
        }
        if (length > data.length) {
            device.malformed();
            packet.kill();
            return;
        }
        packet.buffer().getBytes(packet.start(), data, 0, length);
        int opened = device.open(session, data, length, now);
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
            emit(packet, opened, peer);
        }
    }

    /** Passes the packet in {@code data} on, in the memory in which its message came. */
    private void emit(Packet packet, int length, Peer peer) {
        int bytes = InnerPacket.length(data, DATA_AT, length);
        if (bytes < 0) {
            notIp.drop(packet);
            return;
        }
        packet.strip(DATA_AT);
        packet.truncate(bytes);
        packet.buffer().setBytes(packet.start(), data, DATA_AT, bytes);
        if (peer.equals(owners.find(device, packet))) {
            output(0).add(packet);
        } else {
            spoofed.drop(packet);
        }
    }

    private void forgetPeers() {
        receivers.forget();
        owners.forget();
    }

    @Override
    protected void handlers(Handlers handlers) {
        UserHandlers users =
                new UserHandlers(
                        () -> device,
                        () -> loop().clock(),
                        () -> listen.family(),
                        this::forgetPeers);
        handlers.act("add", users::add);
        handlers.act("remove", users::remove);
        handlers.act("endpoint", users::endpoint);
        handlers.act("handshake", users::handshake);
        handlers.read("peers", users::peers);
        handlers.read("public_key", users::publicKey);
        handlers.read("active", () -> active);
        handlers.write("active", this::active);
        handlers.read("listening", () -> port.isOpen());
        handlers.read("waiting", waiting::size);
        handlers.read("counts", this::counts);
    }

    private void active(String value) {
        active = ArgumentTypes.bool(value);
        if (active && !port.isOpen()) {
            retry.after(0);
        } else if (!active) {
            device.awake(false);
            retry.cancel();
            port.close();
        }
    }

    private String counts() {
        StringBuilder lines = new StringBuilder();
        device.counts()
                .forEach((event, n) -> lines.append(event).append(' ').append(n).append('\n'));
        return lines.append("UNSENT ").append(unsentControl.value()).append('\n').toString();
    }

    @Override
    protected void close() {
        port.close();
        waiting.close();
        if (device != null) {
            device.close();
        }
    }
}
