package vini.forwarder.elements.ip;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.TableChanges;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A forwarding table: what all lookup elements have in common. It holds the routes and changes them
 * by transactions; how an address is found in them is left to its subclasses. A route is a prefix
 * and the number of a way in a few arrays, no object: there may be two million.
 */
abstract class IpRouteTable extends Element {
    private static final int ROUTES_MAX = 2_000_000;

    private PrefixTable table;
    private Ways ways = new Ways();
    private final RouteText reader = new RouteText();
    private final int[] found = new int[Batch.CAPACITY];
    private List<IpRoute> configured = List.of();

    /** The same by prefix, once anyone has asked. */
    private @Nullable Map<Prefix, IpRoute> configuredByPrefix;

    private long hashSeed;
    private String journalName = "";

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noRoute;

    IpRouteTable() {
        this(false);
    }

    /**
     * @param alwaysLarge whether the table does without small forms
     */
    IpRouteTable(boolean alwaysLarge) {
        table = new PrefixTable(alwaysLarge);
    }

    /** The number of the way of the longest prefix that contains the address, or 0. */
    protected abstract int find(int address);

    /** Finds the ways of many addresses, in place: the memory is asked for all at once. */
    protected void findAll(int[] addresses, int number) {
        for (int i = 0; i < number; i++) {
            addresses[i] = find(addresses[i]);
        }
    }

    /** A prefix has a route, one that it had not or another; told when a change is complete. */
    protected void added(int bits, int length) {}

    /** A prefix has no route any more. */
    protected void removed(int bits, int length) {}

    /** The table is another one now. */
    protected void changed() {}

    /** The routes. */
    protected final PrefixTable table() {
        return table;
    }

    /** The route to that prefix, or null. */
    protected final @Nullable IpRoute route(Prefix prefix) {
        int way = table.get(bits(prefix), prefix.length());
        return way == 0 ? null : route(bits(prefix), prefix.length(), way);
    }

    private IpRoute route(int bits, int length, int way) {
        Ways.Way leads = ways.way(way);
        Prefix prefix = new Prefix(new Ipv4Address(bits), length);
        return new IpRoute(prefix, leads.gateways(), leads.output());
    }

    private static int bits(Prefix prefix) {
        return prefix.address() instanceof Ipv4Address v4 ? v4.bits() : 0;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        configured = arguments.rest("ROUTE", text -> IpRoute.parse(text, addresses()));
    }

    @Override
    protected void initialize() throws ConfigException {
        noRoute = drops("noRoute");
        hashSeed = graph().seed().derive(graph().name() + "/" + name());
        journalName = graph().name() + "/" + name();
        TableChange change = new TableChange();
        for (IpRoute route : configured) {
            if (route.output() >= outputs()) {
                throw new ConfigException("route '" + route + "' leads to an output not in use");
            }
            if (table.get(bits(route.prefix()), route.prefix().length()) != 0) {
                throw new ConfigException("two routes to " + route.prefix());
            }
            try {
                install(route, change);
            } catch (HandlerException e) {
                throw new ConfigException(String.valueOf(e.getMessage()));
            }
        }
        finish(change);
    }

