package vini.forwarder.elements.classify;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.forwarder.filter.BytePattern;
import vini.forwarder.filter.Rule;

/**
 * Sorts packets by the bytes that they have at given offsets: one output for each pattern, and a
 * packet goes to the output of the first pattern that it matches. A packet that matches none is
 * dropped as {@code noMatch}.
 *
 * <p>A pattern is a list of clauses with spaces between them, and a packet matches it if it matches
 * each. A clause is {@code OFFSET/VALUE}: the bytes from there on are the value. The offset is
 * decimal; the value has two hexadecimal digits for each byte, and {@code ?} stands for any digit.
 * {@code OFFSET/VALUE%MASK} compares only the bits that are 1 in the mask, which is as long as the
 * value. After {@code !}, packets match that the clause does not match; a packet that is too short
 * matches no clause without one. The pattern {@code -} matches every packet.
 *
 * <p>There must be as many outputs as patterns. A line warns of a pattern that no packet can come
 * to, because it contradicts itself or those before it take all.
 *
 * <pre>{@code
 * c :: Classifier(12/0806 20/0001, 12/0806 20/0002, 12/0800, -);
 * ... -> c;
 * c[0] -> ...;   // ARP requests in Ethernet frames
 * c[1] -> ...;   // ARP replies
 * c[2] -> Strip(14) -> CheckIPHeader -> ...;
 * c[3] -> Discard;
 * }</pre>
 *
 * <p>Handlers: {@code program} (read): the tests that packets go through, a line for each step:
 * offset, value and mask of four bytes, and where a packet goes on that has them or has them not;
 * {@code [0]} is an output, {@code [X]} the end of packets that match nothing.
 */
@AutoService(Element.class)
@ElementClass(
        name = "Classifier",
        ports = "1/-",
        processing = "h/h",
        live = true,
        drops = "noMatch")
public final class Classifier extends PatternElement {
    public Classifier() {
        super("noMatch");
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        patterns =
                Patterns.read(
                        arguments.all(),
                        (number, text) -> new Rule(BytePattern.parse(text), number));
    }

    @Override
    protected void reconfigured() throws ConfigException {
        patterns.checkOnePerOutput(outputs());
        super.reconfigured();
    }

    @Override
    int match(Packet packet) {
        return PacketMatch.byBytes(patterns.program(), packet);
    }
}
