package vini.forwarder.elements.script;

import com.google.auto.service.AutoService;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Chatter;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.control.SocketServer;

import java.nio.charset.StandardCharsets;

/**
 * Sends what the elements say to the user (the lines of {@code Print}, warnings, ...) to the
 * programs that are connected to it, as well. TYPE is {@code TCP}, with a PORT, or {@code UNIX},
 * with a FILENAME, which only this user and root can use. {@code PORT+} is that port or, where it
 * is taken, one of the ten behind it; 0 is any that is free.
 *
 * <p>A program that connects is greeted with the line {@code Click::ChatterSocket/1.0}. What it
 * sends is not read. One that is 500,000 bytes behind is cut off.
 *
 * <p>Keywords:
 *
 * <ul>
 *   <li>CHANNEL: sends the lines of that channel instead of the usual ones
 *   <li>QUIET_CHANNEL: false: the lines of the channel go to standard error, too; default true
 *   <li>GREETING: false: there is no greeting; default true
 *   <li>LOCALHOST, for TCP: true, the default: only programs of this machine are served
 *   <li>RETRIES, RETRY_WARNINGS: as those of {@code ControlSocket}
 * </ul>
 *
 * <pre>{@code
 * ChatterSocket(UNIX, /tmp/chatter.sock);
 * }</pre>
 *
 * <p>Handlers, to be read: {@code port}, for TCP; {@code filename}, for UNIX; {@code clients}: how
 * many are connected; {@code refused}: how many were turned away; {@code dropped}: how many were
 * cut off because they were behind.
 */
@AutoService(Element.class)
@ElementClass(name = "ChatterSocket", ports = "0/0")
public final class ChatterSocket extends ListeningElement {
    private static final int BEHIND_MAX = 500_000;

    private final Counter dropped = counter();
    private String channel = Chatter.DEFAULT_CHANNEL;
    private boolean quiet;
    private boolean greets;
    private Runnable end = () -> {};

    /** What others say when the graph starts is heard, too. */
    @Override
    protected int phase() {
        return -1;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        super.configure(arguments);
        channel = arguments.keyword("CHANNEL", ArgumentTypes::string, Chatter.DEFAULT_CHANNEL);
        quiet = arguments.keyword("QUIET_CHANNEL", ArgumentTypes::bool, true);
        greets = arguments.keyword("GREETING", ArgumentTypes::bool, true);
    }

    @Override
    protected void initialize() throws ConfigException {
        super.initialize();
        end = graph().shared().get(Chatter.class, Chatter::new).listen(channel, !quiet, this::send);
    }

    private void send(String line) {
        SocketServer to = server();
        if (to != null) {
            dropped.add(to.broadcast((line + "\n").getBytes(StandardCharsets.UTF_8), BEHIND_MAX));
        }
    }

    @Override
    ChannelHandler session() {
        return new Session(greets);
    }

    @Override
    protected void takeState(Element old) {
        if (channel.equals(((ChatterSocket) old).channel)) {
            super.takeState(old);
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("dropped", dropped::value);
    }

    @Override
    protected void close() {
        end.run();
        super.close();
    }

    /** A client: greeted, and not listened to. */
    private static final class Session extends SimpleChannelInboundHandler<Object> {
        private final boolean greets;

        Session(boolean greets) {
            this.greets = greets;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (greets) {
                context.writeAndFlush(
                        ByteBufUtil.writeUtf8(context.alloc(), "Click::ChatterSocket/1.0\r\n"));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object bytes) {}

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
