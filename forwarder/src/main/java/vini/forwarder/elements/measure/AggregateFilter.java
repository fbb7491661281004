package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

import java.util.ArrayList;
import java.util.List;

/**
 * Sends each packet where the first filter says that knows its aggregate annotation; packets that
 * none knows are dropped.
 *
 * <p>Arguments: filters of the form {@code ACTION AGGREGATES}. The action is the number of an
 * output, {@code allow} (which is 0), or {@code drop} or {@code deny}. The aggregates are numbers
 * from 0 to 4294967295 and ranges such as {@code 0-98}, between spaces; {@code all} and {@code -}
 * are all of them. A filter that no packet can reach is told of.
 *
 * <pre>{@code
 * ... -> AggregateIPFlows -> AggregateFilter(deny 7, allow 1-100) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "AggregateFilter", ports = "1/1-254", processing = "h/h", drops = "filtered")
public final class AggregateFilter extends Element {
    private static final long MOST = 0xffffffffL;
    private static final int DROP = -1;

    /** Aggregates, and the output for them. */
    private record Range(long from, long to, int output) {
        boolean has(long aggregate) {
            return from <= aggregate && aggregate <= to;
        }
    }

    private final List<Range> ranges = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter filtered;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        for (String argument : arguments.all()) {
            String[] words = argument.strip().split("\\s+", -1);
            if (words.length < 2) {
                throw new ConfigException("'" + argument + "' is not ACTION AGGREGATES");
            }
            int output = action(words[0]);
            for (int i = 1; i < words.length; i++) {
                add(range(words[i], output));
            }
        }
        if (ranges.isEmpty()) {
            throw new ConfigException("a filter is missing: ACTION AGGREGATES");
        }
    }

    private void add(Range range) {
        boolean known = ranges.stream().anyMatch(r -> r.from <= range.from && range.to <= r.to);
        if (known) {
            chatter(name() + ": warning: no packet reaches " + range.from + "-" + range.to);
        }
        ranges.add(range);
    }

    private int action(String word) throws ConfigException {
        return switch (word) {
            case "allow" -> 0;
            case "drop", "deny" -> DROP;
            default -> {
                if (!word.matches("[0-9]{1,3}") || Integer.parseInt(word) >= outputs()) {
                    throw new ConfigException(
                            "'" + word + "' is not allow, drop, deny or the number of an output");
                }
                yield Integer.parseInt(word);
            }
        };
    }

    private static Range range(String word, int output) throws ConfigException {
        if (word.equals("all") || word.equals("-")) {
            return new Range(0, MOST, output);
        }
        if (!word.matches("[0-9]{1,10}(-[0-9]{1,10})?")) {
            throw new ConfigException("'" + word + "' is no aggregate and no range of them");
        }
        String[] ends = word.split("-", -1);
        long from = Long.parseLong(ends[0]);
        long to = Long.parseLong(ends[ends.length - 1]);
        if (from > to || to > MOST) {
            throw new ConfigException("'" + word + "' is no range within 0 to " + MOST);
        }
        return new Range(from, to, output);
    }

    @Override
    protected void initialize() {
        filtered = drops("filtered");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        Annotation annotation = Annotation.AGGREGATE;
        long aggregate = packet.annotation(annotation.at(), annotation.size());
        for (Range range : ranges) {
            if (range.has(aggregate)) {
                if (range.output == DROP) {
                    break;
                }
                output(range.output).add(packet);
                return null;
            }
        }
        filtered.drop(packet);
        return null;
    }
}
