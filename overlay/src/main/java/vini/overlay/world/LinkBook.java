package vini.overlay.world;

import org.jspecify.annotations.Nullable;

import vini.net.Quantity;
import vini.overlay.graph.NodeGraph;
import vini.overlay.topology.Direction;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Topology;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state in which the links of a running slice should be: what was changed since the topology,
 * and for which {@link Cause}. It says which handlers bring a forwarder or a router that knows
 * nothing of it into that state.
 */
public final class LinkBook {
    /** A handler to write. */
    public record Write(String handler, String value) {}

    private static final String UP = "up";

    /** After the last cause's end its own repair has so long before the lease ends. */
    static final long GRACE_NANOS = 1_000_000_000L;

    /** What several causes want of one thing; the last one counts. */
    private static final class Claims {
        private final Map<Long, String> values = new LinkedHashMap<>();
        private final Map<Long, Long> until = new LinkedHashMap<>();

        void put(Cause cause, String value) {
            end(cause);
            values.put(cause.number(), value);
            until.put(cause.number(), cause.untilNanos());
        }

        boolean end(Cause cause) {
            until.remove(cause.number());
            return values.remove(cause.number()) != null;
        }

        String value(String otherwise) {
            String last = otherwise;
            for (String value : values.values()) {
                last = value;
            }
            return last;
        }

        /** What counts when all causes that have an end are over. */
        String lasting(String otherwise) {
            String last = otherwise;
            for (Map.Entry<Long, String> entry : values.entrySet()) {
                last = endOf(entry.getKey()) == Long.MAX_VALUE ? entry.getValue() : last;
            }
            return last;
        }

        /** When the last cause that has an end is over; {@link Long#MIN_VALUE} if none has. */
        long endNanos() {
            long end = Long.MIN_VALUE;
            for (long each : until.values()) {
                end = each == Long.MAX_VALUE ? end : Math.max(end, each);
            }
            return end;
        }

        private long endOf(long cause) {
            return until.getOrDefault(cause, Long.MAX_VALUE);
        }
    }

    private static final class EndState {
        final Claims failures = new Claims();

        /** Of each property that was ever changed. */
        final Map<String, Claims> properties = new TreeMap<>();

        int cost;

        String state() {
            return failures.value(UP);
        }

        boolean isPlain() {
            return failures.values.isEmpty() && properties.isEmpty();
        }

        long endNanos() {
            long end = failures.endNanos();
            for (Claims claims : properties.values()) {
                end = Math.max(end, claims.endNanos());
            }
            return end;
        }
    }

    private final Map<Link, Map<End, EndState>> ends = new LinkedHashMap<>();

    public LinkBook(Topology topology) {
        for (Link link : topology.links()) {
            Map<End, EndState> states = new EnumMap<>(End.class);
            for (End end : End.values()) {
                EndState state = new EndState();
                state.cost = link.from(end).cost();
                states.put(end, state);
            }
            ends.put(link, states);
        }
    }

    private EndState at(Link link, End end) {
        Map<End, EndState> states = ends.get(link);
        if (states == null) {
            throw new IllegalArgumentException("no link " + link.name());
        }
        return states.computeIfAbsent(end, e -> new EndState());
    }

    /** The link fails; {@code from} is the first named end, which matters for one way. */
    public void fail(Link link, FailureMode mode, End from, Cause cause) {
        switch (mode) {
            case DOWN, SILENT -> {
                at(link, End.A).failures.put(cause, mode.toString());
                at(link, End.B).failures.put(cause, mode.toString());
            }
            case ONEWAY -> {
                at(link, from).failures.put(cause, FailureMode.SILENT.toString());
                at(link, from.other()).failures.end(cause);
            }
        }
    }

    /**
     * What the cause did to the link is over; the operator's word ends all failures.
     *
     * @return whether there was such a failure and none is left: the link works again, both ways
     */
    public boolean restore(Link link, Cause cause) {
        boolean found = false;
        for (End end : End.values()) {
            Claims failures = at(link, end).failures;
            if (cause.isOperator()) {
                found |= !failures.values.isEmpty();
                failures.values.clear();
                failures.until.clear();
            } else {
                found |= failures.end(cause);
            }
        }
        return found && state(link).equals(UP);
    }

    /**
     * A property of one direction changes. What the forwarder would refuse must not be in the book,
     * or each new forwarder would refuse it again, and all that comes after it.
     *
     * @param property a handler of the Link element, as {@link
     *     vini.forwarder.elements.overlay.Link#check} knows it
     * @throws IllegalArgumentException with a sentence for the user
     */
    public void set(Link link, End from, String property, String value, Cause cause) {
        vini.forwarder.elements.overlay.Link.check(property, value);
        claims(link, from, property).put(cause, value);
    }

