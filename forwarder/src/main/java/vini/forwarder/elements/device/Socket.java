package vini.forwarder.elements.device;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Sends the packets that it gets over a socket, and emits what it receives. Datagrams are packets;
 * of a stream, each piece that is read is a packet.
 *
 * <p>{@code Socket(TCP, IP, PORT [, LOCALIP, LOCALPORT])}, the same with {@code UDP}, {@code
 * Socket(UNIX, FILE [, LOCALFILE])} for a Unix stream, and the same with {@code UNIX_DGRAM}.
 *
 * <p>A server is bound to the address. Of streams it serves one connection at a time; of datagrams
 * it answers to whom it heard last. A client connects a stream, or sends its datagrams to the
 * address; with UDP and the address 0.0.0.0, to each packet's destination annotation. Where nothing
 * is connected, or nobody was heard yet, packets are dropped.
 *
 * <ul>
 *   <li>CLIENT: whether it is a client (default: if a local address is given, or it has no output)
 *   <li>SNAPLEN: bytes that are received at most at once, 1 to 65535 (default 2048)
 *   <li>NODELAY: whether TCP sends at once, without Nagle's algorithm (default true)
 *   <li>SNDBUF, RCVBUF: the kernel's buffers in bytes (default: the kernel's)
 *   <li>TIMESTAMP: whether packets bear the time at which they were received (default true)
 *   <li>ALLOW, DENY: elements with a routing table, such as RadixIPLookup, that say who may talk to
 *       a server: whom ALLOW knows may; else whom DENY knows may not; else all may
 *   <li>VERBOSE: whether connections are told (default false)
 *   <li>NETNS: the network namespace of the socket, such as {@code /run/netns/x}
 *   <li>PROPER, HEADROOM: taken and not needed
 * </ul>
 *
 * <pre>{@code
 * Socket(UDP, 0.0.0.0, 5000) -> ...;                     // a server
 * ... -> Socket(TCP, 192.0.2.1, 80);                     // a client
 * ... -> Socket(TCP, 192.0.2.1, 80, CLIENT true) -> ...; // both ways
 * }</pre>
 *
 * <p>Handlers: {@code count} (packets received), {@code port} (where it is bound; read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "Socket",
        ports = "0-1/0-1",
        processing = "a/h",
        flow = "x/y",
        drops = {"denied", "noOutput", "noRoom", "notSent"})
public final class Socket extends DescriptorElement {
    private static final int SNAPLEN_MAX = 65_535;
    private static final int BUFFER_MAX = 1 << 30;

    private enum Kind {
        TCP,
        UDP,
        UNIX,
        UNIX_DGRAM;

        static Kind parse(String text) {
            for (Kind kind : values()) {
                if (kind.name().equals(ArgumentTypes.string(text).toUpperCase(Locale.ROOT))) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(
                    "'" + text + "' is none of TCP, UDP, UNIX, UNIX_DGRAM");
        }

        boolean isInternet() {
            return this == TCP || this == UDP;
        }

        boolean isStream() {
            return this == TCP || this == UNIX;
        }
    }

    private Kind kind = Kind.UDP;
    private SocketSettings settings = SocketSettings.NONE;
    private AccessTables access = new AccessTables("", "");
    private boolean timestamp;
    private boolean verbose;
    private @Nullable Transport transport;

    @SuppressWarnings("NullAway.Init") // the following are set by open
    private DropCounter denied;

    @SuppressWarnings("NullAway.Init")
    private DropCounter noOutput;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        kind = arguments.required("TYPE", Kind::parse);
        SocketAddress address =
                kind.isInternet()
                        ? SocketAddress.internet(arguments, addresses())
                        : arguments.required("FILENAME", SocketAddress::local);
        SocketAddress local = kind.isInternet() ? localInternet(arguments) : localPath(arguments);
        String client = arguments.keyword("CLIENT", text -> text, "");
        boolean isClient = client.isEmpty() ? local != null || outputs() == 0 : read(client);
        settings =
                new SocketSettings(
                        address,
                        local,
                        isClient,
                        arguments.keyword("SNAPLEN", ArgumentTypes.integer(1, SNAPLEN_MAX), 2048),
                        arguments.keyword("NODELAY", ArgumentTypes::bool, true),
                        arguments.keyword("SNDBUF", ArgumentTypes.integer(0, BUFFER_MAX), 0),
                        arguments.keyword("RCVBUF", ArgumentTypes.integer(0, BUFFER_MAX), 0),
                        arguments.keyword("NETNS", ArgumentTypes::string, ""));
        timestamp = arguments.keyword("TIMESTAMP", ArgumentTypes::bool, true);
        verbose = arguments.keyword("VERBOSE", ArgumentTypes::bool, false);
        access = AccessTables.read(arguments);
        boolean _ = arguments.keyword("PROPER", ArgumentTypes::bool, false);
        int _ = arguments.keyword("HEADROOM", ArgumentTypes.integer(0, SNAPLEN_MAX), 0);
    }

