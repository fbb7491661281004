package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The handlers of one element (or of a whole graph or process): names that are read or written. */
public final class Handlers {
    /** Answers a read; the argument is empty for most. */
    public interface Read {
        String read(String argument) throws HandlerException;
    }

    /** Takes a written value. */
    public interface Write {
        void write(String value) throws HandlerException;
    }

    /** Answers for all names that are not there otherwise. */
    public interface Proxy {
        /**
         * Answers a read or takes a write.
         *
         * @return what is read; of a write it is ignored
         */
        String call(String name, boolean write, String value) throws HandlerException;
    }

    private record Handler(@Nullable Read read, @Nullable Write write) {}

    private final Map<String, Handler> handlers = new TreeMap<>();
    private final Set<String> hidden = new TreeSet<>();
    private @Nullable Proxy proxy;
    private final @Nullable Loop home;

    /** Handlers that are called on whatever thread reads or writes them. */
    public Handlers() {
        this(null);
    }

    /** Handlers that are called on the thread of that loop, whoever reads or writes them. */
    Handlers(@Nullable Loop home) {
        this.home = home;
    }

    /** What was set, and can be read: to be set again where another graph goes on. */
    private final Set<String> settings = new TreeSet<>();

    /** Adds a read handler without an argument. */
    public Handlers read(String name, Supplier<?> value) {
        return read(name, (Read) argument -> String.valueOf(value.get()));
    }

    public Handlers read(String name, Read read) {
        Handler old = handlers.get(name);
        handlers.put(name, new Handler(read, old == null ? null : old.write));
        return this;
    }

    /** Adds a read handler that only elements of the graph may use, nobody outside of it. */
    public Handlers readInside(String name, Read read) {
        hidden.add(name);
        return read(name, read);
    }

    /** Whether who is not in the graph may use that handler, if it is there. */
    public boolean isOpen(String name) {
        return !hidden.contains(name);
    }

    /** Says who answers for all other names. */
    public Handlers otherwise(Proxy answers) {
        proxy = answers;
        return this;
    }

    /**
     * Adds a write handler. If the same name can be read, it is a setting: its value stays when the
     * graph is replaced by one in which the element's configuration is the same.
     */
    public Handlers write(String name, Write write) {
        return act(
                name,
                value -> {
                    write.write(value);
                    settings.add(name);
                });
    }

    /** Adds a write handler that does something; what is written to it is no setting. */
    public Handlers act(String name, Write write) {
        Handler old = handlers.get(name);
        handlers.put(name, new Handler(old == null ? null : old.read, write));
        return this;
    }

    /** Adds the handlers of a task: {@code scheduled} and {@code tickets} (both read and write). */
    public Handlers task(Task task) {
        read("scheduled", task::isScheduled).read("tickets", () -> task.tickets());
        write(
                "tickets",
                value -> task.tickets(ArgumentTypes.integer(1, Task.TICKETS_MAX).apply(value)));
        return act(
                "scheduled",
                value -> {
                    if (ArgumentTypes.bool(value)) {
                        task.reschedule();
                    } else {
                        task.unschedule();
                    }
                });
    }

    /** Sets what was set in another graph; what cannot be set here is left as it is. */
    void takeSettings(Handlers before) {
        for (String name : before.settings) {
            Handler was = before.handlers.get(name);
            Handler is = handlers.get(name);
            if (was != null && is != null && was.read != null && is.write != null) {
                try {
                    is.write.write(was.read.read(""));
                } catch (HandlerException | IllegalArgumentException e) {
                    // A switch, say, with fewer outputs than before: it is as configured.
                }
            }
        }
    }

    /** Whether there is a handler of that name. */
    public boolean has(String name) {
        return handlers.containsKey(name);
    }

    /** Answers a read of the handler; {@code owner} is whose it is, for messages. */
    public String read(String name, String argument, String owner) throws HandlerException {
        Read read = checkRead(name, owner);
        try {
            return home == null ? read.read(argument) : home.call(() -> read.read(argument));
        } catch (IllegalArgumentException e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        }
    }

    /** Takes a written value; what the handler cannot read becomes a handler error. */
    public void write(String name, String value, String owner) throws HandlerException {
        Write write = checkWrite(name, owner);
        try {
            if (home == null) {
                write.write(value);
            } else {
                boolean _ =
                        home.call(
                                () -> {
                                    write.write(value);
                                    return true;
                                });
            }
        } catch (IllegalArgumentException e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        }
    }

    /** The handler's read side, or an exception that says why there is none. */
    public Read checkRead(String name, String owner) throws HandlerException {
        Read read = find(name, owner).read;
        if (read == null) {
            throw denied(name, owner, "write-only");
        }
        return read;
    }

    /** The handler's write side, or an exception that says why there is none. */
    public Write checkWrite(String name, String owner) throws HandlerException {
        Write write = find(name, owner).write;
        if (write == null) {
            throw denied(name, owner, "read-only");
        }
        return write;
    }

    private Handler find(String name, String owner) throws HandlerException {
        Handler handler = handlers.get(name);
        if (handler != null) {
            return handler;
        }
        Proxy answers = proxy;
        if (answers == null) {
            throw unknown(name, owner);
        }
        return new Handler(
                argument -> answers.call(name, false, argument),
                value -> {
                    String ignored = answers.call(name, true, value);
                });
    }

    private static HandlerException denied(String name, String owner, String what) {
        return new HandlerException(
                HandlerException.Kind.PERMISSION_DENIED,
                "Handler '" + path(name, owner) + "' " + what);
    }

    /** Says that there is no such handler. */
    public static HandlerException unknown(String name, String owner) {
        return new HandlerException(
                HandlerException.Kind.NO_SUCH_HANDLER,
                "No handler named '" + path(name, owner) + "'");
    }

    private static String path(String name, String owner) {
        return owner.isEmpty() ? name : owner + "." + name;
    }

    /** Click's list: a name and {@code r}, {@code w} or {@code rw} a line. */
    public String list() {
        List<String> lines = new ArrayList<>();
        handlers.forEach(
                (name, handler) ->
                        lines.add(
                                name
                                        + "\t"
                                        + (handler.read == null ? "" : "r")
                                        + (handler.write == null ? "" : "w")
                                        + "\n"));
        return String.join("", lines);
    }
}
