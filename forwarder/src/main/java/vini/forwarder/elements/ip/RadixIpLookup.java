package vini.forwarder.elements.ip;

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
import vini.net.FlowHash;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The forwarding table (FIB): sends each packet to the output of the longest prefix that contains
 * its destination annotation, which becomes the route's gateway if it has one. With several
 * gateways a flow keeps to one of them; which one is a hash of addresses, protocol and ports (ICMP
 * echo: id) with a seed of the node's own. Packets without a route are dropped.
 *
 * <pre>{@code
 * fib :: RadixIPLookup(10.77.0.7/32 0, 0.0.0.0/0 10.77.128.2 1, 10.0.0.0/8 10.77.128.2|10.77.128.6 1);
 * }</pre>
 *
 * <p>Handlers: {@code table} (read: a route a line), {@code lookup} (read with an address: {@code
 * OUT GATEWAY}), {@code add}, {@code set}, {@code remove} (write a route), {@code ctrl} (write many
 * commands, one a line: {@code add ROUTE}, {@code set ROUTE}, {@code remove PREFIX}; all or none
 * happen, and no packet sees a part of them). Each change stands in the process's journal.
 */
@AutoService(Element.class)
@ElementClass(name = "RadixIPLookup", ports = "1/-", processing = "h/h")
public final class RadixIpLookup extends Element {
    private static final int ROUTES_MAX = 2_000_000;

    private final Map<Prefix, IpRoute> table = new TreeMap<>();
    private final PrefixTrie trie = new PrefixTrie();

    /** Routes by the trie's values; index 0 stands for no route. */
    private @Nullable IpRoute[] routes = new @Nullable IpRoute[16];

    private final Map<Prefix, Integer> values = new TreeMap<>();
    private final List<Integer> freeValues = new ArrayList<>();
    private int nextValue = 1;

    private List<IpRoute> configured = List.of();
    private long hashSeed;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noRoute;

    private record Command(String verb, Prefix prefix, @Nullable IpRoute route) {}

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        configured = arguments.rest("ROUTE", IpRoute::parse);
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
            install(route);
        }
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            IpRoute route = routes[trie.lookup(packet.destination())];
            if (route == null) {
                noRoute.drop(packet);
                continue;
            }
            List<Ipv4Address> gateways = route.gateways();
            if (!gateways.isEmpty()) {
                int way = gateways.size() == 1 ? 0 : pick(packet, gateways.size());
                packet.destination(gateways.get(way).bits());
            }
            addOrDrop(route.output(), packet, noRoute);
        }
        batch.recycle();
        flushOutputs();
    }

    private int pick(Packet packet, int ways) {
        int header = packet.networkHeader();
        int protocol = packet.u8(header + Ipv4Header.PROTOCOL_AT);
        return FlowHash.pick(
                hashSeed,
                packet.i32(header + Ipv4Header.SOURCE_AT),
                packet.i32(header + Ipv4Header.DESTINATION_AT),
                protocol,
                ports(packet, header, protocol),
                ways);
    }

    private static int ports(Packet packet, int header, int protocol) {
        int payload = header + ((packet.u8(header) & 0x0f) << 2);
        boolean fragment =
                (packet.u16(header + Ipv4Header.FRAGMENT_AT)
                                & (Ipv4Header.FRAGMENT_OFFSET_MASK | Ipv4Header.MORE_FRAGMENTS))
                        != 0;
        if (fragment || packet.length() < payload + 8) {
            return 0;
        }
        return switch (protocol) {
            case Ipv4Header.TCP, Ipv4Header.UDP -> packet.i32(payload);
            case Ipv4Header.ICMP ->
                    packet.u8(payload) == IcmpHeader.ECHO_REQUEST
                                    || packet.u8(payload) == IcmpHeader.ECHO_REPLY
                            ? packet.u16(payload + IcmpHeader.ID_AT) << 16
                            : 0;
            default -> 0;
        };
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
        table.values().forEach(route -> text.append(route).append('\n'));
        return text.toString();
    }

    private String lookup(String address) {
        IpRoute route = routes[trie.lookup(Ipv4Address.parse(address.strip()).bits())];
        return route == null ? "-1" : route.output() + " " + route.gatewayText();
    }

    private void transaction(String text) throws HandlerException {
        List<Command> commands = new ArrayList<>();
        Map<Prefix, Boolean> present = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                Command command = command(line.strip());
                check(command, present);
                commands.add(command);
            }
        }
        for (Command command : commands) {
            if (command.route != null) {
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
                IpRoute route = IpRoute.parse(rest);
                if (route.output() >= outputs()) {
                    throw new HandlerException("'" + line + "': no output " + route.output());
                }
                yield new Command(verb, route.prefix(), route);
            }
            case "remove" -> new Command(verb, IpRoute.ipv4(rest.split("\\s+", 2)[0]), null);
            default -> throw new HandlerException("'" + verb + "' is not add, set or remove");
        };
    }

    /**
     * Refuses a command before any is carried out; {@code present} has what those before it did.
     */
    private void check(Command command, Map<Prefix, Boolean> present) throws HandlerException {
        boolean there = present.getOrDefault(command.prefix, table.containsKey(command.prefix));
        if (command.verb.equals("add") && there) {
            throw new HandlerException("there is a route to " + command.prefix + " already");
        }
        if (command.verb.equals("remove") && !there) {
            throw new HandlerException("there is no route to " + command.prefix);
        }
        // At most, since some of those that are present may be replaced.
        if (!there && table.size() + present.size() >= ROUTES_MAX) {
            throw new HandlerException("the table is full: " + ROUTES_MAX + " routes");
        }
        present.put(command.prefix, command.route != null);
    }

    private void install(IpRoute route) {
        if (route.equals(table.put(route.prefix(), route))) {
            return;
        }
        int value = values.computeIfAbsent(route.prefix(), prefix -> newValue());
        routes[value] = route;
        trie.put(bits(route.prefix()), route.prefix().length(), value);
        journal("set " + route.prefix() + " " + route.gatewayText());
    }

    private int newValue() {
        if (!freeValues.isEmpty()) {
            return freeValues.removeLast();
        }
        if (nextValue == routes.length) {
            routes = Arrays.copyOf(routes, routes.length * 2);
        }
        return nextValue++;
    }

    private void uninstall(Prefix prefix) {
        table.remove(prefix);
        Integer value = values.remove(prefix);
        int covering = 0;
        int length = prefix.length() - 1;
        for (; length >= 0 && covering == 0; length--) {
            covering = values.getOrDefault(new Prefix(prefix.address(), length), 0);
        }
        trie.remove(bits(prefix), prefix.length(), covering, length + 1);
        if (value != null) {
            routes[value] = null;
            freeValues.add(value);
        }
        journal("remove " + prefix);
    }

    private static int bits(Prefix prefix) {
        return prefix.address() instanceof Ipv4Address v4 ? v4.bits() : 0;
    }

    private void journal(String text) {
        graph().shared()
                .journal()
                .add(loop().clock().nowNanos(), graph().name() + "/" + name(), text);
    }
}
