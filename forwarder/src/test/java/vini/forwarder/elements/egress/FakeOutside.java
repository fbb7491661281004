package vini.forwarder.elements.egress;

import io.netty.buffer.ByteBufUtil;

import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.SocketError;
import vini.net.Ipv4Address;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The outside of the tests: sockets that write down what they are told. */
final class FakeOutside implements Outside {
    final List<FakeTcp> connections = new ArrayList<>();
    final List<TcpSettings> asked = new ArrayList<>();
    final List<Socket> sockets = new ArrayList<>();

    /** With these the next sockets cannot be opened. */
    final ArrayDeque<Integer> errnos = new ArrayDeque<>();

    boolean isClosed;
    private final PacketPool packets;

    FakeOutside(PacketPool packets) {
        this.packets = packets;
    }

    private void open() throws LibcException {
        Integer errno = errnos.poll();
        if (errno != null) {
            throw new LibcException("socket", errno);
        }
    }

    @Override
    public TcpConnection connect(Ipv4Address to, int port, TcpHandler handler, TcpSettings settings)
            throws IOException {
        open();
        FakeTcp connection = new FakeTcp(handler);
        connections.add(connection);
        asked.add(settings);
        return connection;
    }

    @Override
    public Datagrams udp(Receiver receiver) throws IOException {
        return socket(receiver);
    }

    @Override
    public Datagrams echo(Receiver receiver) throws IOException {
        return socket(receiver);
    }

    private Socket socket(Receiver receiver) throws IOException {
        open();
        Socket socket = new Socket(receiver, 40_000 + sockets.size());
        sockets.add(socket);
        return socket;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    /** One of UDP or of echo. */
    final class Socket implements Datagrams {
        private final Receiver receiver;
        private final int port;
        final List<String> sent = new ArrayList<>();

        /** What sending returns the next times, and what waits to be read as errors before. */
        final ArrayDeque<Integer> results = new ArrayDeque<>();

        final ArrayDeque<Runnable> errors = new ArrayDeque<>();
        boolean isClosed;

        Socket(Receiver receiver, int port) {
            this.receiver = receiver;
            this.port = port;
        }

        @Override
        public long send(long address, int bytes, int to, int toPort, Travel how) {
            Integer result = results.poll();
            if (result != null) {
                return result;
            }
            byte[] payload =
                    MemorySegment.ofAddress(address)
                            .reinterpret(bytes)
                            .toArray(ValueLayout.JAVA_BYTE);
            sent.add(
                    new Ipv4Address(to)
                            + ":"
                            + toPort
                            + " "
                            + HexFormat.of().formatHex(payload)
                            + (how.mayNotBeCut() ? " DF" : "")
                            + " ttl "
                            + how.ttl());
            return bytes;
        }

        void hears(String from, int fromPort, String hex) {
            receiver.received(packet(hex), Ipv4Address.parse(from).bits(), fromPort);
        }

        void fails(SocketError error, String to, int toPort, String hex) {
            Packet rest = packet(hex);
            receiver.failed(error, Ipv4Address.parse(to).bits(), toPort, rest);
            rest.kill();
        }

        private Packet packet(String hex) {
            byte[] bytes = ByteBufUtil.decodeHexDump(hex);
            Packet packet = packets.allocate(bytes.length);
            packet.buffer().setBytes(packet.start(), bytes);
            return packet;
        }

        @Override
        public boolean readErrors() {
            boolean any = !errors.isEmpty();
            while (!errors.isEmpty()) {
                errors.remove().run();
            }
            return any;
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
