package vini.forwarder.io;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.unix.Errors.NativeIoException;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.net.Ipv4Address;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One end of a TCP connection of the kernel's, served by an event loop. */
public final class TcpSocket extends ChannelInboundHandlerAdapter implements TcpConnection {
    /** linux/sockios.h: bytes of the send queue that are not acknowledged. */
    private static final long SIOCOUTQ = 0x5411;

    private final Ipv4Address remoteAddress;
    private final int remotePort;
    private final int localPort;
    private final TcpHandler handler;
    private final int sendBufferBytes;
    private @Nullable EpollSocketChannel channel;
    private Runnable giveUp = () -> {};
    private TcpEnd end = TcpEnd.CLOSED;
    private long flushed;
    private long acknowledged;
    private boolean wantsToWrite;
    private boolean flushComes;
    private boolean shutdown;
    private boolean outputClosed;
    private boolean inputClosed;
    private boolean over;

    /** A socket that is not connected yet, or not yet known to be. */
    public TcpSocket(
            Ipv4Address remoteAddress,
            int remotePort,
            int localPort,
            TcpHandler handler,
            TcpSettings settings) {
        this.remoteAddress = remoteAddress;
        this.remotePort = remotePort;
        this.localPort = localPort;
        this.handler = handler;
        this.sendBufferBytes = settings.sendBufferBytes();
    }

    /** What ends the attempt to connect. */
    void whileConnecting(Runnable action) {
        giveUp = action;
    }

    /** The socket is connected; its channel is to be registered now. */
    public void attach(EpollSocketChannel connected) {
        channel = connected;
        connected.config().setAllowHalfClosure(true);
        connected
                .config()
                .setWriteBufferWaterMark(
                        new WriteBufferWaterMark(sendBufferBytes / 2, sendBufferBytes));
        connected.pipeline().addLast(this);
    }

    /** The attempt to connect ended with an error of the system's. */
    void failed(int error) {
        finish(endOfAttempt(error));
    }

    static TcpEnd endOfAttempt(int error) {
        boolean refused = error == Errno.ECONNREFUSED || error == Errno.ECONNRESET;
        return refused ? TcpEnd.REFUSED : endOf(error);
    }

    private static TcpEnd endOf(int error) {
        return switch (error) {
            case Errno.ECONNRESET, Errno.EPIPE -> TcpEnd.RESET;
            case Errno.ETIMEDOUT -> TcpEnd.TIMED_OUT;
            case Errno.EHOSTUNREACH, Errno.ENETUNREACH -> TcpEnd.UNREACHABLE;
            default -> TcpEnd.FAILED;
        };
    }

    private void finish(TcpEnd how) {
        if (!over) {
            over = true;
            handler.closed(this, how);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        handler.connected(this);
        if (shutdown) {
            closeOutput();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        try {
            if (!over) {
                handler.received(this, data);
            }
        } finally {
            data.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (wantsToWrite && context.channel().isWritable() && !shutdown && !over) {
            wantsToWrite = false;
            handler.writable(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !inputClosed) {
            inputClosed = true;
            if (!over) {
                handler.peerClosed(this);
            }
            closeWhenBothAre();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end = cause instanceof NativeIoException e ? endOf(-e.expectedErr()) : TcpEnd.FAILED;
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        finish(end);
    }

    @Override
    public Ipv4Address remoteAddress() {
        return remoteAddress;
    }

    @Override
    public int remotePort() {
        return remotePort;
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public int write(ByteBuf data) {
        if (channel == null || shutdown || over) {
            return 0;
        }
        int bytes = (int) Math.min(data.readableBytes(), channel.bytesBeforeUnwritable());
        if (bytes > 0) {
            ByteBuf copy = channel.alloc().buffer(bytes).writeBytes(data, bytes);
            channel.write(copy)
                    .addListener(
                            written -> {
                                if (written.isSuccess()) {
                                    flushed += bytes;
                                } else if (written.cause() instanceof NativeIoException e) {
                                    end = endOf(-e.expectedErr());
                                }
                            });
            flushSoon(channel);
        }
        wantsToWrite |= data.isReadable();
        return bytes;
    }

    /** What one event brings in many pieces leaves by one system call. */
    private void flushSoon(EpollSocketChannel open) {
        if (!flushComes) {
            flushComes = true;
            open.eventLoop()
                    .execute(
                            () -> {
                                flushComes = false;
                                open.flush();
                            });
        }
    }

    @Override
    public long acknowledgedBytes() {
        if (channel != null && channel.isOpen()) {
            byte[] queued = new byte[Integer.BYTES];
            try {
                Libc.ioctl(channel.fd().intValue(), "SIOCOUTQ", SIOCOUTQ, queued);
                int waiting = ByteBuffer.wrap(queued).order(ByteOrder.nativeOrder()).getInt();
                acknowledged = Math.max(acknowledged, flushed - waiting);
            } catch (LibcException e) {
                return acknowledged; // the socket is on its way out: what was known stays
            }
        } else if (over && end == TcpEnd.CLOSED) {
            acknowledged = flushed;
        }
        return acknowledged;
    }

    @Override
    public void pause() {
        if (channel != null && !inputClosed) {
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public void resume() {
        // At the end of all data the loop has forgotten the descriptor, and fails if asked again.
        if (channel != null && !inputClosed) {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void shutdown() {
        if (!shutdown) {
            shutdown = true;
            closeOutput();
        }
    }

    /** Behind all that was written: Netty would fail what is still in its buffer. */
    private void closeOutput() {
        EpollSocketChannel open = channel;
        if (open != null && open.isActive()) {
            open.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(
                            written ->
                                    open.shutdownOutput()
                                            .addListener(
                                                    done -> {
                                                        outputClosed = true;
                                                        closeWhenBothAre();
                                                    }));
        }
    }

    private void closeWhenBothAre() {
        if (inputClosed && outputClosed && channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() {
        if (channel == null) {
            abort();
            return;
        }
        shutdown();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> channelClose());
    }

    private void channelClose() {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void abort() {
        if (over) {
            return;
        }
        acknowledged = acknowledgedBytes();
        end = TcpEnd.ABORTED;
        if (channel == null) {
            giveUp.run();
        } else {
            channel.config().setSoLinger(0);
            channel.close();
        }
        finish(TcpEnd.ABORTED);
    }
}
