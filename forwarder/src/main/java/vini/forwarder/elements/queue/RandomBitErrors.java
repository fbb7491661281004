package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Changes each bit of each packet with probability P (0 to 1 or a percentage). KIND says how:
 * {@code flip} (default), {@code set} (to one) or {@code clear} (to zero). With ACTIVE false it
 * changes nothing until told (default true).
 *
 * <pre>{@code
 * ... -> RandomBitErrors(0.0001) -> CheckIPHeader -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code p_bit_error}, {@code error_kind}, {@code active} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "RandomBitErrors", live = true)
public final class RandomBitErrors extends Element {
    private enum Kind {
        FLIP,
        SET,
        CLEAR;

        static Kind parse(String text) {
            return switch (text.strip()) {
                case "flip" -> FLIP;
                case "set" -> SET;
                case "clear" -> CLEAR;
                default ->
                        throw new IllegalArgumentException(
                                "'" + text.strip() + "' is not flip, set or clear");
            };
        }
    }

    private double probability;
    private Kind kind = Kind.FLIP;
    private boolean active;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private RandomGenerator chance;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        probability = arguments.required("P", ArgumentTypes::share);
        kind = arguments.optional("KIND", Kind::parse, Kind.FLIP);
        active = arguments.optional("ACTIVE", ArgumentTypes::bool, true);
    }

    @Override
    protected void initialize() {
        chance = chance();
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        if (!active || probability == 0) {
            return packet;
        }
        long bits = 8L * packet.length();
        long at = gap();
        if (at >= bits) {
            return packet;
        }
        Packet changed = packet.writable();
        for (; at < bits; at += 1 + gap()) {
            change(changed, (int) (at >> 3), 0x80 >> (at & 7));
        }
        return changed;
    }

    /** How many bits stay as they are before the next: one draw for all of them together. */
    private long gap() {
        if (probability >= 1) {
            return 0;
        }
        double gap = StrictMath.log1p(-chance.nextDouble()) / StrictMath.log1p(-probability);
        return gap > Integer.MAX_VALUE ? Integer.MAX_VALUE : (long) gap;
    }

    private void change(Packet packet, int at, int bit) {
        int old = packet.u8(at);
        packet.set8(
                at,
                switch (kind) {
                    case FLIP -> old ^ bit;
                    case SET -> old | bit;
                    case CLEAR -> old & ~bit;
                });
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("p_bit_error", () -> Share.text(probability));
        handlers.read("error_kind", () -> kind.name().toLowerCase(Locale.ROOT));
        handlers.read("active", () -> active);
        handlers.write("p_bit_error", value -> probability = ArgumentTypes.share(value));
        handlers.write("error_kind", value -> kind = Kind.parse(value));
        handlers.write("active", value -> active = ArgumentTypes.bool(value));
    }
}
