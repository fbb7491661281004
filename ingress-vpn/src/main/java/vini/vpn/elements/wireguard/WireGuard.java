package vini.vpn.elements.wireguard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.io.Endpoint;
import vini.net.Ipv4Address;
import vini.time.Timer;
import vini.vpn.KeyFile;
import vini.vpn.wireguard.Device;
import vini.vpn.wireguard.Identity;
import vini.vpn.wireguard.Peer;
import vini.vpn.wireguard.Secret;
import vini.vpn.wireguard.Times;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A WireGuard server, and client: users with any WireGuard program come in by one UDP port, LISTEN.
 * IP packets pushed in go to the user who has their destination among the allowed addresses; what
 * comes from users is pushed out, if its source is the user's own. KEY_FILE holds the private key
 * as {@code wg genkey} writes it. If LISTEN is 0.0.0.0 or [::], each user is answered from that
 * address of the machine that it speaks to.
 *
 * <p>NETNS is the network namespace of the port (such as /run/netns/x; default: the process's own).
 * Packets longer than MTU (default 1420) are dropped. REKEY_AFTER and REJECT_AFTER (120s and 180s)
 * say when keys get old. Packets are encrypted by libcrypto.so.3 if the machine has it, which is
 * about twice as fast, else by Java.
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
@ElementClass(
        name = "WireGuard",
        processing = "h/h",
        drops = {
            "handshakeQueueFull",
            "noAnswer",
            "noPeer",
            "notIp",
            "peerNowhere",
            "spoofed",
            "standby",
            "tunnelError",
            "tunnelFull",
            "tunnelTooLong"
        })
public final class WireGuard extends Element {
    private static final int MTU_MIN = 68;
    private static final int MTU_MAX = 65_000;

    /** So many handshakes, each of half a millisecond, and the rest of the loop gets its turn. */
    private static final int HANDSHAKES = 2;

    private static final long RETRY_NANOS = 500_000_000;

    private Endpoint listen = Endpoint.of(Ipv4Address.ANY, 0);
    private String keyFile = "";
    private String namespace = "";
    private Times times = Times.STANDARD;
    private int mtu;
    private boolean active = true;

    private final UdpPort port = new UdpPort();
    private final Counter unsentControl = counter();

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private Loop.Io io;

    @SuppressWarnings("NullAway.Init")
    private Device device;

    @SuppressWarnings("NullAway.Init")
    private ToUsers toUsers;

    @SuppressWarnings("NullAway.Init")
    private FromUsers fromUsers;

    @SuppressWarnings("NullAway.Init")
    private Timer retry;

    @SuppressWarnings("NullAway.Init")
    private Timer work;

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
        if (keyFile.isEmpty()) {
            throw new ConfigException("KEY_FILE: it needs a file with its private key");
        }
        if (times.rejectAfterTime() <= times.rekeyAfterTime()) {
            throw new ConfigException("REJECT_AFTER: keys are to serve longer than REKEY_AFTER");
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        Loop.Io sockets = loop().io();
        if (sockets == null) {
            throw new ConfigException("it needs sockets, which the virtual world has not");
        }
        io = sockets;
        retry = timer(this::tryAgain);
        work = timer(this::work);
        toUsers =
                new ToUsers(
                        loop(),
                        io,
                        port,
                        mtu,
                        delivered(),
                        unsentControl,
                        this::drops,
                        () -> work.after(0));
        fromUsers =
                new FromUsers(
                        loop(),
                        io,
                        port,
                        mtu,
                        sent(),
                        this::drops,
                        packet -> output(0).add(packet),
                        this::flushOutputs);
        try {
            serve(new Device(identity(), times, loop().clock(), new SecureRandom(), toUsers));
            device.awake(false);
            WireGuard before = predecessor(WireGuard.class);
            if (before == null || !hasPortOf(before)) {
                listen();
            }
        } catch (IOException e) {
            throw new ConfigException(listen + ": " + e.getMessage());
        }
    }

    private Identity identity() throws IOException {
        Path file = Path.of(keyFile);
        Secret key = KeyFile.read(file);
        if (!KeyFile.isPrivate(file)) {
            chatter(name() + ": others may read the private key: chmod 600 " + file);
        }
        return new Identity(key.bytes());
    }

    /** Packets are those of that device's users from now on. */
    private void serve(Device of) {
        device = of;
        device.outlet(toUsers);
        toUsers.device(of);
        fromUsers.device(of);
    }

    private boolean hasPortOf(WireGuard before) {
        return before.listen.equals(listen) && before.namespace.equals(namespace);
    }

    /** Takes the port, if nobody else has it; else it will be tried again. */
    private void listen() throws IOException {
        if (!active || port.isOpen()) {
            return;
        }
        if (port.open(listen, namespace.isEmpty() ? null : namespace)) {
            port.serve(io, fromUsers::receive, toUsers::sent);
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
        if (other.device.publicKey().equals(device.publicKey()) && other.times.equals(times)) {
            Device fresh = device;
            serve(other.device);
            other.device = fresh;
            toUsers.takeOver(other.toUsers);
            if (!hasPortOf(other)) {
                forgetOwnAddresses();
            }
        } else {
            for (Peer peer : other.device.peers()) {
                Peer added = device.add(peer.settings());
                Endpoint at = peer.endpoint();
                if (at != null) {
                    added.endpoint(at.from(0, 0).on(listen.family()));
                }
            }
        }
        if (hasPortOf(other)) {
            active = other.active;
            if (other.port.isOpen()) {
                port.takeOver(other.port);
                port.serve(io, fromUsers::receive, toUsers::sent);
            } else if (active) {
                retry.after(0);
            }
        }
        device.awake(port.isOpen());
        if (device.hasWork()) {
            work.after(0);
        }
    }

    /** The port is another: nobody speaks to it yet. */
    private void forgetOwnAddresses() {
        for (Peer peer : device.peers()) {
            Endpoint at = peer.endpoint();
            if (at != null) {
                peer.endpoint(at.from(0, 0));
            }
        }
    }

    private void work() {
        for (int i = 0; i < HANDSHAKES && device.work(); i++) {}
        if (device.hasWork()) {
            work.after(0);
        }
    }

    @Override
    public void push(int input, Batch batch) {
        toUsers.push(batch);
    }

    private void forgetPeers() {
        toUsers.forgetPeers();
        fromUsers.forgetPeers();
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
        handlers.read("waiting", () -> toUsers.waiting());
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
        if (toUsers != null) {
            toUsers.close();
        }
        if (device != null) {
            device.close();
        }
    }
}
