package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
@ElementClass(name = "LookupIP6Route", ports = "1/-", processing = "h/h")
public final class LookupIp6Route extends Element {
    private static final int ROUTES_MAX = 1_000_000;

    private final Ip6Table table = new Ip6Table();
    private Map<Prefix, Ip6Route> configured = Map.of();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noRoute;

    private record Command(String verb, Prefix prefix, @Nullable Ip6Route route) {}

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
    }

    @Override
    protected void initialize() {
        configured = table.routes();
        noRoute = drops("noRoute");
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            Ip6Table.Way way =
                    table.lookup(Ip6.destinationHigh(packet), Ip6.destinationLow(packet));
            if (way == null) {
                noRoute.drop(packet);
                continue;
            }
            if (way.hasGateway()) {
                Ip6.destination(packet, way.gateway());
            }
            addOrDrop(way.output(), packet, noRoute);
        }
        batch.recycle();
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
                    } else if (route.output() < outputs() && table.size() < ROUTES_MAX) {
                        table.put(route);
                    }
                });
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

    private void transaction(String text) throws HandlerException {
        List<Command> commands = new ArrayList<>();
        Map<Prefix, Boolean> present = new LinkedHashMap<>(); // never walked
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                Command command = command(line.strip());
                check(command, present);
                commands.add(command);
            }
        }
        for (Command command : commands) {
            if (command.route != null) {
                table.put(command.route);
            } else {
                table.remove(command.prefix);
            }
        }
    }

    private Command command(String line) throws HandlerException {
        int space = line.indexOf(' ');
        String verb = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        return switch (verb) {
            case "add", "set" -> {
                Ip6Route route = Ip6Route.parse(rest, addresses());
                if (route.output() >= outputs()) {
                    throw new HandlerException("'" + line + "': no output " + route.output());
                }
                yield new Command(verb, route.prefix(), route);
            }
            case "remove" -> {
                String prefix = rest.split("\\s+", 2)[0];
                yield new Command(verb, Ip6Route.prefix(prefix, addresses()), null);
            }
            default -> throw new HandlerException("'" + verb + "' is not add, set or remove");
        };
    }

    /**
     * Refuses a command before any is carried out; {@code present} has what those before it did.
     */
    private void check(Command command, Map<Prefix, Boolean> present) throws HandlerException {
        boolean there = present.getOrDefault(command.prefix, table.contains(command.prefix));
        if (command.verb.equals("add") && there) {
            throw new HandlerException("there is a route to " + command.prefix + " already");
        }
        if (command.verb.equals("remove") && !there) {
            throw new HandlerException("there is no route to " + command.prefix);
        }
        if (!there && table.size() + present.size() >= ROUTES_MAX) {
            throw new HandlerException("the table is full: " + ROUTES_MAX + " routes");
        }
        present.put(command.prefix, command.route != null);
    }
}
