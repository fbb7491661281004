package vini.routing.process;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;

import org.jspecify.annotations.Nullable;

import vini.forwarder.control.ControlConnection;
import vini.forwarder.io.EventLoop;
import vini.forwarder.punt.PuntFrame;
import vini.net.wire.WireException;
import vini.routing.PuntPort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The router process's two sockets to the forwarder of its slice: packets and carriers by {@code
 * punt.sock}, routes by {@code forwarder.sock}. Either is made again when it breaks, because a
 * forwarder may die and come back at any time.
 */
final class ForwarderLink implements SliceRouters.Doors {
    private static final long RETRY_NANOS = 20_000_000L;

    private final EventLoop loop;
    private final Path folder;
    private final Map<String, NodePort> ports = new LinkedHashMap<>();

    /** Those of nodes that have a router. */
    private final Map<String, NodeFib> fibs = new LinkedHashMap<>();

    /** Nodes that had a router already: there are no routes of an earlier process any more. */
    private final Set<String> served = new TreeSet<>();

    private @Nullable ControlConnection control;
    private @Nullable Channel punt;

    /** Whether what was written to it is sent after the present events. */
    private boolean flushes;

    private long unsent;

    ForwarderLink(EventLoop loop, Path folder, SliceConfig config) {
        this.loop = loop;
        this.folder = folder;
        for (SliceConfig.NodeConfig node : config.nodes()) {
            int links = node.ospf().interfaces().size();
            ports.put(
                    node.name(),
                    new NodePort(links, (link, packet) -> send(node.name(), link, packet)));
        }
    }

    @Override
    public PuntPort port(String node) {
        return of(ports, node);
    }

    @Override
    public NodeFib fib(String node) {
        NodeFib fib = served.add(node) ? new NodeFib() : new NodeFib().fresh();
        fibs.put(node, fib);
        if (control != null) {
            synchronize(control, node, fib);
        }
        return fib;
    }

    @Override
    public void routerGone(String node) {
        of(ports, node).closed();
        fibs.remove(node);
    }

    /** What earlier routers have left in FIBs, and nobody wants, goes. */
    void dropOldRoutes() {
        fibs.values().forEach(NodeFib::dropOldRoutes);
    }

    static <T> T of(Map<String, T> things, String node) {
        T thing = things.get(node);
        if (thing == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return thing;
    }

    @Override
    public boolean isReady(String node) {
        return of(ports, node).isTold() && of(fibs, node).isUpToDate();
    }

    @Override
    public long unsent() {
        return unsent;
    }

    /** Connects both sockets, and again whenever they break. */
    void start() {
        connectPunt();
        connectControl();
    }

    private void connectControl() {
        ControlConnection.connect(
                loop,
                folder.resolve("forwarder.sock"),
                new ControlConnection.Listener() {
                    @Override
                    public void connected(ControlConnection connection) {
                        control = connection;
                        fibs.forEach((node, fib) -> synchronize(connection, node, fib));
                    }

                    @Override
                    public void closed() {
                        control = null;
                        fibs.values().forEach(NodeFib::disconnected);
                        loop.schedule(RETRY_NANOS, ForwarderLink.this::connectControl);
                    }
                });
    }

    private void synchronize(ControlConnection connection, String node, NodeFib fib) {
        connection.read(
                node + "/fib.table",
                (code, table) -> {
                    if (fibs.get(node) != fib) {
                        return; // that router is gone
                    }
                    if (code == 200) {
                        fib.connected(
                                transaction -> send(connection, node, fib, transaction), table);
                    } else {
                        // The forwarder has no such node: another one may; ask again.
                        connection.close();
                    }
                });
    }

    private void send(ControlConnection connection, String node, NodeFib fib, String transaction) {
        connection.write(
                node + "/fib.ctrl",
                transaction,
                (code, message) -> {
                    if (fibs.get(node) != fib) {
                        return;
                    }
                    fib.answered();
                    if (code != 200) {
                        // The table is not what we thought: read it again, on a new connection.
                        connection.close();
                    }
                });
    }

    private void connectPunt() {
        new Bootstrap()
                .group(loop.netty())
                .channel(EpollDomainSocketChannel.class)
                .handler(
                        new ChannelInitializer<DomainSocketChannel>() {
                            @Override
                            protected void initChannel(DomainSocketChannel channel) {
                                channel.pipeline().addLast(PuntFrame.decoder(), new Session());
                            }
                        })
                .connect(new DomainSocketAddress(folder.resolve("punt.sock").toString()))
                .addListener(
                        future -> {
                            if (!future.isSuccess()) {
                                loop.schedule(RETRY_NANOS, this::connectPunt);
                            }
                        });
    }

    private void send(String node, int link, ByteBuf ipPacket) {
        Channel channel = punt;
        if (channel != null && !channel.isWritable()) {
            flush();
        }
        if (channel == null || !channel.isWritable()) {
            unsent++;
        } else {
            ByteBuf frame = channel.alloc().buffer();
            PuntFrame.emit(frame, PuntFrame.Kind.PACKET, node, link, ipPacket);
            channel.write(frame);
            flushSoon();
        }
        ipPacket.release();
    }

    /** Packets that are sent at a time go by one system call, and wake the forwarder once. */
    private void flushSoon() {
        if (!flushes) {
            flushes = true;
            loop.later(this::flush);
        }
    }

    private void flush() {
        flushes = false;
        if (punt != null) {
            punt.flush();
        }
    }

    private final class Session extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            punt = context.channel();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            punt = null;
            ports.values().forEach(NodePort::forget);
            loop.schedule(RETRY_NANOS, ForwarderLink.this::connectPunt);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf body)
                throws WireException {
            PuntFrame frame = PuntFrame.parse(body);
            NodePort port = ports.get(frame.node());
            if (port != null) {
                switch (frame.kind()) {
                    case PACKET -> {
                        boolean _ = port.packet(frame.link(), frame.ipPacket());
                    }
                    case CARRIER_UP -> port.carrier(frame.link(), true);
                    case CARRIER_DOWN -> port.carrier(frame.link(), false);
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof IOException) {
                // The forwarder died with something of ours unread; inactive is told next.
                context.close();
                return;
            }
            loop.later(
                    () -> {
                        throw new IllegalStateException("a router failed", cause);
                    });
        }
    }
}
