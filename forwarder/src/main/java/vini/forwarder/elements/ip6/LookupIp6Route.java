package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.TableChanges;
import vini.net.Ipv6Address;
import vini.net.Prefix;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The IPv6 forwarding table: sends each packet to the output of the longest prefix that contains
 * its IPv6 destination annotation, which becomes the route's gateway if it has one. Packets without
 * a route are dropped.
 *
 * <p>Each argument is a route: {@code ADDR/LENGTH [GATEWAY] OUT}, or {@code ADDR MASK GATEWAY OUT};
 * the gateway {@code ::} or {@code -} stands for none.
 *
 * <pre>{@code
 * ... -> GetIP6Address(24) -> rt :: LookupIP6Route(
 *     3ffe:1ce1:2::/128 ::0 0,
 *     3ffe:1ce1:2::/80 ::0 1,
 *     ::0/0 3ffe:1ce1:2::2 1);
 * }</pre>
 *
 * <p>Handlers: {@code table} (read: a route a line), {@code lookup} (read with an address: {@code
 * OUT GATEWAY}), {@code add}, {@code set}, {@code remove} (write a route), {@code ctrl} (write many
 * commands, one a line: {@code add ROUTE}, {@code set ROUTE}, {@code remove PREFIX}; all or none
 * happen).
 */
@AutoService(Element.class)
@ElementClass(name = "LookupIP6Route", ports = "1/-", processing = "h/h", drops = "noRoute")
public final class LookupIp6Route extends Element {
    private static final int ROUTES_MAX = 1_000_000;

    private final Ip6Table table = new Ip6Table();
    private final Ip6RouteText reader = new Ip6RouteText();

    /** The destinations of a batch, and what was found for them. */
    private final long[] high = new long[Batch.CAPACITY];

