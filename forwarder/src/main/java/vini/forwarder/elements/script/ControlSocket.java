package vini.forwarder.elements.script;

import com.google.auto.service.AutoService;

import io.netty.channel.ChannelHandler;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.control.ControlServer;
import vini.forwarder.control.HandlerSpace;

/**
 * Lets other programs read and write the handlers of the graph, by Click's control protocol,
 * version 1.3. TYPE is {@code TCP}, with a PORT, or {@code UNIX}, with a FILENAME, which only this
 * user and root can use. {@code PORT+} is that port or, where it is taken, one of the ten behind
 * it; 0 is any that is free.
 *
 * <p>Keywords:
 *
 * <ul>
 *   <li>READONLY: true: handlers cannot be written; default false
 *   <li>LOCALHOST, for TCP: true: only programs of this machine are served. Click's default is
 *       false; who wants the world to control the graph must say so
 *   <li>VERBOSE: true: a line for each client that comes or goes; default false
 *   <li>RETRIES: how often it tries again, each second, to get a socket that is taken, before it
 *       wishes that the run end; default 0, at which the graph does not start. With 1 or more, the
 *       same ControlSocket of a configuration that replaces this one keeps the clients
 *   <li>RETRY_WARNINGS: true: a line for each time that it could not; default true
 * </ul>
 *
 * <pre>{@code
 * ControlSocket(TCP, 7777);
 * ControlSocket(UNIX, /run/user/1000/click.sock, READONLY true);
 * }</pre>
 *
 * <p>The commands are {@code READ}, {@code READDATA}, {@code READUNTIL}, {@code WRITE}, {@code
 * WRITEDATA}, {@code WRITEUNTIL}, {@code CHECKREAD}, {@code CHECKWRITE}, {@code HELP} (which says
 * how they are written) and {@code QUIT}. A handler is {@code ELEMENT.HANDLER}, {@code N.HANDLER}
 * with the element's number in {@code list} from 1 on, or {@code HANDLER}.
 *
 * <p>Handlers, to be read: {@code port}, for TCP: with PORT 0 the one that was free; {@code
 * filename}, for UNIX; {@code clients}: how many are connected; {@code refused}: how many were
 * turned away, because there were too many or because they are of another user.
 */
@AutoService(Element.class)
@ElementClass(name = "ControlSocket", ports = "0/0")
public final class ControlSocket extends ListeningElement {
    private boolean readOnly;
    private boolean verbose;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        super.configure(arguments);
        readOnly = arguments.keyword("READONLY", ArgumentTypes::bool, false);
        verbose = arguments.keyword("VERBOSE", ArgumentTypes::bool, false);
    }

    @Override
    ChannelHandler session() {
        return ControlServer.session(
                new Offered(),
                line -> {
                    if (successor() instanceof ControlSocket now && now.verbose) {
                        now.chatter(now.name() + ": " + line);
                    }
                });
    }

    private HandlerSpace all() {
        return graph().handlerSpace();
    }

    /** What a client of this element may do now. */
    private final class Offered implements HandlerSpace {
        private ControlSocket now() {
            return (ControlSocket) successor();
        }

        @Override
        public String read(String path, String argument) throws HandlerException {
            return now().all().read(path, argument);
        }

        @Override
        public void checkRead(String path) throws HandlerException {
            now().all().checkRead(path);
        }

        @Override
        public void write(String path, String value) throws HandlerException {
            checkWrite(path);
            now().all().write(path, value);
        }

        @Override
        public void checkWrite(String path) throws HandlerException {
            now().all().checkWrite(path);
            if (now().readOnly) {
                throw new HandlerException(
                        HandlerException.Kind.PERMISSION_DENIED,
                        "Permission denied for '" + path + "'");
            }
        }
    }
}
