package vini.forwarder.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import vini.forwarder.Graph;
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.forwarder.io.Libc;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.NetworkDevice;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.kit.LiveGraph;
import vini.forwarder.kit.TestNamespace;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Src, Fwdr and Sink: three graphs with UDP tunnels between them, and at both ends a tun device in
 * a namespace. What is sent is written to Src's device by a packet socket, what arrives is read by
 * another behind Sink's.
 */
final class TunnelChain implements AutoCloseable {
    /** Whether the kernel and the graphs exchange units of many packets, or one at a time. */
    enum Way {
        OFFLOAD,
        /** The same, and checksums stay partial in the tunnels. */
        PARTIAL,
        ONE_PACKET
    }

    static final String DEVICE = "h0";

    private static final String HERE = "127.77.251.1";
    private static final int SOL_PACKET = 263;
    private static final int PACKET_VNET_HDR = 15;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int ETH_P_ALL = 3;
    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86dd;
    private static final int BUFFER_BYTES = 64 << 20;

    private static final String ENDS =
            "h :: Host(DEVICE h0, %s, OFFLOAD %s) -> t :: UdpTunnel(%s, %s) -> h;";

    final TestNamespace source = new TestNamespace();
    final TestNamespace sink = new TestNamespace();
    private final LiveGraph live = new LiveGraph();
    private final List<Graph> graphs = new ArrayList<>();
    private final PacketPool pool = new PacketPool();
    private final ByteBuf scratch = Unpooled.directBuffer(TunReader.SCRATCH_BYTES);
    private final PartialChecksum completion = new PartialChecksum();
    private final List<String> arrived = new ArrayList<>();
    private int sender = -1;
    private int receiver = -1;

    @SuppressWarnings("NullAway.Init") // set by watch
    private TunReader reader;

    private int units;

    /** Starts it; the devices are up and have no addresses. */
    TunnelChain(Way way) throws Exception {
        String offload = Boolean.toString(way != Way.ONE_PACKET);
        String tunnels = "OFFLOAD " + offload + ", PARTIAL " + (way == Way.PARTIAL);
        List<String> ends = endpoints();
        for (TestNamespace namespace : List.of(source, sink)) {
            silence(namespace);
        }
        start(
                "src",
                ENDS.formatted(
                        source.keyword(), offload, ends.get(0) + ", " + ends.get(1), tunnels));
        start("fwdr", middle(ends, tunnels));
        start(
                "sink",
                ENDS.formatted(sink.keyword(), offload, ends.get(3) + ", " + ends.get(2), tunnels));
        device(source).up();
        device(sink).up();
    }

    /** As a node of a slice does it, apart from the lookup and the header's checksum. */
    private static String middle(List<String> ends, String tunnels) {
        return """
        elementclass Hop {
          input -> c :: IPClassifier(ip vers 4, ip vers 6);
          c[0] -> CheckIPHeader(CHECKSUM false) -> DecIPTTL -> output;
          c[1] -> CheckIP6Header -> DecIP6HLIM -> output;
        }
        l :: UdpTunnel(%s, %s, %s) -> Hop -> r :: UdpTunnel(%s, %s, %3$s);
        r -> Hop -> l;
        """
                .formatted(ends.get(1), ends.get(0), tunnels, ends.get(2), ends.get(3));
    }

    private void start(String name, String text) throws Exception {
        graphs.add(live.start(name, text));
    }

    static NetworkDevice device(TestNamespace namespace) {
        return new NetworkDevice(namespace.path(), DEVICE);
    }

    /** Ports that nobody has now. */
    private static List<String> endpoints() throws IOException {
        List<DatagramSocket> sockets = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(HERE, 0));
            sockets.add(socket);
            all.add(HERE + ":" + socket.getLocalPort());
        }
        sockets.forEach(DatagramSocket::close);
        return all;
    }

    /** Nothing is sent from there that the test did not ask for. */
    private static void silence(TestNamespace namespace) throws IOException {
        Namespace.within(
                namespace.path(),
                () -> {
                    int file =
                            Libc.open(
                                    "/proc/sys/net/ipv6/conf/default/router_solicitations",
                                    Libc.O_WRONLY);
                    Libc.write(file, "0".getBytes(StandardCharsets.US_ASCII));
                    Libc.close(file);
                    return 0;
                });
    }

    /** Opens the packet sockets. */
    void watch() throws IOException {
        sender = packetSocket(source, 0);
        receiver = packetSocket(sink, ETH_P_ALL);
        reader = new TunReader(receiver, pool, scratch, this::collect);
    }

    private static int packetSocket(TestNamespace where, int protocol) throws IOException {
        int index = device(where).index();
        return Namespace.within(
                where.path(),
                () -> {
                    int type = Libc.SOCK_RAW | Libc.SOCK_NONBLOCK;
                    int socket = Libc.socket(Sockaddr.AF_PACKET, type, 0);
                    Libc.setsockopt(socket, SOL_PACKET, PACKET_VNET_HDR, 1);
                    Libc.setsockopt(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
                    Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, BUFFER_BYTES);
                    Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, BUFFER_BYTES);
                    Libc.bind(socket, Sockaddr.link(protocol, index));
                    return socket;
                });
    }

    /** Sends a virtio header and a packet out of Src's device, for the chain to read there. */
    void send(byte[] unit) throws IOException {
        boolean six = (unit[VirtioHeader.BYTES] & 0xf0) == 0x60;
        byte[] to = Sockaddr.link(six ? ETH_P_IPV6 : ETH_P_IP, device(source).index());
        Libc.sendto(sender, unit, 0, to);
    }

    private void collect(Packet read) {
        Packet packet = completion.complete(read);
        arrived.add(ByteBufUtil.hexDump(packet.buffer(), packet.start(), packet.length()));
        packet.kill();
    }

    /** Reads behind Sink's device until so many packets have come that end so. */
    void readUntil(int ends, String end) throws InterruptedException {
        int from = arrived.size();
        long polls = TimeUnit.SECONDS.toMillis(10);
        while (true) {
            TunReader.Read read = reader.read();
            assertThat(read).isNotIn(TunReader.Read.GONE, TunReader.Read.BAD);
            if (read == TunReader.Read.UNIT) {
                units++;
            } else if (arrived.subList(from, arrived.size()).stream()
                            .filter(hex -> hex.endsWith(end))
                            .count()
                    == ends) {
                return;
            } else {
                assertThat(polls--).as(this::books).isPositive();
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    /** What has arrived, cut into packets. */
    List<String> arrived() {
        return arrived;
    }

    /** In how many pieces it came. */
    int units() {
        return units;
    }

    /** What each graph has sent, delivered and dropped. */
    String books() {
        StringBuilder all = new StringBuilder();
        for (Graph graph : graphs) {
            try {
                all.append(live.books(graph)).append('\n');
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        if (receiver >= 0) {
            reader.close();
            Libc.close(sender);
            Libc.close(receiver);
        }
        scratch.release();
        live.close();
        source.close();
        sink.close();
        assertThat(pool.bytesInUse()).isZero();
        pool.close();
    }
}
