package vini.forwarder.elements.overlay;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;

import java.util.Arrays;
import java.util.List;

/**
 * The encapsulation table of VINI ("In VINI Veritas", 4.2.1): maps the next hop of a packet, which
 * the forwarding table has left in the destination annotation, to the link that leads there.
 *
 * <pre>{@code
 * encap :: EncapTable(10.77.128.2 0, 10.77.128.6 1);   // next hop, output
 * fib[1] -> encap; encap[0] -> chin; encap[1] -> wash;
 * }</pre>
 *
 * <p>Handlers: {@code table} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "EncapTable", ports = "1/-", processing = "h/h")
public final class EncapTable extends Element {
    private record Row(Ipv4Address nextHop, int output) {
        static Row parse(String text) {
            String[] words = text.split("\\s+", -1);
            if (words.length != 2 || !words[1].matches("[0-9]{1,4}")) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a next hop and an output like '10.77.128.2 0'");
            }
            return new Row(Ipv4Address.parse(words[0]), Integer.parseInt(words[1]));
        }
    }

    private List<Row> rows = List.of();

    /**
     * Next hops in ascending order, and their outputs: a node has few, and they fit a cache line.
     */
    private int[] nextHops = {};

    private int[] outputs = {};

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noLink;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        rows =
                arguments.rest("ROW", Row::parse).stream()
                        .sorted((a, b) -> Integer.compare(a.nextHop.bits(), b.nextHop.bits()))
                        .toList();
        nextHops = rows.stream().mapToInt(row -> row.nextHop.bits()).toArray();
        outputs = rows.stream().mapToInt(Row::output).toArray();
        for (int i = 1; i < nextHops.length; i++) {
            if (nextHops[i] == nextHops[i - 1]) {
                throw new ConfigException("two rows for next hop " + rows.get(i).nextHop);
            }
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        noLink = drops("noLink");
        for (Row row : rows) {
            if (!hasOutput(row.output)) {
                throw new ConfigException(
                        "next hop " + row.nextHop + " leads to an output not in use");
            }
        }
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            int row = Arrays.binarySearch(nextHops, packet.destination());
            if (row < 0) {
                noLink.drop(packet);
            } else {
                output(outputs[row]).add(packet);
            }
        }
        batch.recycle();
        flushOutputs();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("table", this::text);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row.nextHop + " " + row.output + "\n"));
        return text.toString();
    }
}
