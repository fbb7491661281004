package vini.forwarder.control;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.forwarder.io.EventLoop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A client of the ControlSocket protocol that never blocks: commands are sent at once, answers come
 * to their callbacks in order on the loop's thread. A process that leaves too many commands without
 * an answer is given up. {@link ControlClient} is the blocking one.
 */
public final class ControlConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);
    private static final int OK = 200;
    private static final int OK_BELOW = 300;
    private static final int WAITING_MAX = 10_000;
    private static final int LINE_BYTES_MAX = 1 << 16;
    private static final int DATA_BYTES_MAX = 1 << 28;

    /** Hears how a command went. */
    public interface Answer {
        /**
         * The answer has come.
         *
         * @param code the status, 200 if all is well
         * @param text the data that was read, or the message
         */
        void answered(int code, String text);
    }

    /** Hears of the connection's end; it is used once. */
    public interface Listener {
        void connected(ControlConnection connection);

        /** It could not be made, or it has ended; commands under way are not answered. */
        void closed();
    }

    /** A command under way; the data of a read follows its status. */
    private record Command(boolean read, Answer answer) {}

    private final Channel channel;
    private final Deque<Command> waiting = new ArrayDeque<>();

    private ControlConnection(Channel channel) {
        this.channel = channel;
    }

    /** Tries to connect, once; call it on the loop's thread. */
    public static void connect(EventLoop loop, Path path, Listener listener) {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loop.netty())
                        .channel(EpollDomainSocketChannel.class)
                        .handler(new Decoder(listener));
        bootstrap
                .connect(new DomainSocketAddress(path.toString()))
                .addListener(
                        future -> {
                            if (!future.isSuccess()) {
                                listener.closed();
                            }
                        });
    }

    /** Reads a handler. */
    public void read(String handler, Answer answer) {
        send("READ " + handler + "\n", new Command(true, answer));
    }

    /** Writes a handler. */
    public void write(String handler, String value, Answer answer) {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        send("WRITEDATA " + handler + " " + length + "\n" + value, new Command(false, answer));
    }

    private void send(String text, Command command) {
        if (waiting.size() >= WAITING_MAX) {
            LOG.warn("{} commands wait for an answer: the connection is given up", WAITING_MAX);
            channel.close();
            return;
        }
        waiting.add(command);
        channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    /** Ends the connection. */
    public void close() {
        channel.close();
    }

    private void answered(int code, String text) {
        Command command = waiting.poll();
        if (command != null) {
            command.answer.answered(code, text);
        }
    }

    private boolean awaitsData() {
        Command command = waiting.peek();
        return command != null && command.read;
    }

    private static final class Decoder extends ByteToMessageDecoder {
        private final Listener listener;
        private final StringBuilder message = new StringBuilder();
        private @SuppressWarnings("NullAway.Init") ControlConnection connection;
        private boolean greeted;
        private int dataBytes = -1;

        Decoder(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            connection = new ControlConnection(context.channel());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            listener.closed();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof IOException)) {
                LOG.error("an answer could not be taken", cause);
            }
            context.close();
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            if (dataBytes >= 0) {
                if (in.readableBytes() >= dataBytes) {
                    String data = in.readCharSequence(dataBytes, StandardCharsets.UTF_8).toString();
                    dataBytes = -1;
                    connection.answered(OK, data);
                }
                return;
            }
            int end = in.forEachByte(b -> b != '\n');
            int length = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
            if (length > LINE_BYTES_MAX) {
                throw new DecoderException("a line of " + length + " bytes");
            }
            if (end >= 0) {
                String line = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
                in.skipBytes(1);
                // Only the carriage return: a status without a message ends with a blank.
                line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            }
        }

        private void line(String line) {
            if (!greeted) {
                greeted = true;
                listener.connected(connection);
            } else if (line.startsWith("DATA ")) {
                dataBytes = Integer.parseInt(line.substring(5));
                if (dataBytes < 0 || dataBytes > DATA_BYTES_MAX) {
                    throw new DecoderException(line + " bytes");
                }
                if (dataBytes == 0) {
                    // The decoder is not called again for bytes that will not come.
                    dataBytes = -1;
                    connection.answered(OK, "");
                }
            } else if (line.length() >= 4) {
                status(line);
            }
        }

        private void status(String line) {
            message.append(line.substring(4));
            if (message.length() > LINE_BYTES_MAX) {
                throw new DecoderException("a message of " + message.length() + " characters");
            }
            if (line.charAt(3) == '-') {
                message.append('\n');
                return;
            }
            int code = Integer.parseInt(line.substring(0, 3));
            String text = message.toString();
            message.setLength(0);
            // The data of a read follows in a line of its own.
            if (code >= OK_BELOW || !connection.awaitsData()) {
                connection.answered(code, ControlException.why(text));
            }
        }
    }
}
