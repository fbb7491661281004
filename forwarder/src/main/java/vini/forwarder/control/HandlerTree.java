package vini.forwarder.control;

import org.jspecify.annotations.Nullable;

import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;

import java.util.function.Function;

/**
 * A {@link HandlerSpace} over {@link Handlers}: a path without a dot is a handler of the process,
 * the others are looked up by what stands before the last dot.
 */
public final class HandlerTree implements HandlerSpace {
    private final Handlers process;
    private final Function<String, @Nullable Handlers> owners;
    private final boolean inside;

    /**
     * @param process the handlers of the process itself
     * @param owners gives the handlers of {@code NODE} or {@code NODE/ELEMENT}, null if there is
     *     none
     */
    public HandlerTree(Handlers process, Function<String, @Nullable Handlers> owners) {
        this(process, owners, false);
    }

    /**
     * @param inside whether it is for elements, which may use what is hidden from everybody else
     */
    public HandlerTree(
            Handlers process, Function<String, @Nullable Handlers> owners, boolean inside) {
        this.process = process;
        this.owners = owners;
        this.inside = inside;
    }

    private record Found(Handlers handlers, String name, String owner) {}

    private Found find(String path) throws HandlerException {
        int dot = path.lastIndexOf('.');
        if (dot < 0) {
            return new Found(process, path, "");
        }
        String owner = path.substring(0, dot);
        Handlers handlers = owners.apply(owner);
        if (handlers == null) {
            throw new HandlerException(
                    HandlerException.Kind.NO_SUCH_ELEMENT, "No element named '" + owner + "'");
        }
        String name = path.substring(dot + 1);
        if (!inside && !handlers.isOpen(name)) {
            throw Handlers.unknown(name, owner);
        }
        return new Found(handlers, name, owner);
    }

    @Override
    public String read(String path, String argument) throws HandlerException {
        Found found = find(path);
        return found.handlers.read(found.name, argument, found.owner);
    }

    @Override
    public void write(String path, String value) throws HandlerException {
        Found found = find(path);
        found.handlers.write(found.name, value, found.owner);
    }

    @Override
    public void checkRead(String path) throws HandlerException {
        Found found = find(path);
        found.handlers.checkRead(found.name, found.owner);
    }

    @Override
    public void checkWrite(String path) throws HandlerException {
        Found found = find(path);
        found.handlers.checkWrite(found.name, found.owner);
    }
}
