package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.forwarder.elements.overlay.UdpTunnel;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Kind;
import vini.overlay.json.OneOrMore;
import vini.overlay.json.ParsedKind;
import vini.overlay.json.Place;
import vini.overlay.json.Range;
import vini.overlay.json.Rate;
import vini.overlay.json.ReadBy;
import vini.overlay.json.Schemas;
import vini.overlay.json.Share;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@Called("link")
@Doc("A virtual link; its properties hold for both directions unless forward or backward differ.")
record LinkForm(
        @Doc("The two nodes; forward is from the first to the second.") Between between,
        @Doc("Routing metric of both directions, or [forward, backward].") @Default("10")
                Costs cost,
        @Doc("One-way delay.") @Bounds(max = "60s") @Default("0ms") Duration delay,
        @Doc("Width of the uniform random extra delay; order is kept.")
                @Bounds(max = "60s")
                @Default("0ms")
                Duration jitter,
        @Doc("Share of packets lost at random.") @Default("0%") Share loss,
        @Doc("Rate limit; unlimited if absent.") @Bounds(min = "1bps", max = "1000Gbps")
                @Nullable Rate rate,
        @Doc("How many packets wait for the rate before the next is dropped.")
                @Range(min = 1, max = Direction.QUEUE_PACKETS_MAX)
                @Default("100")
                int queue,
        @Doc("Bytes of the largest IP packet, the same at both ends.")
                @Range(min = 576, max = UdpTunnel.MTU_MAX)
                @Default("1500")
                int mtu,
        @Doc("What differs from the first node to the second.") @Nullable SideForm forward,
        @Doc("What differs from the second node to the first.") @Nullable SideForm backward,
        @Doc("Pins the addresses of both ends, as in [\"10.1.0.1/30\", \"10.1.0.2/30\"].")
                @ReadBy(LinkForm.Addresses.class)
                @Nullable List<List<InterfaceAddress>> addresses,
        @Doc("The machine's interfaces that carry it: when one loses its carrier, the link fails.")
                @ReadBy(LinkForm.Devices.class)
                @Nullable List<String> via,
        @Doc(
                        "How often its ends tell each other that they are there: when one misses"
                                + " the other three times, the link fails. They do not if absent.")
                @Bounds(min = "10ms", max = "60s")
                @Nullable Duration watch) {
    Direction direction(End end) {
        SideForm side = end == End.A ? forward : backward;
        int linkCost = end == End.A ? cost.forward() : cost.backward();
        if (side == null) {
            side = new SideForm(null, null, null, null, null, null);
        }
        Rate limit = side.rate() == null ? rate : side.rate();
        return new Direction(
                side.cost() == null ? linkCost : side.cost(),
                (side.delay() == null ? delay : side.delay()).toNanos(),
                (side.jitter() == null ? jitter : side.jitter()).toNanos(),
                (side.loss() == null ? loss : side.loss()).ofOne(),
                limit == null ? 0 : limit.bitsPerSecond(),
                side.queue() == null ? queue : side.queue());
    }

    /** The form from which the same link is read again. */
    static LinkForm of(Link link) {
        Direction there = link.forward();
        Direction back = link.backward();
        boolean limited = there.rateBitsPerSecond() > 0 && back.rateBitsPerSecond() > 0;
        boolean symmetric =
                there.delayNanos() == back.delayNanos()
                        && there.jitterNanos() == back.jitterNanos()
                        && there.loss() == back.loss()
                        && there.rateBitsPerSecond() == back.rateBitsPerSecond()
                        && there.queuePackets() == back.queuePackets();
        List<List<InterfaceAddress>> pinned = List.of(link.addressesA(), link.addressesB());
        return new LinkForm(
                new Between(link.a().name(), link.b().name()),
                new Costs(there.cost(), back.cost()),
                Duration.ofNanos(there.delayNanos()),
                Duration.ofNanos(there.jitterNanos()),
                new Share(there.loss()),
                limited && symmetric ? new Rate(there.rateBitsPerSecond()) : null,
                there.queuePackets(),
                link.mtu(),
                symmetric ? null : side(there),
                symmetric ? null : side(back),
                link.addressesA().isEmpty() ? null : pinned,
                link.via().isEmpty() ? null : link.via(),
                link.watchNanos() == 0 ? null : Duration.ofNanos(link.watchNanos()));
    }

    private static SideForm side(Direction direction) {
        return new SideForm(
                null,
                Duration.ofNanos(direction.delayNanos()),
                Duration.ofNanos(direction.jitterNanos()),
                new Share(direction.loss()),
                direction.rateBitsPerSecond() == 0 ? null : new Rate(direction.rateBitsPerSecond()),
                direction.queuePackets());
    }

    /** Names of network interfaces as Linux has them. */
    static final class Devices extends OneOrMore<String> {
        Devices() {
            super(new ParsedKind<>("eth1", Devices::parse));
        }

        private static String parse(String text) {
            if (!text.matches("[^/\\s]{1,15}") || text.startsWith(".")) {
                throw new IllegalArgumentException("\"" + text + "\" is no interface's name");
            }
            return text;
        }
    }

    /** Two entries, one per end, each an address with length or a list of such. */
    static final class Addresses implements Kind<List<List<InterfaceAddress>>> {
        private static final OneOrMore<InterfaceAddress> END =
                new OneOrMore<>(new InterfaceAddress.Form());

        @Override
        public @Nullable List<List<InterfaceAddress>> read(Place place) {
            List<Place> items = place.items();
            if (items.size() != 2) {
                place.wrong("one entry per end, as in [\"10.1.0.1/30\", \"10.1.0.2/30\"]");
                return null;
            }
            List<List<InterfaceAddress>> ends = new ArrayList<>();
            for (Place item : items) {
                List<InterfaceAddress> end = END.read(item);
                if (end != null) {
                    ends.add(end);
                }
            }
            return ends.size() == 2 ? List.copyOf(ends) : null;
        }

        @Override
        public JsonNode write(List<List<InterfaceAddress>> value) {
            ArrayNode ends = JsonNodeFactory.instance.arrayNode();
            value.forEach(end -> ends.add(END.write(end)));
            return ends;
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
            schema.set("items", END.schema(schemas));
            return schema.put("minItems", 2).put("maxItems", 2);
        }
    }
}