    private Claims claims(Link link, End from, String property) {
        return at(link, from).properties.computeIfAbsent(property, p -> new Claims());
    }

    /** What the cause made of the properties of a direction is over. */
    public void unset(Link link, End from, Cause cause) {
        at(link, from).properties.values().forEach(claims -> claims.end(cause));
    }

    /**
     * The routing cost of one direction changes.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public void cost(Link link, End from, int cost) {
        if (cost < 1 || cost > Direction.COST_MAX) {
            throw new IllegalArgumentException(
                    "the cost " + cost + " is outside 1-" + Direction.COST_MAX);
        }
        at(link, from).cost = cost;
    }

    public int cost(Link link, End from) {
        return at(link, from).cost;
    }

    /** {@code up}, {@code down}, {@code silent} or {@code oneway}. */
    public String state(Link link) {
        String a = at(link, End.A).state();
        String b = at(link, End.B).state();
        return a.equals(b) ? a : FailureMode.ONEWAY.toString();
    }

    /** The state of one direction: {@code up}, {@code down} or {@code silent}. */
    public String state(Link link, End from) {
        return at(link, from).state();
    }

    /** A property of one direction as it is now, changed or not. */
    public String property(Link link, End from, String property) {
        @Nullable Claims claims = at(link, from).properties.get(property);
        String planned = planned(link, from, property);
        return claims == null ? planned : claims.value(planned);
    }

    /** What the topology says. */
    private static String planned(Link link, End from, String property) {
        Direction plan = link.from(from);
        return switch (property) {
            case "delay" -> Quantity.ofNanos(plan.delayNanos());
            case "jitter" -> Quantity.ofNanos(plan.jitterNanos());
            case "loss" -> Quantity.ofFraction(plan.loss());
            case "rate" ->
                    plan.rateBitsPerSecond() == 0
                            ? "none"
                            : Quantity.ofBitsPerSecond(plan.rateBitsPerSecond());
            case "queue" -> Integer.toString(plan.queuePackets());
            // What a topology has no word for does not happen unless it is asked for.
            default -> Quantity.ofFraction(0);
        };
    }

    /** When the last cause that has an end is over; null if none has. */
    public @Nullable Long endNanos(Link link) {
        long end = Math.max(at(link, End.A).endNanos(), at(link, End.B).endNanos());
        return end == Long.MIN_VALUE ? null : end;
    }

    /**
     * What to write to the forwarder for one link.
     *
     * @param nowNanos on the clock of the causes
     */
    public List<Write> forwarderWrites(Link link, long nowNanos) {
        List<Write> writes = new ArrayList<>();
        for (End end : End.values()) {
            EndState state = at(link, end);
            String element =
                    link.node(end).name() + "/" + NodeGraph.linkElement(link.node(end.other()));
            for (String property : state.properties.keySet()) {
                writes.add(new Write(element + "." + property, property(link, end, property)));
            }
            writes.add(new Write(element + ".state", state.state()));
            writes.add(new Write(element + ".lease", lease(link, end, nowNanos)));
        }
        return writes;
    }

    /** After which time the forwarder is to repair the link by itself, and to what. */
    private String lease(Link link, End end, long nowNanos) {
        EndState state = at(link, end);
        long until = state.endNanos();
        if (until == Long.MIN_VALUE) {
            return "none";
        }
        long left = Math.max(0, until - nowNanos) + GRACE_NANOS;
        StringBuilder lease = new StringBuilder(Quantity.ofNanos(left));
        lease.append(" state ").append(state.failures.lasting(UP));
        state.properties.forEach(
                (property, claims) ->
                        lease.append(' ')
                                .append(property)
                                .append(' ')
                                .append(claims.lasting(planned(link, end, property))));
        return lease.toString();
    }

    /** What to write to a forwarder that has just been started: only what differs. */
    public List<Write> forwarderWrites(long nowNanos) {
        List<Write> writes = new ArrayList<>();
        for (Link link : ends.keySet()) {
            if (!at(link, End.A).isPlain() || !at(link, End.B).isPlain()) {
                writes.addAll(forwarderWrites(link, nowNanos));
            }
        }
        return writes;
    }

    /** What to write to the router for the costs of one link. */
    public List<Write> routerWrites(Link link) {
        List<Write> writes = new ArrayList<>();
        for (End end : End.values()) {
            writes.add(
                    new Write(
                            link.node(end).name() + ".cost",
                            link.node(end.other()).name() + " " + at(link, end).cost));
        }
        return writes;
    }

    /** What to write to a router that has just been started: only what differs. */
    public List<Write> routerWrites() {
        List<Write> writes = new ArrayList<>();
        for (Link link : ends.keySet()) {
            if (at(link, End.A).cost != link.forward().cost()
                    || at(link, End.B).cost != link.backward().cost()) {
                writes.addAll(routerWrites(link));
            }
        }
        return writes;
    }
}
