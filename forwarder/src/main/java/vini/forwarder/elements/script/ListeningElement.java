package vini.forwarder.elements.script;

import io.netty.channel.ChannelHandler;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.control.SocketServer;
import vini.forwarder.io.EventLoop;
import vini.time.Timer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An element at whose socket programs connect: a TCP port or a Unix socket. One that cannot be had
 * may be tried again each second; the element of a graph that replaces another takes over the
 * socket with its clients, if it is the same.
 */
abstract class ListeningElement extends Element {
    private static final long RETRY_NANOS = 1_000_000_000;
    private static final int RETRIES_MAX = 1_000_000;

    /** How many ports are tried where the first is taken and any near it will do. */
    private static final int NEARBY = 10;

    /** The element that serves the socket now; it changes while the clients stay. */
    private static final class Front {
        private ListeningElement owner;

        Front(ListeningElement owner) {
            this.owner = owner;
        }
    }

    private Front front = new Front(this);
    private boolean tcp;
    private boolean nearby;
    private int port;
    private Path file = Path.of("");
    private boolean localhost;
    private int retries;
    private boolean warns;
    private @Nullable SocketServer server;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer retry;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        String type = arguments.required("TYPE", ArgumentTypes::string).toUpperCase(Locale.ROOT);
        tcp = type.equals("TCP");
        if (tcp) {
            String text = arguments.required("PORT", word -> checkedPort(word.strip()));
            nearby = text.endsWith("+");
            port = number(text);
        } else if (type.equals("UNIX")) {
            file = arguments.required("FILENAME", ListeningElement::path);
        } else {
            throw new ConfigException("TYPE: '" + type + "' is not TCP or UNIX");
        }
        localhost = arguments.keyword("LOCALHOST", ArgumentTypes::bool, true);
        retries = arguments.keyword("RETRIES", ArgumentTypes.integer(0, RETRIES_MAX), 0);
        warns = arguments.keyword("RETRY_WARNINGS", ArgumentTypes::bool, true);
    }

    private static String checkedPort(String text) {
        int ignored = number(text);
        return text;
    }

    private static int number(String text) {
        String digits = text.endsWith("+") ? text.substring(0, text.length() - 1) : text;
        return ArgumentTypes.integer(0, 65_535).apply(digits);
    }

    private static Path path(String text) {
        return Path.of(ArgumentTypes.fileName(text));
    }

    @Override
    protected void initialize() throws ConfigException {
        if (!(loop() instanceof EventLoop live)) {
            throw new ConfigException("it needs sockets, which the virtual world has not");
        }
        retry = timer(() -> again(live));
        ListeningElement there = predecessor(ListeningElement.class);
        if (there != null && there.server != null && isLike(there)) {
            return;
        }
        try {
            server = listen(live);
        } catch (IOException e) {
            if (retries == 0) {
                throw new ConfigException(what() + ": " + e.getMessage());
            }
            wait(e);
        }
    }

    private String what() {
        return tcp ? "port " + port : file.toString();
    }

    private SocketServer listen(EventLoop live) throws IOException {
        Front here = front;
        if (!tcp) {
            // To bind takes the name from whoever has it, which is right with a dead one only.
            if (SocketServer.isInUse(file)) {
                throw new IOException("another process listens there");
            }
            return SocketServer.listen(live, file, () -> here.owner.session());
        }
        int last = nearby ? Math.min(port + NEARBY, 65_535) : port;
        for (int candidate = port; ; candidate++) {
            InetSocketAddress address =
                    localhost
                            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate)
                            : new InetSocketAddress(candidate);
            try {
                return SocketServer.listen(live, address, () -> here.owner.session());
            } catch (IOException e) {
                if (candidate >= last) {
                    throw e;
                }
            }
        }
    }

    private void again(EventLoop live) {
        retries--;
        try {
            server = listen(live);
        } catch (IOException e) {
            if (retries > 0) {
                wait(e);
            } else {
                chatter(name() + ": " + what() + ": " + e.getMessage() + "; giving up");
                driver().stop();
            }
        }
    }

    private void wait(IOException why) {
        if (warns) {
            chatter(name() + ": warning: " + what() + ": " + why.getMessage() + "; trying again");
        }
        retry.after(RETRY_NANOS);
    }

    /** What serves one client, made when it connects. */
    abstract ChannelHandler session();

    /** The socket, if it could be had. */
    final @Nullable SocketServer server() {
        return server;
    }

    /** Who serves the clients of this element now: itself, or the one that has replaced it. */
    final ListeningElement successor() {
        return front.owner;
    }

    private boolean isLike(ListeningElement before) {
        return tcp == before.tcp
                && port == before.port
                && nearby == before.nearby
                && localhost == before.localhost
                && file.equals(before.file);
    }

    @Override
    protected void takeState(Element old) {
        ListeningElement before = (ListeningElement) old;
        if (server == null && before.server != null && isLike(before)) {
            server = before.server;
            before.server = null;
            front = before.front;
            front.owner = this;
            retry.cancel();
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        if (tcp) {
            handlers.read("port", () -> server == null ? port : server.port());
        } else {
            handlers.read("filename", () -> file);
        }
        handlers.read("clients", () -> server == null ? 0 : server.clients());
        handlers.read("refused", () -> server == null ? 0 : server.refused());
    }

    @Override
    protected void close() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                chatter(name() + ": " + e.getMessage());
            }
        }
    }
}