    private static boolean read(String client) throws ConfigException {
        try {
            return ArgumentTypes.bool(client);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("CLIENT: " + e.getMessage());
        }
    }

    private @Nullable SocketAddress localInternet(Arguments arguments) throws ConfigException {
        String address = arguments.optional("LOCALIP", text -> text, "");
        int port =
                arguments.optional(
                        "LOCALPORT", ArgumentTypes.integer(0, SocketAddress.PORT_MAX), 0);
        if (address.isEmpty()) {
            return null;
        }
        try {
            return new SocketAddress.Internet(addresses().ip(address), port);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("LOCALIP: " + e.getMessage());
        }
    }

    private static @Nullable SocketAddress localPath(Arguments arguments) throws ConfigException {
        String path = arguments.optional("LOCALFILENAME", text -> text, "");
        try {
            return path.isEmpty() ? null : SocketAddress.local(path);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("LOCALFILENAME: " + e.getMessage());
        }
    }

    @Override
    void prepare() throws ConfigException {
        denied = drops("denied");
        noOutput = drops("noOutput");
        access.check(graph());
    }

    @Override
    void open(Loop.Io io) throws IOException {
        Transport made =
                kind.isStream()
                        ? new StreamTransport(this, settings, io)
                        : new DatagramTransport(this, settings, io);
        transport = made;
        try {
            made.open();
        } catch (IOException e) {
            throw new IOException(settings.address() + ": " + e.getMessage(), e);
        }
    }

    @Override
    boolean isOpen() {
        return transport != null && transport.isOpen();
    }

    @Override
    Object place() {
        return List.of(kind, settings.place());
    }

    @Override
    void adopt(DescriptorElement before, Loop.Io io) {
        Transport adopted = ((Socket) before).transport;
        ((Socket) before).transport = null;
        transport = adopted;
        try {
            if (adopted != null) {
                adopted.serve(this, settings);
            }
        } catch (IOException e) {
            chatter(name() + ": " + settings.address() + ": " + e.getMessage());
        }
    }

    /** Whether that client may talk to this server. */
    boolean allows(Ipv4Address client) {
        return settings.isClient() || !kind.isInternet() || access.allows(graph(), client);
    }

    /** A packet to receive into. */
    Packet room() {
        return loop().packets().allocate(settings.snapLength());
    }

    /** A packet was received, and cut to its length. */
    void received(Packet packet, long kernelNanos) {
        if (timestamp) {
            stamp(packet, kernelNanos);
        }
        count.increment();
        if (hasOutput(0)) {
            emit(0, packet);
        } else {
            refuse(packet, noOutput);
        }
    }

    /** A datagram came from somebody who may not send any. */
    void deny(Packet packet) {
        refuse(packet, denied);
    }

    /** The packets of a round are complete. */
    void receivedAll() {
        flushOutputs();
    }

    /** A connection has ended: what waited for it is lost. */
    void disconnected() {
        forgetWaiting();
        flushOutputs();
    }

    /** Tells about a connection, if that is wanted. */
    void tell(String what) {
        if (verbose) {
            chatter(name() + ": " + what);
        }
    }

    @Override
    long write(Packet packet) {
        Transport to = transport;
        return to == null ? PARTLY : to.write(packet);
    }

    @Override
    protected void close() {
        super.close();
        if (transport != null) {
            transport.close();
            transport = null;
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("count", count::value);
        handlers.read("port", () -> transport == null ? 0 : transport.port());
    }
}