    private final long[] low = new long[Batch.CAPACITY];
    private final int[] found = new int[Batch.CAPACITY];
    private Map<Prefix, Ip6Route> configured = new LinkedHashMap<>();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noRoute;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        for (Ip6Route route : arguments.rest("ROUTE", text -> Ip6Route.parse(text, addresses()))) {
            if (route.output() >= outputs()) {
                throw new ConfigException("route '" + route + "' leads to an output not in use");
            }
            if (table.contains(route.prefix())) {
                throw new ConfigException("two routes to " + route.prefix());
            }
            table.put(route);
        }
        table.keep();
    }

    @Override
    protected void initialize() {
        configured = table.routes();
        noRoute = drops("noRoute");
    }

    @Override
    public void push(int port, Batch batch) {
        int size = batch.size();
        for (int i = 0; i < size; i++) {
            high[i] = Ip6.destinationHigh(batch.get(i));
            low[i] = Ip6.destinationLow(batch.get(i));
        }
        table.lookup(high, low, found, size);
        // Most batches go one way as a whole: what goes where the first one goes stays in it.
        int main = -1;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Packet packet = batch.get(i);
            Ip6Table.Way way = table.way(found[i]);
            if (way == null) {
                noRoute.drop(packet);
                continue;
            }
            if (way.hasGateway()) {
                Ip6.destination(packet, way.gateway());
            }
            if (main < 0 && hasOutput(way.output())) {
                main = way.output();
            }
            if (way.output() == main) {
                batch.set(kept++, packet);
            } else {
                addOrDrop(way.output(), packet, noRoute);
            }
        }
        batch.truncate(kept);
        if (kept > 0) {
            output(main).push(batch);
        } else {
            batch.recycle();
        }
        flushOutputs();
    }

    @Override
    protected void takeState(Element old) {
        LookupIp6Route other = (LookupIp6Route) old;
        TableChanges.goOn(
                other.configured,
                other.table.routes(),
                configured,
                (prefix, route) -> {
                    if (route == null) {
                        table.remove(prefix);
                    } else if (route.output() < outputs() && !isFull()) {
                        table.put(route);
                    }
                });
        keep();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("table", this::text);
        handlers.read("lookup", (Handlers.Read) this::lookup);
        handlers.write("add", value -> transaction("add " + value));
        handlers.write("set", value -> transaction("set " + value));
        handlers.write("remove", value -> transaction("remove " + value));
        handlers.write("ctrl", this::transaction);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        table.routes().values().forEach(route -> text.append(route).append('\n'));
        return text.toString();
    }

    private String lookup(String text) {
        Ipv6Address address = addresses().ip6(text.strip());
        Ip6Table.Way way = table.lookup(address.high(), address.low());
        if (way == null) {
            return "-1";
        }
        return way.output() + " " + (way.hasGateway() ? way.gateway() : "-");
    }

    private boolean isFull() {
        return table.size() >= ROUTES_MAX || table.isFull();
    }

    /** Carries all commands out, or none: what was done before a wrong one is undone. */
    private void transaction(String text) throws HandlerException {
        boolean whole = false;
        try {
            for (int from = 0; from < text.length(); ) {
                int newline = text.indexOf('\n', from);
                int end = newline < 0 ? text.length() : newline;
                command(text, from, end);
                from = end + 1;
            }
            whole = true;
        } finally {
            reader.line().end();
            if (whole) {
                keep();
            } else if (table.undo()) {
                reader.line().forget();
            }
        }
    }

    private void keep() {
        if (table.keep()) {
            reader.line().forget();
        }
    }

    private void command(String text, int from, int end) throws HandlerException {
        if (!reader.read(text, from, end)) {
            String line = text.substring(from, end).strip();
            if (!line.isEmpty()) {
                command(line);
            }
            return;
        }
        int length = reader.length();
        if (reader.line().isRemove()) {
            remove(reader.high(), reader.low(), length);
            return;
        }
        admit(reader.high(), reader.low(), length, reader.line().isAdd());
        int way = reader.line().way();
        if (way == 0) {
            way = way(text.substring(from, end).strip());
            reader.line().know(way);
        }
        table.put(reader.high(), reader.low(), length, way);
    }

    /** The way of an {@code add} or {@code set}. */
    private int way(String line) throws HandlerException {
        Ip6Route route = route(line, line.substring(4));
        return table.number(new Ip6Table.Way(route.gateway(), route.output()));
    }

    private Ip6Route route(String line, String rest) throws HandlerException {
        Ip6Route route = Ip6Route.parse(rest, addresses());
        if (route.output() >= outputs()) {
            throw new HandlerException("'" + line + "': no output " + route.output());
        }
        return route;
    }

    private void command(String line) throws HandlerException {
        int space = line.indexOf(' ');
        String verb = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        switch (verb) {
            case "add", "set" -> {
                Ip6Route route = route(line, rest);
                Ipv6Address address = (Ipv6Address) route.prefix().address();
                int length = route.prefix().length();
                admit(address.high(), address.low(), length, verb.equals("add"));
                table.put(route);
            }
            case "remove" -> {
                Prefix prefix = Ip6Route.prefix(rest.split("\\s+", 2)[0], addresses());
                Ipv6Address address = (Ipv6Address) prefix.address();
                remove(address.high(), address.low(), prefix.length());
            }
            default -> throw new HandlerException("'" + verb + "' is not add, set or remove");
        }
    }

    /**
     * Refuses a route that cannot be put in.
     *
     * @param add whether there must be none to that prefix
     */
    private void admit(long first, long second, int length, boolean add) throws HandlerException {
        boolean there = table.contains(first, second, length);
        if (add && there) {
            throw new HandlerException(
                    "there is a route to " + prefix(first, second, length) + " already");
        }
        if (!there && isFull()) {
            throw new HandlerException("the table is full: " + table.size() + " routes");
        }
    }

    private void remove(long first, long second, int length) throws HandlerException {
        if (!table.contains(first, second, length)) {
            throw new HandlerException("there is no route to " + prefix(first, second, length));
        }
        table.remove(first, second, length);
    }

    private static Prefix prefix(long first, long second, int length) {
        return new Prefix(new Ipv6Address(first, second), length);
    }
}
