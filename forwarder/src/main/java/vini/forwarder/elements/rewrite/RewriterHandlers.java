package vini.forwarder.elements.rewrite;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Handlers;
import vini.net.Ipv4Address;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** The handlers that all rewriters have. */
final class RewriterHandlers {
    /** Flows that a table lists; more would make the answer too long for anybody. */
    private static final int LISTED_MAX = 65_536;

    private RewriterHandlers() {}

    /** Reads a capacity in flows. */
    static int capacity(String text) {
        return ArgumentTypes.integer(1, FlowTable.FLOWS_MAX).apply(text);
    }

    static void add(Rewriter rewriter, Handlers handlers) {
        handlers.read("table_size", () -> rewriter.own().size())
                .read("nmappings", () -> rewriter.own().size());
        handlers.read("size", () -> rewriter.flows().table().size());
        handlers.read("mapping_failures", rewriter::failures);
        handlers.read("patterns", () -> rewriter.specs());
        handlers.read(
                "capacity",
                () -> rewriter.flows().capacity() + " " + rewriter.flows().reservation());
        handlers.write("capacity", value -> setCapacity(rewriter, value));
        handlers.read("table", () -> table(rewriter, flow -> true));
        handlers.read("mappings", () -> table(rewriter, flow -> true));
        handlers.write("clear", value -> rewriter.own().clear(-1));
        for (int i = 0; i < rewriter.specs().count(); i++) {
            int input = i;
            handlers.read("pattern" + i, () -> rewriter.specs().text(input));
            handlers.write("pattern" + i, value -> rewriter.changeSpec(input, value));
        }
    }

    private static void setCapacity(Rewriter rewriter, String value) {
        List<String> words = InputSpecReader.words(value);
        int reservation = -1;
        if (words.size() == 2) {
            reservation = ArgumentTypes.integer(0, FlowTable.FLOWS_MAX).apply(words.get(1));
        } else if (words.size() != 1) {
            throw new IllegalArgumentException("want a capacity, and a reservation perhaps");
        }
        rewriter.flows().capacity(capacity(words.getFirst()), reservation, rewriter.nowNanos());
    }

    /** The flows that are chosen, a line for each direction. */
    static String table(Rewriter rewriter, IntPredicate which) {
        StringBuilder lines = new StringBuilder();
        FlowTable table = rewriter.table();
        int listed = 0;
        for (int flow = 0; flow < table.end() && listed < LISTED_MAX; flow++) {
            if (rewriter.own().has(flow) && which.test(flow)) {
                line(rewriter, flow << 1, lines);
                line(rewriter, flow << 1 | 1, lines);
                listed++;
            }
        }
        return lines.toString();
    }

    private static void line(Rewriter rewriter, int reference, StringBuilder lines) {
        FlowTable table = rewriter.table();
        int flow = reference >> 1;
        long state = table.state(flow);
        boolean forward = (reference & 1) == 0;
        double left = (rewriter.flows().staleAt(flow) - rewriter.nowNanos()) / 1e9;
        lines.append(rewriter.text(table.addresses(reference), table.ports(reference)));
        lines.append(" => ").append(rewriter.rewrittenText(reference));
        lines.append(forward ? " [*" : " [").append(FlowState.output(state, flow << 1));
        lines.append(forward ? " " : " *").append(FlowState.output(state, flow << 1 | 1));
        lines.append("] i").append(table.input(flow));
        lines.append(String.format(Locale.ROOT, " exp%.3f%n", left));
    }

    /** The addresses and ports that a flow is rewritten to, or nothing if there is none such. */
    static String lookup(Rewriter rewriter, int protocol, String text) {
        List<String> words = InputSpecReader.words(text);
        if (words.size() != 4) {
            throw new IllegalArgumentException("want SADDR SPORT DADDR DPORT");
        }
        long addresses =
                FlowKey.addresses(
                        Ipv4Address.parse(words.getFirst()).bits(),
                        Ipv4Address.parse(words.get(2)).bits());
        int ports = FlowKey.ports(port(words.get(1)), port(words.get(3)));
        FlowTable table = rewriter.table();
        int reference = table.find(addresses, FlowKey.ports(rewriter.owner(), protocol, ports));
        if (reference < 0) {
            return "";
        }
        long newAddresses = FlowKey.swapped(table.addresses(reference ^ 1));
        long newPorts = Rewriter.turned(table.ports(reference ^ 1));
        return FlowKey.source(newAddresses, newPorts)
                + " "
                + FlowKey.destination(newAddresses, newPorts);
    }

    private static int port(String text) {
        return ArgumentTypes.integer(0, 0xffff).apply(text);
    }
}
