package vini.forwarder;

import vini.forwarder.control.HandlerSpace;

import java.util.function.Predicate;

/**
 * The handlers of a graph as one of its elements names them: inside of a compound element {@code
 * c.count} is first looked for there, and a name without an element is the element's own handler,
 * or else one of the whole graph.
 */
final class ScopedHandlers implements HandlerSpace {
    private final HandlerSpace all;
    private final String element;
    private final Handlers own;
    private final Predicate<String> isElement;

    ScopedHandlers(HandlerSpace all, String element, Handlers own, Predicate<String> isElement) {
        this.all = all;
        this.element = element;
        this.own = own;
        this.isElement = isElement;
    }

    private String resolved(String path) {
        int dot = path.lastIndexOf('.');
        if (dot < 0) {
            return own.has(path) ? element + "." + path : path;
        }
        String owner = path.substring(0, dot);
        for (String scope : Scopes.around(element)) {
            if (isElement.test(scope + owner)) {
                return scope + path;
            }
        }
        return path;
    }

    @Override
    public String read(String path, String argument) throws HandlerException {
        return all.read(resolved(path), argument);
    }

    @Override
    public void write(String path, String value) throws HandlerException {
        all.write(resolved(path), value);
    }

    @Override
    public void checkRead(String path) throws HandlerException {
        all.checkRead(resolved(path));
    }

    @Override
    public void checkWrite(String path) throws HandlerException {
        all.checkWrite(resolved(path));
    }
}