    @Override
    public void push(int port, Batch batch) {
        int size = batch.size();
        int[] numbers = found;
        for (int i = 0; i < size; i++) {
            numbers[i] = batch.get(i).destination();
        }
        findAll(numbers, size);
        // Most batches go one way as a whole: what goes where the first one goes stays in it.
        int main = -1;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Packet packet = batch.get(i);
            int way = numbers[i];
            if (way == 0) {
                noRoute.drop(packet);
                continue;
            }
            int[] gateways = ways.gateways(way);
            if (gateways.length > 0) {
                int chosen =
                        gateways.length == 1
                                ? 0
                                : EqualCost.pick(hashSeed, packet, gateways.length);
                packet.destination(gateways[chosen]);
            }
            int output = ways.output(way);
            if (main < 0 && hasOutput(output)) {
                main = output;
            }
            if (output == main) {
                batch.set(kept++, packet);
            } else {
                addOrDrop(output, packet, noRoute);
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
    protected void handlers(Handlers handlers) {
        readHandlers(handlers);
        handlers.write("add", value -> transaction("add " + value));
        handlers.write("set", value -> transaction("set " + value));
        handlers.write("remove", value -> transaction("remove " + value));
        handlers.write("reset", value -> transaction("reset " + value));
        handlers.write("ctrl", this::transaction);
    }

    /** Adds {@code table} and {@code lookup}. */
    protected final void readHandlers(Handlers handlers) {
        handlers.read("table", this::text);
        handlers.read("lookup", (Handlers.Read) this::lookup);
    }

    /** Takes all routes out: the {@code flush} handler of those that have one. */
    protected final void flush() {
        TableChange change = new TableChange();
        table.forEach((bits, length, way) -> change.add(bits, length, way, 0));
        for (int i = 0; i < change.size(); i++) {
            table.remove(change.bits(i), change.length(i));
        }
        finish(change);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        table.forEach((bits, length, way) -> text.append(route(bits, length, way)).append('\n'));
        return text.toString();
    }

    private String lookup(String address) {
        int way = find(addresses().ip(address.strip()).bits());
        return way == 0 ? "-1" : route(0, 0, way).wayText();
    }

    /** Carries all commands out, or none: what was done before a wrong one is undone. */
    private void transaction(String text) throws HandlerException {
        TableChange change = new TableChange();
        boolean whole = false;
        try {
            for (int from = 0; from < text.length(); ) {
                int newline = text.indexOf('\n', from);
                int end = newline < 0 ? text.length() : newline;
                command(text, from, end, change);
                from = end + 1;
            }
            whole = true;
        } finally {
            reader.line().end();
            if (whole) {
                finish(change);
            } else {
                undo(change);
            }
        }
    }

    private void command(String text, int from, int end, TableChange change)
            throws HandlerException {
        if (!reader.read(text, from, end)) {
            String line = text.substring(from, end).strip();
            if (!line.isEmpty()) {
                command(line, change);
            }
        } else if (reader.line().isRemove()) {
            uninstall(reader.bits(), reader.length(), null, change);
        } else {
            int way = reader.line().way();
            if (way == 0) {
                IpRoute route = route(text.substring(from, end).strip());
                way = take(route);
                reader.line().know(way);
            } else {
                ways.takeAgain(way);
            }
            install(reader.bits(), reader.length(), way, reader.line().isAdd(), change);
        }
    }

    /** The route of an {@code add} or {@code set}. */
    private IpRoute route(String line) throws HandlerException {
        IpRoute route = IpRoute.parse(line.substring(4), addresses());
        if (route.output() >= outputs()) {
            throw new HandlerException("'" + line + "': no output " + route.output());
        }
        return route;
    }

    private void command(String line, TableChange change) throws HandlerException {
        int space = line.indexOf(' ');
        String verb = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        switch (verb) {
            case "add", "set" -> {
                IpRoute route = route(verb + " " + rest);
                install(
                        bits(route.prefix()),
                        route.prefix().length(),
                        take(route),
                        verb.equals("add"),
                        change);
            }
            case "remove" -> {
                IpRoute route = rest.indexOf(' ') < 0 ? null : IpRoute.parse(rest, addresses());
                Prefix prefix = route == null ? IpRoute.prefix(rest, addresses()) : route.prefix();
                uninstall(bits(prefix), prefix.length(), route, change);
            }
            case "reset" -> reset(IpRoute.prefix(rest, addresses()), change);
            default ->
                    throw new HandlerException("'" + verb + "' is not add, set, remove or reset");
        }
    }

    private int take(IpRoute route) throws HandlerException {
        int way = ways.take(Ways.Way.of(route));
        if (way == 0) {
            throw new HandlerException("the table is full: " + PrefixTable.WAYS_MAX + " next hops");
        }
        return way;
    }

    private void install(IpRoute route, TableChange change) throws HandlerException {
        install(bits(route.prefix()), route.prefix().length(), take(route), false, change);
    }

    /**
     * Puts a route in.
     *
     * @param way its number, which was taken for it
     * @param add whether there must be none to that prefix
     */
    private void install(int bits, int length, int way, boolean add, TableChange change)
            throws HandlerException {
        int old = table.get(bits, length);
        String refusal = null;
        if (add && old != 0) {
            refusal = "conflict with existing route '" + route(bits, length, old) + "'";
        } else if (old == 0 && table.size() >= ROUTES_MAX) {
            refusal = "the table is full: " + ROUTES_MAX + " routes";
        } else if (old == 0 && table.isFull(bits, length)) {
            refusal = "the table is full: too many /24 of one /8 have longer prefixes";
        }
        if (refusal != null) {
            give(way);
            throw new HandlerException(refusal);
        }
        if (old == way) {
            give(way);
            return;
        }
        table.put(bits, length, way);
        change.add(bits, length, old, way);
    }

    private void uninstall(int bits, int length, @Nullable IpRoute route, TableChange change)
            throws HandlerException {
        int old = table.get(bits, length);
        if (old == 0 || route != null && !Ways.Way.of(route).equals(ways.way(old))) {
            throw new HandlerException(
                    "there is no route to "
                            + (route == null ? new Prefix(new Ipv4Address(bits), length) : route));
        }
        table.remove(bits, length);
        change.add(bits, length, old, 0);
    }

    /** Gives a prefix what the configuration says of it: its route, or none. */
    private void reset(Prefix prefix, TableChange change) throws HandlerException {
        Map<Prefix, IpRoute> routes = configuredByPrefix;
        if (routes == null) {
            routes = byPrefix(configured);
            configuredByPrefix = routes;
        }
        IpRoute route = routes.get(prefix);
        if (route == null) {
            uninstall(bits(prefix), prefix.length(), null, change);
        } else {
            install(route, change);
        }
    }

    private void give(int way) {
        if (ways.give(way)) {
            reader.line().forget();
        }
    }

    private void finish(TableChange change) {
        long now = loop().clock().nowNanos();
        for (int i = 0; i < change.size(); i++) {
            int way = change.after(i);
            journal(now, change, i, way == 0 ? null : ways.way(way));
            if (way == 0) {
                removed(change.bits(i), change.length(i));
            } else {
                added(change.bits(i), change.length(i));
            }
        }
        for (int i = 0; i < change.size(); i++) {
            if (change.before(i) != 0) {
                give(change.before(i));
            }
        }
        changed();
    }

    private void undo(TableChange change) {
        for (int i = change.size() - 1; i >= 0; i--) {
            if (change.before(i) == 0) {
                table.remove(change.bits(i), change.length(i));
            } else {
                table.put(change.bits(i), change.length(i), change.before(i));
            }
        }
        for (int i = 0; i < change.size(); i++) {
            if (change.after(i) != 0) {
                give(change.after(i));
            }
        }
        changed();
    }

    private void journal(long now, TableChange change, int index, Ways.@Nullable Way way) {
        graph().shared()
                .journal()
                .add(
                        now,
                        journalName,
                        Ways.journalled(change.bits(index), change.length(index)),
                        way == null ? Ways.REMOVED : way);
    }

    @Override
    protected void takeState(Element old) {
        IpRouteTable other = (IpRouteTable) old;
        if (configured.equals(other.configured) && other.ways.outputMax() < outputs()) {
            // Then the routes are what they were; a full table is not copied one by one.
            PrefixTable ownTable = table;
            Ways ownWays = ways;
            table = other.table;
            ways = other.ways;
            other.table = ownTable;
            other.ways = ownWays;
            reader.line().forget();
            other.reader.line().forget();
            changed();
            other.changed();
            return;
        }
        TableChange change = new TableChange();
        TableChanges.goOn(
                byPrefix(other.configured),
                other.routes(),
                byPrefix(configured),
                (prefix, route) -> {
                    try {
                        if (route == null) {
                            uninstall(bits(prefix), prefix.length(), null, change);
                        } else if (route.output() < outputs()) {
                            install(route, change);
                        }
                    } catch (HandlerException e) {
                        chatter(name() + ": " + e.getMessage());
                    }
                });
        finish(change);
    }

    private Map<Prefix, IpRoute> routes() {
        Map<Prefix, IpRoute> map = new TreeMap<>();
        table.forEach(
                (bits, length, way) -> {
                    IpRoute route = route(bits, length, way);
                    map.put(route.prefix(), route);
                });
        return map;
    }

    private static Map<Prefix, IpRoute> byPrefix(List<IpRoute> routes) {
        Map<Prefix, IpRoute> map = new TreeMap<>();
        routes.forEach(route -> map.put(route.prefix(), route));
        return map;
    }
}
