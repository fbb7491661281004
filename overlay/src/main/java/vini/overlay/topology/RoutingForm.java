package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.EnumKind;
import vini.overlay.json.JsonValue;
import vini.overlay.json.Kind;
import vini.overlay.json.Kinds;
import vini.overlay.json.Place;
import vini.overlay.json.Schemas;
import vini.overlay.json.WrongKey;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

@Called("routing")
@Doc("How routes are found.")
record RoutingForm(
        @Doc("Who computes the routes.") @Default("ospf") Protocol protocol,
        @Doc("Time between two hellos, whole seconds.")
                @Bounds(min = "1s", max = "65535s")
                @Default("10s")
                Duration hello,
        @Doc("Silence after which a neighbour is gone, whole seconds; four hellos if absent.")
                @Bounds(min = "1s", max = "65535s")
                @Nullable Duration dead) {
    private static final int DEAD_HELLOS = 4; // RFC 2328 C.3 suggests it

    RoutingForm {
        wholeSeconds("hello", hello);
        if (dead != null) {
            wholeSeconds("dead", dead);
            if (dead.compareTo(hello) <= 0) {
                throw new WrongKey(
                        "dead",
                        "must be longer than \"hello\" ("
                                + hello.toSeconds()
                                + "s); two to four times that is usual");
            }
        } else if (hello.toSeconds() * DEAD_HELLOS > 65535) {
            throw new WrongKey("hello", "with no \"dead\", at most 16383s; give \"dead\" as well");
        }
    }

    private static void wholeSeconds(String key, Duration time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
            throw new WrongKey(key, "OSPF counts whole seconds, as in \"5s\"");
        }
    }

    Routing routing() {
        long silence = dead == null ? hello.toSeconds() * DEAD_HELLOS : dead.toSeconds();
        return new Routing(protocol, (int) hello.toSeconds(), (int) silence);
    }

    static RoutingForm of(Routing routing) {
        return new RoutingForm(
                routing.protocol(),
                Duration.ofSeconds(routing.helloSeconds()),
                Duration.ofSeconds(routing.deadSeconds()));
    }

    /** An object, or the protocol alone: {@code "routing": "ospf"}. */
    static final class Form implements Kind<RoutingForm> {
        private static final EnumKind<Protocol> PROTOCOL = new EnumKind<>(Protocol.class);

        @Override
        public @Nullable RoutingForm read(Place place) {
            if (place.value() instanceof JsonValue.Text) {
                Protocol protocol = PROTOCOL.read(place);
                return protocol == null
                        ? null
                        : new RoutingForm(protocol, Duration.ofSeconds(10), null);
            }
            return Kinds.struct(RoutingForm.class).read(place);
        }

        @Override
        public JsonNode write(RoutingForm value) {
            return Kinds.struct(RoutingForm.class).write(value);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode either = JsonNodeFactory.instance.objectNode();
            either.putArray("oneOf")
                    .add(PROTOCOL.schema(schemas))
                    .add(Kinds.struct(RoutingForm.class).schema(schemas));
            return either;
        }
    }
}
