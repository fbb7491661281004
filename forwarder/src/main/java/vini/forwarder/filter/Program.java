package vini.forwarder.filter;

import io.netty.buffer.ByteBuf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rules, compiled: at each step four bytes of the packet are masked and compared with a value, and
 * the answer says where to go on. Matching allocates nothing and takes at most one step for each
 * comparison that the rules have.
 */
public final class Program {
    // A step in the code: one of eight numbers each.
    private static final int STEP = 8;

    /**
     * All bits set if the offset counts from the transport header, LINK if from that, else none.
     */
    private static final int BASE = 0;

    private static final int LINK = 1;

    private static final int OFFSET = 1;
    private static final int MASK = 2;
    private static final int VALUE = 3;
    private static final int END = 4;
    private static final int YES = 5;
    private static final int NO = 6;
    private static final int SHORT = 7;

    /** How far before the link header its offsets begin. */
    private static final int LINK_PAD = 2;

    private final int[] code;

    /** Where matching begins: a place in the code, or an end of the tree. */
    private final int start;

    /** Whether a step looks at the link header. */
    private final boolean linked;

    private final String text;
    private final List<Integer> unmatched;

    private Program(DecisionTree tree, List<Integer> unmatched) {
        int[] places = new int[tree.size()];
        List<DecisionTree.Step> steps = new ArrayList<>();
        for (int i = tree.size() - 1; i >= 0; i--) {
            places[i] = STEP * steps.size();
            steps.add(tree.step(i));
        }
        code = new int[STEP * steps.size()];
        for (int i = 0; i < steps.size(); i++) {
            put(STEP * i, steps.get(i), places);
        }
        start = tree.root() < 0 ? tree.root() : places[tree.root()];
        linked = steps.stream().anyMatch(step -> step.test().base() == Base.LINK);
        text = text(steps);
        this.unmatched = List.copyOf(unmatched);
    }

    private void put(int at, DecisionTree.Step step, int[] places) {
        Question test = step.test();
        code[at + BASE] =
                switch (test.base()) {
                    case TRANSPORT -> -1;
                    case LINK -> LINK;
                    case PACKET, NETWORK -> 0;
                };
        code[at + OFFSET] = test.offset();
        code[at + MASK] = test.mask();
        code[at + VALUE] = test.value();
        code[at + END] = test.end();
        code[at + YES] = step.yes() < 0 ? step.yes() : places[step.yes()];
        code[at + NO] = step.no() < 0 ? step.no() : places[step.no()];
        code[at + SHORT] = step.tooShort() < 0 ? step.tooShort() : places[step.tooShort()];
    }

    /**
     * Compiles rules; a packet for which none is true is dropped.
     *
     * @throws FilterException if they are too many
     */
    public static Program compile(List<Rule> rules) throws FilterException {
        return new Program(tree(rules, false), unmatched(rules));
    }

    /** The rules of which each leads to an output of its own tell which of them nobody meets. */
    private static List<Integer> unmatched(List<Rule> rules) throws FilterException {
        DecisionTree tree = tree(rules, true);
        boolean[] met = new boolean[rules.size()];
        meet(met, tree.root());
        for (int i = 0; i < tree.size(); i++) {
            meet(met, tree.step(i).yes());
            meet(met, tree.step(i).no());
            meet(met, tree.step(i).tooShort());
        }
        List<Integer> unmatched = new ArrayList<>();
        for (int i = 0; i < met.length; i++) {
            if (!met[i]) {
                unmatched.add(i);
            }
        }
        return unmatched;
    }

    private static void meet(boolean[] met, int place) {
        if (place < DecisionTree.DROP) {
            met[DecisionTree.port(place)] = true;
        }
    }

    private static DecisionTree tree(List<Rule> rules, boolean apart) throws FilterException {
        DecisionTree tree = new DecisionTree();
        TreeWriter writer = new TreeWriter(tree);
        int place = DecisionTree.DROP;
        for (int i = rules.size() - 1; i >= 0; i--) {
            int end = DecisionTree.output(apart ? i : rules.get(i).output());
            place = writer.write(rules.get(i).condition(), end, place);
        }
        tree.root(place);
        return Optimizer.optimize(tree);
    }

