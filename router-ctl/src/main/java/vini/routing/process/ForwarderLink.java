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
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.control.ControlConnection;
import vini.forwarder.io.EventLoop;
import vini.forwarder.punt.PuntFrame;
import vini.net.wire.WireException;
import vini.routing.PuntPort;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The router process's two sockets to the forwarder of its slice: packets and carriers by {@code
 * punt.sock}, routes by {@code forwarder.sock}. Either is made again when it breaks, because a
 * forwarder may die and come back at any time.
 */
final class ForwarderLink {
    private static final long RETRY_NANOS = 20_000_000L;

    private final EventLoop loop;
    private final Path folder;
    private final Map<String, Port> ports = new LinkedHashMap<>();
    private final Map<String, NodeFib> fibs = new LinkedHashMap<>();
    private @Nullable Channel punt;
    private long unsent;

    ForwarderLink(EventLoop loop, Path folder) {
        this.loop = loop;
        this.folder = folder;
    }

    /** The punt port of a node. */
    PuntPort port(String node) {
        return ports.computeIfAbsent(node, Port::new);
    }

    /** The door to the FIB of a node. */
    NodeFib fib(String node) {
        return fibs.computeIfAbsent(node, name -> new NodeFib());
    }

    /** Packets of routers that could not be sent, because the forwarder was away or busy. */
    long unsent() {
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
                        fibs.forEach((node, fib) -> synchronize(connection, node, fib));
                    }

                    @Override
                    public void closed() {
                        fibs.values().forEach(NodeFib::disconnected);
                        loop.schedule(RETRY_NANOS, ForwarderLink.this::connectControl);
                    }
                });
    }

    private static void synchronize(ControlConnection connection, String node, NodeFib fib) {
        connection.read(
                node + "/fib.table",
                (code, table) -> {
                    if (code == 200) {
                        fib.connected(transaction -> send(connection, node, transaction), table);
                    }
                });
    }

    private static void send(ControlConnection connection, String node, String transaction) {
        connection.write(
                node + "/fib.ctrl",
                transaction,
                (code, message) -> {
                    if (code != 200) {
                        // The table is not what we thought: read it again, on a new connection.
                        connection.close();
                    }
                });
    }

    private void connectPunt() {
        int length = PuntFrame.LENGTH_BYTES;
        new Bootstrap()
                .group(loop.netty())
                .channel(EpollDomainSocketChannel.class)
                .handler(
                        new ChannelInitializer<DomainSocketChannel>() {
                            @Override
                            protected void initChannel(DomainSocketChannel channel) {
                                channel.pipeline()
                                        .addLast(
                                                new LengthFieldBasedFrameDecoder(
                                                        length + PuntFrame.BODY_BYTES_MAX,
                                                        0,
                                                        length,
                                                        0,
                                                        length),
                                                new Session());
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

    private final class Session extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            punt = context.channel();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            punt = null;
            loop.schedule(RETRY_NANOS, ForwarderLink.this::connectPunt);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf body)
                throws WireException {
            PuntFrame frame = PuntFrame.parse(body);
            Port port = ports.get(frame.node());
            if (port != null && port.receiver != null) {
                switch (frame.kind()) {
                    case PACKET -> port.receiver.packet(frame.link(), frame.ipPacket());
                    case CARRIER_UP -> port.receiver.carrier(frame.link(), true);
                    case CARRIER_DOWN -> port.receiver.carrier(frame.link(), false);
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            loop.later(
                    () -> {
                        throw new IllegalStateException("a router failed", cause);
                    });
        }
    }

    private final class Port implements PuntPort {
        private final String node;
        private @Nullable Receiver receiver;

        Port(String node) {
            this.node = node;
        }

        @Override
        public void receiver(Receiver newReceiver) {
            receiver = newReceiver;
        }

        @Override
        public void send(int link, ByteBuf ipPacket) {
            Channel channel = punt;
            if (channel == null || !channel.isWritable()) {
                unsent++;
            } else {
                ByteBuf frame = channel.alloc().buffer();
                PuntFrame.emit(frame, PuntFrame.Kind.PACKET, node, link, ipPacket);
                channel.writeAndFlush(frame);
            }
            ipPacket.release();
        }
    }
}
