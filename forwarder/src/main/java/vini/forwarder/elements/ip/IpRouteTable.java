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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A forwarding table: what all lookup elements have in common. It holds the routes in order and
 * changes them by transactions; how an address is found in them is left to its subclasses.
 */
abstract class IpRouteTable extends Element {
    private static final int ROUTES_MAX = 2_000_000;

    private final NavigableMap<Prefix, IpRoute> table = new TreeMap<>();
    private List<IpRoute> configured = List.of();
    private long hashSeed;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noRoute;

    private record Command(String verb, Prefix prefix, @Nullable IpRoute route) {}

    /** The route with the longest prefix that contains the address, or one like it. */
    protected abstract @Nullable IpRoute find(int address);

    /** The table has a new route, in place of {@code old} if there was one to that prefix. */
    protected abstract void added(IpRoute route, @Nullable IpRoute old);

    /** The table has lost a route. */
    protected abstract void removed(IpRoute route);

    /** Refuses {@code more} routes if the table has no room for them. */
    protected void checkRoom(int more) throws HandlerException {
        if (table.size() + more > ROUTES_MAX) {
            throw new HandlerException("the table is full: " + ROUTES_MAX + " routes");
        }
    }

    /** The routes, by address, a shorter prefix before those that it contains. */
    protected final NavigableMap<Prefix, IpRoute> table() {
        return table;
    }

    /** The route with the longest prefix that contains this one and is shorter; or none. */
    protected final @Nullable IpRoute covering(Prefix prefix) {
        for (int length = prefix.length() - 1; length >= 0; length--) {
            IpRoute route = table.get(new Prefix(prefix.address(), length));
            if (route != null) {
                return route;
            }
        }
        return null;
    }

    static int bits(Prefix prefix) {
        return prefix.address() instanceof Ipv4Address v4 ? v4.bits() : 0;
    }

    /** The last address of a prefix. */
    static int lastBits(Prefix prefix) {
        return bits(prefix) | ~Ipv4Address.mask(prefix.length());
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        configured = arguments.rest("ROUTE", text -> IpRoute.parse(text, addresses()));
    }

    @Override
    protected void initialize() throws ConfigException {
        noRoute = drops("noRoute");
        hashSeed = graph().seed().derive(graph().name() + "/" + name());
        for (IpRoute route : configured) {
            if (route.output() >= outputs()) {
                throw new ConfigException("route '" + route + "' leads to an output not in use");
            }
            if (table.containsKey(route.prefix())) {
                throw new ConfigException("two routes to " + route.prefix());
            }
            try {
                checkRoom(1);
            } catch (HandlerException e) {
                throw new ConfigException(String.valueOf(e.getMessage()));
            }
            install(route);
        }
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            IpRoute route = find(packet.destination());
            if (route == null) {
                noRoute.drop(packet);
                continue;
            }
            List<Ipv4Address> gateways = route.gateways();
            if (!gateways.isEmpty()) {
                int ways = gateways.size();
                int way = ways == 1 ? 0 : EqualCost.pick(hashSeed, packet, ways);
                packet.destination(gateways.get(way).bits());
            }
            addOrDrop(route.output(), packet, noRoute);
        }
        batch.recycle();
        flushOutputs();
    }

    @Override
    protected void handlers(Handlers handlers) {
        readHandlers(handlers);
        handlers.write("add", value -> transaction("add " + value));
        handlers.write("set", value -> transaction("set " + value));
        handlers.write("remove", value -> transaction("remove " + value));
        handlers.write("ctrl", this::transaction);
    }

    /** Adds {@code table} and {@code lookup}. */
    protected final void readHandlers(Handlers handlers) {
        handlers.read("table", this::text);
        handlers.read("lookup", (Handlers.Read) this::lookup);
    }

    /** Takes all routes out: the {@code flush} handler of those that have one. */
    protected final void flush() {
        List.copyOf(table.keySet()).forEach(this::uninstall);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        table.values().forEach(route -> text.append(route).append('\n'));
        return text.toString();
    }

    private String lookup(String address) {
        IpRoute route = find(addresses().ip(address.strip()).bits());
        return route == null ? "-1" : route.wayText();
    }

    private void transaction(String text) throws HandlerException {
        List<Command> commands = new ArrayList<>();
        Map<Prefix, Command> last = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                Command command = command(line.strip());
                check(command, last);
                commands.add(command);
            }
        }
        for (Command command : commands) {
            if (command.route != null && !command.verb.equals("remove")) {
                install(command.route);
            } else {
                uninstall(command.prefix);
            }
        }
    }

    private Command command(String line) throws HandlerException {
        int space = line.indexOf(' ');
        String verb = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        return switch (verb) {
            case "add", "set" -> {
                IpRoute route = IpRoute.parse(rest, addresses());
                if (route.output() >= outputs()) {
                    throw new HandlerException("'" + line + "': no output " + route.output());
                }
                yield new Command(verb, route.prefix(), route);
            }
            case "remove" -> {
                if (rest.indexOf(' ') < 0) {
                    yield new Command(verb, IpRoute.prefix(rest, addresses()), null);
                }
                IpRoute route = IpRoute.parse(rest, addresses());
                yield new Command(verb, route.prefix(), route);
            }
            default -> throw new HandlerException("'" + verb + "' is not add, set or remove");
        };
    }

    /**
     * Refuses a command before any is carried out; {@code last} has, for each prefix, the last of
     * those before it.
     */
    private void check(Command command, Map<Prefix, Command> last) throws HandlerException {
        Command before = last.get(command.prefix);
        IpRoute there = before == null ? table.get(command.prefix) : after(before);
        if (command.verb.equals("add") && there != null) {
            throw new HandlerException("conflict with existing route '" + there + "'");
        }
        if (command.verb.equals("remove")) {
            if (there == null || command.route != null && !command.route.equals(there)) {
                throw new HandlerException(
                        "there is no route to "
                                + (command.route == null ? command.prefix : command.route));
            }
        } else if (there == null) {
            // At most, since some of those before it may replace or remove.
            checkRoom(last.size() + 1);
        }
        last.put(command.prefix, command);
    }

    private static @Nullable IpRoute after(Command command) {
        return command.verb.equals("remove") ? null : command.route;
    }

    private void install(IpRoute route) {
        IpRoute old = table.put(route.prefix(), route);
        if (!route.equals(old)) {
            added(route, old);
            journal("set " + route.prefix() + " " + route.gatewayText());
        }
    }

    private void uninstall(Prefix prefix) {
        IpRoute old = table.remove(prefix);
        if (old != null) {
            removed(old);
            journal("remove " + prefix);
        }
    }

    private void journal(String text) {
        graph().shared()
                .journal()
                .add(loop().clock().nowNanos(), graph().name() + "/" + name(), text);
    }

    @Override
    protected void takeState(Element old) {
        IpRouteTable other = (IpRouteTable) old;
        TableChanges.goOn(
                byPrefix(other.configured),
                other.table,
                byPrefix(configured),
                (prefix, route) -> {
                    if (route == null) {
                        uninstall(prefix);
                    } else if (route.output() < outputs()
                            && (table.containsKey(prefix) || hasRoom())) {
                        install(route);
                    }
                });
    }

    private static Map<Prefix, IpRoute> byPrefix(List<IpRoute> routes) {
        Map<Prefix, IpRoute> map = new TreeMap<>();
        routes.forEach(route -> map.put(route.prefix(), route));
        return map;
    }

    private boolean hasRoom() {
        try {
            checkRoom(1);
            return true;
        } catch (HandlerException e) {
            return false;
        }
    }
}
