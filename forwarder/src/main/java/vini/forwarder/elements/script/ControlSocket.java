package vini.forwarder.elements.script;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.control.ControlServer;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.io.EventLoop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Lets other programs read and write the handlers of the graph, by Click's control protocol,
 * version 1.3. TYPE is {@code TCP}, with a PORT, or {@code UNIX}, with a FILE, which only this user
 * and root can use.
 *
 * <p>Keywords: READONLY (false: handlers can be written, too), LOCALHOST (for TCP; true: only
 * programs of this machine are served. Click's default is false; who wants the world to control the
 * graph must say so), VERBOSE (accepted, without effect).
 *
 * <pre>{@code
 * ControlSocket(TCP, 7777);
 * ControlSocket(UNIX, /run/user/1000/click.sock, READONLY true);
 * }</pre>
 *
 * <p>Handlers: {@code port} (read): the TCP port; with PORT 0 the one that was free.
 */
@AutoService(Element.class)
@ElementClass(name = "ControlSocket", ports = "0/0")
public final class ControlSocket extends Element {
    private boolean tcp;
    private int port;
    private Path file = Path.of("");
    private boolean readOnly;
    private boolean localhost;
    private @Nullable ControlServer server;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        String type = arguments.required("TYPE", ArgumentTypes::string).toUpperCase(Locale.ROOT);
        tcp = type.equals("TCP");
        if (tcp) {
            port = arguments.required("PORT", ArgumentTypes.integer(0, 65_535));
        } else if (type.equals("UNIX")) {
            file = Path.of(arguments.required("FILE", ArgumentTypes::fileName));
        } else {
            throw new ConfigException("TYPE: '" + type + "' is not TCP or UNIX");
        }
        readOnly = arguments.keyword("READONLY", ArgumentTypes::bool, false);
        localhost = arguments.keyword("LOCALHOST", ArgumentTypes::bool, true);
        boolean ignored = arguments.keyword("VERBOSE", ArgumentTypes::bool, false);
    }

    @Override
    protected void initialize() throws ConfigException {
        if (!(loop() instanceof EventLoop live)) {
            throw new ConfigException("it needs sockets, which the virtual world has not");
        }
        HandlerSpace all = graph().handlerSpace();
        HandlerSpace offered = readOnly ? new ReadOnly(all) : all;
        try {
            if (tcp && port != 0) {
                // Netty binds when this is over; a port that is taken is to be told now.
                new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            }
            server =
                    tcp
                            ? ControlServer.listen(
                                    live,
                                    localhost
                                            ? new InetSocketAddress(
                                                    InetAddress.getLoopbackAddress(), port)
                                            : new InetSocketAddress(port),
                                    offered)
                            : ControlServer.listen(live, file, offered);
        } catch (IOException e) {
            throw new ConfigException((tcp ? "port " + port : file) + ": " + e.getMessage());
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("port", () -> server == null || !tcp ? port : server.port());
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

    private record ReadOnly(HandlerSpace all) implements HandlerSpace {
        @Override
        public String read(String path, String argument) throws HandlerException {
            return all.read(path, argument);
        }

        @Override
        public void checkRead(String path) throws HandlerException {
            all.checkRead(path);
        }

        @Override
        public void write(String path, String value) throws HandlerException {
            checkWrite(path);
        }

        @Override
        public void checkWrite(String path) throws HandlerException {
            all.checkWrite(path);
            throw new HandlerException(
                    HandlerException.Kind.PERMISSION_DENIED,
                    "Permission denied for '" + path + "'");
        }
    }
}
