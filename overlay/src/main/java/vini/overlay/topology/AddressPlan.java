package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The addresses of a slice. Node n (from 0) has address n + 1 of the topology's prefix, which
 * leaves the lower half to nodes; link k has block k of four addresses in the upper half, .1 for
 * its first end and .2 for its second. So a node or link that is appended renumbers none. Pinned
 * addresses come first: what would automatically get a pinned one gets the highest free one of its
 * half instead.
 */
public final class AddressPlan {
    private static final int LINK_BITS = 2;

    private final List<List<IpAddress>> nodes = new ArrayList<>();
    private final List<List<InterfaceAddress>> endsA = new ArrayList<>();
    private final List<List<InterfaceAddress>> endsB = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Topology topology;
    private final Claims claims = new Claims();
    private final Prefix prefix;
    private final long half;

    private AddressPlan(Topology topology) {
        this.topology = topology;
        this.prefix = topology.prefix();
        // 2^32 addresses are enough, and a long counts them.
        int hostBits = Math.min(32, prefix.address().bitLength() - prefix.length());
        this.half = hostBits == 0 ? 0 : 1L << (hostBits - 1);
    }

    /**
     * Plans all addresses.
     *
     * @throws IllegalArgumentException with a sentence for the user: the prefix is too small
     */
    public static AddressPlan of(Topology topology) {
        AddressPlan plan = new AddressPlan(topology);
        plan.claimPins();
        topology.nodes().forEach(plan::place);
        topology.links().forEach(plan::place);
        return plan;
    }

    private void claimPins() {
        for (Node node : topology.nodes()) {
            for (IpAddress address : node.addresses()) {
                claims.take(Prefix.host(address), owner(node));
            }
        }
        for (Link link : topology.links()) {
            for (InterfaceAddress address : link.addressesA()) {
                claims.take(address.prefix(), owner(link));
            }
        }
    }

    static String owner(Node node) {
        return "node \"" + node.name() + "\"";
    }

    static String owner(Link link) {
        return "link " + link.name();
    }

    private void place(Node node) {
        List<IpAddress> all = new ArrayList<>(node.addresses());
        if (all.stream().noneMatch(this::ofOurFamily)) {
            long slot = node.number() + 1L;
            Prefix taken = slot < half ? take(slot, 0, owner(node)) : null;
            if (taken == null) {
                taken = highestFree(half - 1, 1, 0, owner(node));
                notes.add(
                        owner(node)
                                + " gets "
                                + taken.address()
                                + ", because its automatic address is pinned elsewhere");
            }
            all.addFirst(taken.address());
        }
        nodes.add(List.copyOf(all));
    }

    private void place(Link link) {
        List<InterfaceAddress> a = new ArrayList<>(link.addressesA());
        List<InterfaceAddress> b = new ArrayList<>(link.addressesB());
        if (a.stream().noneMatch(address -> ofOurFamily(address.address()))) {
            long size = 1L << LINK_BITS;
            long slot = half + size * link.number();
            Prefix taken = slot + size <= 2 * half ? take(slot, LINK_BITS, owner(link)) : null;
            if (taken == null) {
                taken = highestFree(2 * half - size, half, LINK_BITS, owner(link));
                notes.add(
                        owner(link)
                                + " gets "
                                + taken
                                + ", because its automatic block is pinned elsewhere");
            }
            a.addFirst(new InterfaceAddress(taken.address().plus(1), taken.length()));
            b.addFirst(new InterfaceAddress(taken.address().plus(2), taken.length()));
        }
        endsA.add(List.copyOf(a));
        endsB.add(List.copyOf(b));
    }

    private boolean ofOurFamily(IpAddress address) {
        return address.bitLength() == prefix.address().bitLength();
    }

    private @Nullable Prefix take(long offset, int bits, String owner) {
        Prefix block =
                new Prefix(prefix.address().plus(offset), prefix.address().bitLength() - bits);
        return claims.take(block, owner) == null ? block : null;
    }

