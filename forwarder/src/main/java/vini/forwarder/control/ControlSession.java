package vini.forwarder.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.HandlerException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * One client of Click's ControlSocket protocol, version 1.3: READ, READDATA, WRITE, WRITEDATA,
 * CHECKREAD, CHECKWRITE, QUIT; LLRPC is refused. Lines end with CR, LF or both. All bytes are
 * hostile: lines and data have limits, and who breaks them is cut off.
 */
final class ControlSession extends ByteToMessageDecoder {
    private static final int LINE_BYTES_MAX = 1 << 16;
    private static final int DATA_BYTES_MAX = 64 << 20;

    private static final int OK = 200;
    private static final int SYNTAX_ERROR = 500;
    private static final int UNIMPLEMENTED = 501;

    /** A command that waits for its data. */
    private record Pending(String command, String handler, int bytes) {}

    private final HandlerSpace handlers;
    private @Nullable Pending pending;

    ControlSession(HandlerSpace handlers) {
        this.handlers = handlers;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        reply(context, "Click::ControlSocket/1.3");
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        Pending waiting = pending;
        if (waiting != null) {
            if (in.readableBytes() >= waiting.bytes) {
                pending = null;
                String data = in.readCharSequence(waiting.bytes, StandardCharsets.UTF_8).toString();
                carryOut(context, waiting.command, waiting.handler, data);
            }
            return;
        }
        int end = in.forEachByte(b -> b != '\n' && b != '\r');
        if (end < 0) {
            if (in.readableBytes() > LINE_BYTES_MAX) {
                reply(context, SYNTAX_ERROR, "Command too long");
                context.close();
            }
            return;
        }
        String line =
                in.readCharSequence(end - in.readerIndex(), StandardCharsets.UTF_8).toString();
        in.skipBytes(1);
        if (!line.isBlank()) {
            command(context, line.strip());
        }
    }

    private void command(ChannelHandlerContext context, String line) {
        String[] words = line.split("\\s+", 3);
        String command = words[0].toUpperCase(Locale.ROOT);
        String rest = words.length > 2 ? words[2] : "";
        switch (command) {
            case "QUIT" -> {
                reply(context, OK, "Goodbye!");
                context.close();
            }
            case "READ", "WRITE", "CHECKREAD", "CHECKWRITE" -> {
                if (words.length < 2) {
                    reply(context, SYNTAX_ERROR, "Wrong number of arguments");
                } else {
                    carryOut(context, command, words[1], rest);
                }
            }
            case "READDATA", "WRITEDATA" -> {
                if (!rest.matches("[0-9]{1,9}") || Integer.parseInt(rest) > DATA_BYTES_MAX) {
                    reply(context, SYNTAX_ERROR, "Wrong length");
                } else if (Integer.parseInt(rest) == 0) {
                    // The decoder is not called again for bytes that will not come.
                    carryOut(context, command, words[1], "");
                } else {
                    pending = new Pending(command, words[1], Integer.parseInt(rest));
                }
            }
            default -> reply(context, UNIMPLEMENTED, "Unknown command '" + command + "'");
        }
    }

    private void carryOut(
            ChannelHandlerContext context, String command, String handler, String argument) {
        try {
            switch (command) {
                case "READ", "READDATA" -> {
                    String data = handlers.read(handler, argument);
                    reply(context, OK, "Read handler '" + handler + "' OK");
                    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
                    reply(context, "DATA " + bytes.length);
                    context.write(context.alloc().buffer(bytes.length).writeBytes(bytes));
                    context.flush();
                }
                case "WRITE", "WRITEDATA" -> {
                    handlers.write(handler, argument);
                    reply(context, OK, "Write handler '" + handler + "' OK");
                }
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
            reply(context, e.kind().code(), String.valueOf(e.getMessage()));
        }
    }

    /** A status line; the lines of a longer message but the last have a dash after the code. */
    private static void reply(ChannelHandlerContext context, int code, String message) {
        String[] lines = message.split("\n", -1);
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
        context.close();
    }
}
