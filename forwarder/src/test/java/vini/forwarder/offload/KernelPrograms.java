package vini.forwarder.offload;

import io.netty.buffer.ByteBufUtil;

import vini.forwarder.io.Libc;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.NetworkDevice;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.kit.TestNamespace;
import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sockets of Src's and Sink's kernels; the devices have addresses from then on. */
final class KernelPrograms implements AutoCloseable {
    // linux/sockios.h
    private static final long SIOCSIFADDR = 0x8916;
    private static final long SIOCSIFDSTADDR = 0x8918;

    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int SO_RCVTIMEO = 20;
    private static final int TIMEOUT_SECONDS = 10;
    private static final int BUFFER_BYTES = 16 << 20;
    private static final int PORT = 5001;

    private final TunnelChain chain;
    private final IpAddress there;
    private final int sender;
    private final int receiver;

    KernelPrograms(TunnelChain chain, int version) throws IOException {
        this.chain = chain;
        IpAddress here = address(version, 1);
        there = address(version, 2);
        configure(chain.source, here, there);
        configure(chain.sink, there, here);
        receiver = datagramSocket(chain.sink);
        Libc.bind(receiver, Sockaddr.ip(there, PORT));
        sender = datagramSocket(chain.source);
        Libc.connect(sender, Sockaddr.ip(there, PORT));
    }

    private static IpAddress address(int version, int number) {
        return version == 4
                ? Ipv4Address.parse("10.77.0." + number)
                : Ipv6Address.parse("fd00:77::" + number);
    }

    private static void configure(TestNamespace where, IpAddress own, IpAddress peer)
            throws IOException {
        NetworkDevice device = TunnelChain.device(where);
        int index = device.index();
        Namespace.within(
                where.path(),
                () -> {
                    int socket = Libc.socket(Sockaddr.family(own), Libc.SOCK_DGRAM, 0);
                    if (own instanceof Ipv4Address) {
                        Libc.ioctl(socket, "SIOCSIFADDR", SIOCSIFADDR, ifreq(own));
                        Libc.ioctl(socket, "SIOCSIFDSTADDR", SIOCSIFDSTADDR, ifreq(peer));
                    } else {
                        Libc.ioctl(socket, "SIOCSIFADDR", SIOCSIFADDR, in6Ifreq(own, index));
                    }
                    Libc.close(socket);
                    return 0;
                });
    }

    private static byte[] ifreq(IpAddress address) {
        return ByteBuffer.allocate(40)
                .put(TunnelChain.DEVICE.getBytes(StandardCharsets.US_ASCII))
                .put(16, Sockaddr.ip(address, 0))
                .array();
    }

    private static byte[] in6Ifreq(IpAddress address, int index) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.nativeOrder())
                .put(address.toBytes())
                .putInt(64)
                .putInt(index)
                .array();
    }

    private int datagramSocket(TestNamespace where) throws IOException {
        byte[] timeout =
                ByteBuffer.allocate(16)
                        .order(ByteOrder.nativeOrder())
                        .putLong(TIMEOUT_SECONDS)
                        .array();
        return Namespace.within(
                where.path(),
                () -> {
                    int socket = Libc.socket(Sockaddr.family(there), Libc.SOCK_DGRAM, 0);
                    Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, BUFFER_BYTES);
                    Libc.setsockopt(socket, Libc.SOL_SOCKET, SO_RCVTIMEO, timeout);
                    return socket;
                });
    }

    /** Sends datagrams of that length, which the kernel has as one unit; with 0, a single one. */
    void send(byte[] message, int segmentBytes) throws IOException {
        Libc.setsockopt(sender, SOL_UDP, UDP_SEGMENT, segmentBytes);
        Libc.send(sender, message, 0);
    }

    /** The next datagram, in hexadecimal digits. */
    String receive() throws IOException {
        byte[] into = new byte[65_536];
        int length = Libc.recv(receiver, into, 0);
        return ByteBufUtil.hexDump(into, 0, length);
    }

    /** Sends a file by sendfile(2) over TCP, and gives what has come of it. */
    byte[] transfer(Path file) throws Exception {
        try (ServerSocketChannel server =
                        Namespace.within(chain.sink.path(), ServerSocketChannel::open);
                SocketChannel from = Namespace.within(chain.source.path(), SocketChannel::open)) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByAddress(there.toBytes()), PORT);
            server.bind(address);
            from.connect(address);
            try (SocketChannel to = server.accept()) {
                Thread sending = Thread.ofPlatform().start(() -> sendAll(file, from));
                byte[] all = to.socket().getInputStream().readAllBytes();
                sending.join();
                return all;
            }
        }
    }

    private static void sendAll(Path file, SocketChannel to) {
        try (FileChannel bytes = FileChannel.open(file)) {
            for (long at = 0; at < bytes.size(); ) {
                at += bytes.transferTo(at, bytes.size() - at, to);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Libc.close(sender);
        Libc.close(receiver);
    }
}