    private Prefix highestFree(long from, long to, int bits, String owner) {
        for (long offset = from; offset >= to; offset -= 1L << bits) {
            Prefix block = take(offset, bits, owner);
            if (block != null) {
                return block;
            }
        }
        throw new IllegalArgumentException(
                prefix
                        + " has no room for "
                        + owner
                        + ": it holds "
                        + Math.max(0, half - 1)
                        + " nodes and "
                        + (half >> LINK_BITS)
                        + " links; use a shorter \"prefix\"");
    }

    /** The first IPv4 address of the node; its router id. */
    public Ipv4Address routerId(Node node) {
        for (IpAddress address : nodeAddresses(node)) {
            if (address instanceof Ipv4Address v4) {
                return v4;
            }
        }
        throw new IllegalStateException(node.name() + " has no IPv4 address");
    }

    /**
     * All addresses of the node, which are those of its host as well; IPv4 first where automatic.
     */
    public List<IpAddress> nodeAddresses(Node node) {
        return nodes.get(node.number());
    }

    /** The first IPv4 address of a link end. */
    public InterfaceAddress linkEnd(Link link, End end) {
        for (InterfaceAddress address : linkEndAddresses(link, end)) {
            if (address.address() instanceof Ipv4Address) {
                return address;
            }
        }
        throw new IllegalStateException(link.name() + " has no IPv4 address");
    }

    /** All addresses of a link end. */
    public List<InterfaceAddress> linkEndAddresses(Link link, End end) {
        return (end == End.A ? endsA : endsB).get(link.number());
    }

    /** The names of the nodes whose addresses these are, their own and those of their link ends. */
    public SortedMap<String, String> nodesByAddress() {
        SortedMap<String, String> names = new TreeMap<>();
        for (Node node : topology.nodes()) {
            nodeAddresses(node).forEach(address -> names.put(address.toString(), node.name()));
        }
        for (Link link : topology.links()) {
            for (End end : End.values()) {
                for (InterfaceAddress at : linkEndAddresses(link, end)) {
                    names.put(at.address().toString(), link.node(end).name());
                }
            }
        }
        return names;
    }

    /** What deserves to be said: who lost the automatic address to a pin. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** A table for people. */
    public String table() {
        int width = 4;
        for (Node node : topology.nodes()) {
            width = Math.max(width, node.name().length());
        }
        for (Link link : topology.links()) {
            width = Math.max(width, link.name().length());
        }
        StringBuilder out = new StringBuilder();
        String row = "%-" + width + "s  %s%n";
        out.append(String.format(row, "node", "address"));
        for (Node node : topology.nodes()) {
            out.append(String.format(row, node.name(), joined(nodeAddresses(node))));
        }
        out.append(String.format("%n" + row, "link", "addresses"));
        for (Link link : topology.links()) {
            String ends =
                    joined(linkEndAddresses(link, End.A))
                            + "  "
                            + joined(linkEndAddresses(link, End.B));
            out.append(String.format(row, link.name(), ends));
        }
        return out.toString();
    }

    private static String joined(List<?> addresses) {
        return String.join(" ", addresses.stream().map(Object::toString).toList());
    }

    /**
     * {@code {"nodes": {"a": ["10.77.0.1"]}, "links": [{"between": [..], "a": [..], "b": [..]}]}}.
     */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode byNode = json.putObject("nodes");
        for (Node node : topology.nodes()) {
            ArrayNode list = byNode.putArray(node.name());
            nodeAddresses(node).forEach(address -> list.add(address.toString()));
        }
        ArrayNode all = json.putArray("links");
        for (Link link : topology.links()) {
            ObjectNode entry = all.addObject();
            entry.putArray("between").add(link.a().name()).add(link.b().name());
            ArrayNode ends = entry.putArray("addresses");
            for (End end : End.values()) {
                ArrayNode list = ends.addArray();
                linkEndAddresses(link, end).forEach(address -> list.add(address.toString()));
            }
        }
        return json;
    }
}
