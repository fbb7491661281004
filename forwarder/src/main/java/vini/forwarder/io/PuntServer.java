package vini.forwarder.io;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.forwarder.control.ControlServer;
import vini.forwarder.punt.PuntExchange;
import vini.forwarder.punt.PuntFrame;
import vini.net.wire.WireException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets the slice's router process, at the other end of a Unix socket, take part in the exchange.
 */
final class PuntServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PuntServer.class);

    /** Carriers of far more links than a slice has. */
    private static final long BYTES_WAITING_MAX = 16 << 20;

    private final Channel server;
    private final Path path;
    private final ChannelGroup sessions;

    private PuntServer(Channel server, Path path, ChannelGroup sessions) {
        this.server = server;
        this.path = path;
        this.sessions = sessions;
    }

    /** Listens at {@code path}; the newest connection is the router. */
    static PuntServer listen(EventLoop loop, Path path, PuntExchange exchange) throws IOException {
        Files.deleteIfExists(path);
        ChannelGroup sessions = new DefaultChannelGroup(loop.netty());
        Channel server =
                new ServerBootstrap()
                        .group(loop.netty())
                        .channel(EpollServerDomainSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<DomainSocketChannel>() {
                                    @Override
                                    protected void initChannel(DomainSocketChannel channel) {
                                        if (ControlServer.isOurUser(channel)) {
                                            sessions.add(channel);
                                            channel.pipeline()
                                                    .addLast(
                                                            PuntFrame.decoder(),
                                                            new Session(loop, exchange));
                                        } else {
                                            channel.close();
                                        }
                                    }
                                })
                        .bind(new DomainSocketAddress(path.toString()))
                        .syncUninterruptibly()
                        .channel();
        return new PuntServer(server, path, sessions);
    }

    @Override
    public void close() throws IOException {
        server.close().syncUninterruptibly();
        sessions.close().syncUninterruptibly();
        Files.deleteIfExists(path);
    }

    private static final class Session extends SimpleChannelInboundHandler<ByteBuf>
            implements PuntExchange.Router {
        private final EventLoop loop;
        private final PuntExchange exchange;

        /** Whether what was written here is sent after the present events; on the loop. */
        private boolean flushes;

        private @SuppressWarnings("NullAway.Init") ChannelHandlerContext context;

        Session(EventLoop loop, PuntExchange exchange) {
            this.loop = loop;
            this.exchange = exchange;
        }

        @Override
        public void channelActive(ChannelHandlerContext newContext) {
            context = newContext;
            exchange.attach(this);
        }

        @Override
        public void channelInactive(ChannelHandlerContext gone) {
            exchange.detach(this);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext from, ByteBuf body) throws WireException {
            PuntFrame frame = PuntFrame.parse(body);
            if (frame.kind() == PuntFrame.Kind.PACKET) {
                exchange.send(frame.node(), frame.link(), frame.ipPacket());
            }
        }

        @Override
        public boolean packet(String node, int link, ByteBuf ipPacket) {
            if (loop.isHere() && flushes && !context.channel().isWritable()) {
                flush();
            }
            if (!context.channel().isWritable()
                    || ipPacket.readableBytes() > PuntFrame.PACKET_BYTES_MAX) {
                return false;
            }
            ByteBuf out = context.alloc().buffer();
            PuntFrame.emit(out, PuntFrame.Kind.PACKET, node, link, ipPacket);
            if (loop.isHere()) {
                context.write(out);
                flushSoon();
            } else {
                context.writeAndFlush(out);
            }
            return true;
        }

        /** Packets that come at a time go by one system call, and wake the router once. */
        private void flushSoon() {
            if (!flushes) {
                flushes = true;
                loop.later(this::flush);
            }
        }

        private void flush() {
            flushes = false;
            context.flush();
        }

        @Override
        public void carrier(String node, int link, boolean up) {
            if (context.channel().bytesBeforeWritable() > BYTES_WAITING_MAX) {
                // It does not read, and must not miss this: it hears of all when it comes again.
                context.close();
                return;
            }
            ByteBuf out = context.alloc().buffer();
            PuntFrame.emitCarrier(out, node, link, up);
            context.writeAndFlush(out);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
            if (!(cause instanceof IOException)) {
                LOG.error("the router is cut off: what it sent cannot be taken", cause);
            }
            from.close();
        }
    }
}
