package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies bytes of one packet into others. A packet on input 0 leaves unchanged by output 0, and the
 * clipboard remembers its bytes; a packet on input 1 leaves by output 1 with the remembered bytes
 * in their places.
 *
 * <p>Arguments: any number of ranges {@code OFFSET/LENGTH} in bytes, each within 0 to 65535. Before
 * a packet came to input 0 the clipboard is all zeros; what lies beyond the end of a packet is
 * neither read nor written.
 *
 * <p>Ports: each pair of input and output is push or pull.
 *
 * <pre>{@code
 * requests -> clip :: Clipboard(6/6) -> ...; answers -> [1] clip [1] -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "Clipboard", ports = "2/2", flow = "#/#")
public final class Clipboard extends Element {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");

    private static final class Range {
        final int offset;
        final byte[] bytes;

        Range(int offset, int length) {
            this.offset = offset;
            bytes = new byte[length];
        }
    }

    private final List<Range> ranges = new ArrayList<>();

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        ranges.addAll(arguments.rest("RANGE", Clipboard::range));
    }

    private static Range range(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not OFFSET/LENGTH");
        }
        int offset = Integer.parseInt(form.group(1));
        int length = Integer.parseInt(form.group(2));
        if (offset + length > Lengths.MAX) {
            throw new IllegalArgumentException(text + " ends beyond " + Lengths.MAX);
        }
        return new Range(offset, length);
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            batch.set(i, simpleAction(port, batch.get(i)));
        }
        output(port).push(batch);
    }

    @Override
    protected Packet simpleAction(int port, Packet packet) {
        if (port == 0) {
            for (Range range : ranges) {
                int length = within(range, packet);
                packet.buffer().getBytes(packet.start() + range.offset, range.bytes, 0, length);
            }
            return packet;
        }
        Packet written = packet.writable();
        for (Range range : ranges) {
            int length = within(range, written);
            written.buffer().setBytes(written.start() + range.offset, range.bytes, 0, length);
        }
        return written;
    }

    @Override
    protected void takeState(Element old) {
        List<Range> theirs = ((Clipboard) old).ranges;
        for (int i = 0; i < Math.min(ranges.size(), theirs.size()); i++) {
            Range own = ranges.get(i);
            Range their = theirs.get(i);
            if (own.offset == their.offset && own.bytes.length == their.bytes.length) {
                ranges.set(i, their);
            }
        }
    }

    /** How many of the range's bytes the packet has; with none, its offset may be out of bounds. */
    private static int within(Range range, Packet packet) {
        return Math.clamp(packet.length() - (long) range.offset, 0, range.bytes.length);
    }
}