    /** The rules, counted from 0, that are true for no packet that gets to them. */
    public List<Integer> unmatched() {
        return unmatched;
    }

    /**
     * What is done with a packet, whatever its bytes.
     *
     * @param first where the packet begins or, for IP filters, its IP header; not negative
     * @param transport where the bytes after the IP header begin; not below {@code first}
     * @param end where the packet ends
     * @return the output port, or {@link Rule#DROP}
     */
    public int match(ByteBuf bytes, int first, int transport, int end) {
        int[] steps = code;
        int at = start;
        int header = transport - first;
        int readAt = -1;
        int word = 0;
        while (at >= 0) {
            int base = first + (header & steps[at + BASE]);
            int position = base + steps[at + OFFSET];
            if (position != readAt) {
                if (position + Integer.BYTES <= end) {
                    word = bytes.getInt(position);
                    readAt = position;
                } else if (base + steps[at + END] > end) {
                    at = steps[at + SHORT];
                    continue;
                } else {
                    word = lastBytes(bytes, position, end);
                    readAt = -1;
                }
            }
            // Two reads, so that the processor guesses the way on: 2.5 times as fast as one read of
            // which the place depends on the answer.
            if ((word & steps[at + MASK]) == steps[at + VALUE]) {
                at = steps[at + YES];
            } else {
                at = steps[at + NO];
            }
        }
        return DecisionTree.port(at);
    }

    /**
     * As {@link #match(ByteBuf, int, int, int)}, with tests of the link header.
     *
     * @param link where the link header begins; negative if there is none
     */
    public int match(ByteBuf bytes, int link, int first, int transport, int end) {
        if (!linked) {
            return match(bytes, first, transport, end);
        }
        int[] steps = code;
        int at = start;
        while (at >= 0) {
            boolean ofLink = steps[at + BASE] == LINK;
            int base = ofLink ? link - LINK_PAD : first + (transport - first & steps[at + BASE]);
            if (base + steps[at + END] > end || ofLink && link < 0) {
                at = steps[at + SHORT];
                continue;
            }
            int word = lastBytes(bytes, base + steps[at + OFFSET], end);
            boolean same = (word & steps[at + MASK]) == steps[at + VALUE];
            at = same ? steps[at + YES] : steps[at + NO];
        }
        return DecisionTree.port(at);
    }

    /** A word of which not all bytes are in the packet; zero stands for the others. */
    private static int lastBytes(ByteBuf bytes, int position, int end) {
        int word = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            int from = position + i;
            word = word << 8 | (from >= 0 && from < end ? bytes.getByte(from) & 0xff : 0);
        }
        return word;
    }

    /**
     * The program as Click prints it: a line for each step with offset, value and mask in
     * hexadecimal, then the length from which on no packet is too short for any step. Offsets in
     * the IP header begin at 256, those after it at 512.
     */
    public String text() {
        return text;
    }

    private String text(List<DecisionTree.Step> steps) {
        StringBuilder lines = new StringBuilder();
        if (start < 0) {
            lines.append("all->").append(end(start)).append('\n');
        }
        int safe = 0;
        for (int i = 0; i < steps.size(); i++) {
            Question test = steps.get(i).test();
            int printed = test.base().printed();
            safe = Math.max(safe, printed + test.end());
            lines.append(
                    String.format(
                            Locale.ROOT,
                            "%2d %3d/%08x%%%08x  yes->%s  no->%s%s\n",
                            i,
                            printed + test.offset(),
                            test.value(),
                            test.mask(),
                            end(code[STEP * i + YES]),
                            end(code[STEP * i + NO]),
                            whenShort(STEP * i)));
        }
        return lines + "safe length " + safe + "\nalignment offset 0\n";
    }

    private String whenShort(int at) {
        int tooShort = code[at + SHORT];
        if (tooShort == code[at + NO]) {
            return "";
        }
        return "  short->" + (tooShort == code[at + YES] ? "yes" : end(tooShort));
    }

    private static String end(int place) {
        if (place >= 0) {
            return "step " + place / STEP;
        }
        return place == DecisionTree.DROP ? "[X]" : "[" + DecisionTree.port(place) + "]";
    }
}
