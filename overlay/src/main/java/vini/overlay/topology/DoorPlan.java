package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;
import vini.net.Prefix;
import vini.overlay.json.Place;
import vini.overlay.json.Suggestion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The doors of a slice: which users each ingress has, and the address of each egress. The ingresses
 * with users of their own get the sixteen shares of the topology's block in order of appearance, so
 * that one that is appended renumbers no users.
 */
public final class DoorPlan {
    private static final int SHARE_BITS = 4;
    private static final int LONGEST_SHARE = 30;

    /** Of addresses that nobody routes (RFC 4193), with "vini" where chance should have been. */
    private static final Ipv6Address IPV6 = (Ipv6Address) IpAddress.parse("fd76:696e:6900::");

    /** Of a slice without links. */
    private static final int MTU_BYTES = 1500;

    /** Set apart for measurements by RFC 2544, and by its size good for 256 slices of 510. */
    private static final int EGRESSES = 0xc612_0000;

    private static final int EGRESSES_OF_A_SLICE = 510;

    private final Topology topology;
    private final Map<String, Prefix> users = new LinkedHashMap<>();

    private DoorPlan(Topology topology) {
        this.topology = topology;
    }

    /**
     * Plans the doors.
     *
     * @throws IllegalArgumentException with a sentence for the user: there are no shares left
     */
    public static DoorPlan of(Topology topology) {
        DoorPlan plan = new DoorPlan(topology);
        int next = 0;
        for (Node node : topology.nodes()) {
            Ingress ingress = node.ingress();
            if (ingress == null || ingress.backs() != null) {
                continue;
            }
            plan.users.put(
                    node.name(), ingress.users() == null ? plan.share(next++) : ingress.users());
        }
        return plan;
    }

    private Prefix share(int number) {
        Prefix all = topology.users();
        int length = Math.min(all.length() + SHARE_BITS, LONGEST_SHARE);
        if (number >= 1 << (length - all.length())) {
            throw new IllegalArgumentException(
                    all
                            + " has shares for "
                            + (1 << (length - all.length()))
                            + " ingresses; give the others \"users\" of their own");
        }
        return new Prefix(all.address().plus((long) number << (32 - length)), length);
    }

    /** Reports what is wrong with the doors of a topology at its place; false if anything is. */
    static boolean check(Place root, Topology topology) {
        boolean good = true;
        Prefix all = topology.users();
        if (!(all.address() instanceof Ipv4Address) || all.length() < 4 || all.length() > 29) {
            root.at("users").wrong(all + " is not an IPv4 block of length 4-29");
            return false;
        }
        Map<String, Node> ingresses = new LinkedHashMap<>();
        int egresses = 0;
        for (Node node : topology.nodes()) {
            if (node.ingress() != null && node.ingress().backs() == null) {
                ingresses.put(node.name(), node);
            }
            if (node.egress() != null && ++egresses > EGRESSES_OF_A_SLICE) {
                root.at("nodes", node.name(), "egress")
                        .wrongPlain("a slice has at most " + EGRESSES_OF_A_SLICE + " egresses");
                return false;
            }
        }
        for (Node node : topology.nodes()) {
            String backs = node.ingress() == null ? null : node.ingress().backs();
            if (backs != null && (!ingresses.containsKey(backs) || backs.equals(node.name()))) {
                root.at("nodes", node.name(), "ingress", "backs")
                        .wrong(
                                "\""
                                        + backs
                                        + "\" is no other node with users of its own (an"
                                        + " \"ingress\" without \"backs\")"
                                        + Suggestion.didYouMean(backs, ingresses.keySet()));
                good = false;
            }
        }
        return good && fit(root, topology);
    }

    /** Users of different ingresses, and the slice itself, have blocks of their own. */
    private static boolean fit(Place root, Topology topology) {
        DoorPlan plan;
        try {
            plan = of(topology);
        } catch (IllegalArgumentException e) {
            root.at("users").wrongPlain(String.valueOf(e.getMessage()));
            return false;
        }
        boolean good = true;
        Claims claims = new Claims();
        claims.take(topology.prefix(), "the topology's \"prefix\"");
        for (Map.Entry<String, Prefix> each : new TreeMap<>(plan.users).entrySet()) {
            Claims.Claim other = claims.take(each.getValue(), "the users of " + each.getKey());
            if (other != null) {
                root.at("nodes", each.getKey(), "ingress", "users")
                        .wrong(
                                each.getValue()
                                        + ", the users of "
                                        + each.getKey()
                                        + ", overlaps "
                                        + other.owner());
                good = false;
            }
        }
        return good;
    }

    /** Whether there is any door. */
    public boolean isEmpty() {
        return topology.nodes().stream().allMatch(n -> n.ingress() == null && n.egress() == null);
    }

    /** The users of an ingress of its own; null for one that backs another, and for no ingress. */
    public @Nullable Prefix users(Node node) {
        return users.get(node.name());
    }

    /** The ingress whose users enter at an ingress: itself, or the one that it backs. */
    public Node home(Node node) {
        String backs = node.ingress() == null ? null : node.ingress().backs();
        Node home = backs == null ? node : topology.node(backs);
        return home == null ? node : home;
    }

    /** The ingresses at which the users of one may enter, that one first. */
    public List<Node> ingresses(Node home) {
        return topology.nodes().stream()
                .filter(node -> node.ingress() != null && home(node).equals(home))
                .sorted((a, b) -> Boolean.compare(b.equals(home), a.equals(home)))
                .toList();
    }

    /** The blocks of the slice's hosts and of its users. */
    public List<Prefix> inside() {
        List<Prefix> blocks = new ArrayList<>();
        blocks.add(topology.prefix());
        blocks.addAll(users.values());
        for (Node node : topology.nodes()) {
            for (IpAddress address : node.addresses()) {
                if (address instanceof Ipv4Address && !topology.prefix().contains(address)) {
                    blocks.add(Prefix.host(address));
                }
            }
        }
        return blocks;
    }

    /** The same with the block in which a device of the machine has its address. */
    public List<Prefix> insideWithMachine() {
        List<Prefix> blocks = new ArrayList<>(List.of(topology.prefix(), topology.users()));
        inside().stream()
                .filter(block -> blocks.stream().noneMatch(wider -> wider.contains(block)))
                .toList()
                .forEach(blocks::add);
        return blocks;
    }

    /**
     * The IPv6 address that goes with one of a slice's: of a user, so that IPv6 comes in by the
     * VPN, and of a node, which then says that it goes no further.
     */
    public static Ipv6Address ipv6(Ipv4Address address) {
        return IPV6.plus(Integer.toUnsignedLong(address.bits()));
    }

    /** The longest packet that all links carry, in bytes. */
    public int mtuBytes() {
        return topology.links().stream().mapToInt(Link::mtu).min().orElse(MTU_BYTES);
    }

    /**
     * The address that the outside sees of an egress.
     *
     * @param slot the slice's number on this machine, 0-255, so that two slices do not meet
     */
    public Ipv4Address egressAddress(Node node, int slot) {
        if (node.egress() == null) {
            throw new IllegalArgumentException(node.name() + " is no egress");
        }
        Ipv4Address pinned = node.egress().address();
        if (pinned != null) {
            return pinned;
        }
        int number = 1;
        for (Node other : topology.nodes()) {
            if (other.equals(node)) {
                break;
            }
            number += other.egress() == null ? 0 : 1;
        }
        return new Ipv4Address(EGRESSES + slot * (EGRESSES_OF_A_SLICE + 2) + number);
    }
}
