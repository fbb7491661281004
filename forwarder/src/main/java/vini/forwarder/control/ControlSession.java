package vini.forwarder.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.forwarder.HandlerException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One client of Click's ControlSocket protocol, version 1.3: READ, READDATA, READUNTIL, WRITE,
 * WRITEDATA, WRITEUNTIL, CHECKREAD, CHECKWRITE, HELP, QUIT; LLRPC is refused. Lines end with CR, LF
 * or both. All bytes are hostile: lines and data have limits, and who breaks them is cut off; who
 * does not read the answers is not heard any more until it does.
 */
final class ControlSession extends ByteToMessageDecoder {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n]");

    private static final Logger LOG = LoggerFactory.getLogger(ControlSession.class);
    private static final int LINE_BYTES_MAX = 1 << 16;
    private static final int DATA_BYTES_MAX = 64 << 20;
    private static final int OK = 200;
    private static final int SYNTAX_ERROR = 500;
    private static final int UNIMPLEMENTED = 501;
    private static final int DATA_TOO_BIG = 521;

    /**
     * A command that waits for its data: a number of bytes, or lines up to one that is the
     * terminator.
     */
    private record Pending(
            String command, String handler, int bytes, @Nullable String terminator) {}

    private static final List<String> HELP =
            List.of(
                    "Commands, each a line; HANDLER is ELEMENT.HANDLER or HANDLER:",
                    "READ HANDLER [ARGUMENTS]",
                    "READDATA HANDLER N          with N bytes of arguments behind the line",
                    "READUNTIL HANDLER [END]     with the lines up to END as arguments",
                    "WRITE HANDLER [VALUE]",
                    "WRITEDATA HANDLER N         with N bytes of value behind the line",
                    "WRITEUNTIL HANDLER [END]    with the lines up to END as value",
                    "CHECKREAD HANDLER           says whether it can be read",
                    "CHECKWRITE HANDLER          says whether it can be written",
                    "QUIT");

    private final HandlerSpace handlers;
    private final Consumer<String> news;
    private @Nullable Pending pending;
    private final StringBuilder lines = new StringBuilder();
    private boolean afterCarriageReturn;
    private boolean ended;

    /**
     * @param news hears when the client comes and goes
     */
    ControlSession(HandlerSpace handlers, Consumer<String> news) {
        this.handlers = handlers;
        this.news = news;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        reply(context, "Click::ControlSocket/1.3");
        news.accept("opened connection from " + client(context));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        news.accept("closed connection from " + client(context));
        super.channelInactive(context);
    }

    private static String client(ChannelHandlerContext context) {
        SocketAddress address = context.channel().remoteAddress();
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "a client";
    }

    /** Reading pauses while answers wait for the client to take them. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        boolean writable = context.channel().isWritable();
        context.channel().config().setAutoRead(writable);
        if (writable) {
            context.executor().execute(() -> decodeAgain(context));
        }
    }

    private void decodeAgain(ChannelHandlerContext context) {
        try {
            channelRead(context, Unpooled.EMPTY_BUFFER);
        } catch (Exception e) {
            exceptionCaught(context, e);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (ended) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!context.channel().isWritable() || !in.isReadable()) {
            return;
        }
        if (afterCarriageReturn) {
            afterCarriageReturn = false;
            if (in.getByte(in.readerIndex()) == '\n') {
                in.skipBytes(1);
                return;
            }
        }
        Pending waiting = pending;
        if (waiting != null && waiting.terminator == null) {
            if (in.readableBytes() >= waiting.bytes) {
                pending = null;
                String data = in.readCharSequence(waiting.bytes, StandardCharsets.UTF_8).toString();
                carryOut(context, waiting.command, waiting.handler, data);
            }
            return;
        }
        int end = in.forEachByte(b -> b != '\n' && b != '\r');
        int length = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
        if (length > LINE_BYTES_MAX) {
            end(context, SYNTAX_ERROR, "Command too long");
            return;
        }
        if (end < 0) {
            return;
        }
        String line = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
        afterCarriageReturn = in.readByte() == '\r';
        if (waiting != null && waiting.terminator != null) {
            line(context, waiting, waiting.terminator, line);
        } else if (!line.isBlank()) {
            command(context, line.strip());
        }
    }

    private void line(
            ChannelHandlerContext context, Pending waiting, String terminator, String line) {
        if (line.stripTrailing().equals(terminator)) {
            pending = null;
            String data = lines.toString();
            lines.setLength(0);
            carryOut(context, waiting.command, waiting.handler, data);
        } else if (lines.length() + line.length() >= DATA_BYTES_MAX) {
            end(context, DATA_TOO_BIG, "Data too big");
        } else {
            lines.append(line).append('\n');
        }
    }

    private void command(ChannelHandlerContext context, String line) {
        String[] words = BLANKS.split(line, 3);
        String command = words[0].toUpperCase(Locale.ROOT);
        String rest = words.length > 2 ? words[2] : "";
        switch (command) {
            case "HELP" -> reply(context, OK, String.join("\n", HELP));
            case "QUIT" -> end(context, OK, "Goodbye!");
            case "READ", "WRITE", "CHECKREAD", "CHECKWRITE", "READUNTIL", "WRITEUNTIL" -> {
                if (words.length < 2) {
                    reply(context, SYNTAX_ERROR, "Wrong number of arguments");
                } else if (command.endsWith("UNTIL")) {
                    pending = new Pending(command, words[1], 0, rest);
                } else {
                    carryOut(context, command, words[1], rest);
                }
            }
            case "READDATA", "WRITEDATA", "LLRPC" -> data(context, command, words, rest);
            default -> reply(context, UNIMPLEMENTED, "Unknown command '" + command + "'");
        }
    }

    /** A command that says how many bytes of data follow it; LLRPC may leave that out. */
    private void data(ChannelHandlerContext context, String command, String[] words, String rest) {
        String length = command.equals("LLRPC") && rest.isEmpty() ? "0" : rest;
        if (words.length < 2 || !DIGITS.matcher(length).matches()) {
            reply(context, SYNTAX_ERROR, "Wrong length");
        } else if (length.length() > 9 || Integer.parseInt(length) > DATA_BYTES_MAX) {
            // The data that follow would be taken for commands.
            end(context, DATA_TOO_BIG, "Data too big");
        } else if (Integer.parseInt(length) == 0) {
            // The decoder is not called again for bytes that will not come.
            carryOut(context, command, words[1], "");
        } else {
            pending = new Pending(command, words[1], Integer.parseInt(length), null);
        }
    }

    private void end(ChannelHandlerContext context, int code, String message) {
        ended = true;
        reply(context, code, message);
        context.close();
    }

    private void carryOut(
            ChannelHandlerContext context, String command, String handler, String argument) {
        try {
            switch (command) {
                case "READ", "READDATA", "READUNTIL" -> {
                    String data = handlers.read(handler, argument);
                    reply(context, OK, "Read handler '" + handler + "' OK");
                    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
                    reply(context, "DATA " + bytes.length);
                    context.write(context.alloc().buffer(bytes.length).writeBytes(bytes));
                    context.flush();
                }
                case "WRITE", "WRITEDATA", "WRITEUNTIL" -> {
                    handlers.write(handler, argument);
                    reply(context, OK, "Write handler '" + handler + "' OK");
                }
                case "LLRPC" -> reply(context, UNIMPLEMENTED, "LLRPC is not supported");
                case "CHECKREAD" -> {
                    handlers.checkRead(handler);
                    reply(context, OK, "Read handler '" + handler + "' OK");
                }
                default -> {
                    handlers.checkWrite(handler);
                    reply(context, OK, "Write handler '" + handler + "' OK");
                }
            }
        } catch (HandlerException e) {
            String message = String.valueOf(e.getMessage());
            boolean ran = e.kind() == HandlerException.Kind.HANDLER_ERROR;
            String heading = (command.startsWith("READ") ? "Read" : "Write") + " handler '";
            reply(
                    context,
                    e.kind().code(),
                    ran ? heading + handler + "' error:\n" + message : message);
        }
    }

    /** A status line; the lines of a longer message but the last have a dash after the code. */
    private static void reply(ChannelHandlerContext context, int code, String message) {
        String[] lines = LINE_END.split(message, -1);
        for (int i = 0; i < lines.length; i++) {
            reply(context, code + (i < lines.length - 1 ? "-" : " ") + lines[i]);
        }
    }

    private static void reply(ChannelHandlerContext context, String line) {
        context.writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), line + "\r\n"))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("a handler failed", cause);
        }
        context.close();
    }
}
