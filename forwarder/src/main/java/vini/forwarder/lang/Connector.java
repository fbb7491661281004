package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pairs the outputs on the left of an arrow with the inputs on its right: {@code ->} one to one,
 * many to one or one to many, {@code =>} the first to the first, the second to the second.
 */
final class Connector {
    /** The largest port number. */
    static final int PORT_MAX = 9999;

    /** An element and its ports, null where none is written. */
    private record Slot(Step step, Mention mention, @Nullable List<Integer> ports) {
        boolean isExpandable() {
            return ports != null && ports.isEmpty() && !step.isGroup();
        }
    }

    private record End(Mention mention, int port) {}

    private final Scope scope;
    private final @Nullable Doorway door;
    private final Problems problems;
    private final Place place;

    Connector(Scope scope, @Nullable Doorway door, Problems problems, Place place) {
        this.scope = scope;
        this.door = door;
        this.problems = problems;
        this.place = place;
    }

    void connect(List<Step> left, List<Step> right, boolean manyToMany) {
        List<Slot> outputs = new ArrayList<>();
        for (Step step : left) {
            outputs.add(new Slot(step, step.source(), step.outputPorts()));
            all(step, step.outputPorts(), false);
        }
        List<Slot> inputs = new ArrayList<>();
        for (Step step : right) {
            inputs.add(new Slot(step, step.target(), step.inputPorts()));
            all(step, step.inputPorts(), true);
        }
        if (manyToMany) {
            pair(outputs, inputs);
        } else {
            spread(ends(outputs, null, 1), ends(inputs, null, 1));
        }
    }

    private void spread(List<End> outputs, List<End> inputs) {
        if (outputs.size() > 1 && inputs.size() > 1) {
            problems.add(place, "syntax error: many-to-many connections require '=>'");
        } else if (outputs.isEmpty() || inputs.isEmpty()) {
            mismatch(outputs, inputs);
        } else {
            for (End output : outputs) {
                for (End input : inputs) {
                    connect(output, input);
                }
            }
        }
    }

    private void pair(List<Slot> left, List<Slot> right) {
        List<Slot> expandable = new ArrayList<>();
        left.stream().filter(Slot::isExpandable).forEach(expandable::add);
        right.stream().filter(Slot::isExpandable).forEach(expandable::add);
        if (expandable.size() > 1) {
            problems.add(place, "at most one expandable port allowed per connection");
            return;
        }
        Slot growing = expandable.isEmpty() ? implicit(left, right) : expandable.getFirst();
        int missing = ends(right, growing, 0).size() - ends(left, growing, 0).size();
        int wanted = Math.max(1, Math.abs(missing));
        if (growing != null && wanted > PORT_MAX + 1) {
            problems.add(place, "more than " + (PORT_MAX + 1) + " ports of one element");
            return;
        }
        List<End> outputs = ends(left, growing, wanted);
        List<End> inputs = ends(right, growing, wanted);
        if (outputs.size() != inputs.size()) {
            mismatch(outputs, inputs);
            return;
        }
        for (int i = 0; i < outputs.size(); i++) {
            connect(outputs.get(i), inputs.get(i));
        }
    }

    /** The only element of a side, without a port, if the other side is not such a one, too. */
    private static @Nullable Slot implicit(List<Slot> left, List<Slot> right) {
        boolean lone = left.size() == 1 && left.getFirst().ports == null;
        boolean other = right.size() == 1 && right.getFirst().ports == null;
        return lone == other ? null : lone ? left.getFirst() : right.getFirst();
    }

    /** All ends of a side; the slot that grows has {@code count} ports from 0 on. */
    private static List<End> ends(List<Slot> slots, @Nullable Slot growing, int count) {
        List<End> ends = new ArrayList<>();
        for (Slot slot : slots) {
            List<Integer> ports =
                    growing != null && slot.step == growing.step
                            ? Step.sequence(count)
                            : slot.ports == null || slot.isExpandable() ? List.of(0) : slot.ports;
            ports.forEach(port -> ends.add(new End(slot.mention, port)));
        }
        return ends;
    }

    private void mismatch(List<End> outputs, List<End> inputs) {
        problems.add(
                place,
                "connection mismatch: "
                        + Words.count(outputs.size(), "output")
                        + " connected to "
                        + Words.count(inputs.size(), "input"));
    }

    /** All ports of a group must be used where it stands, for nobody can name it elsewhere. */
    private void all(Step step, @Nullable List<Integer> used, boolean in) {
        if (step.what instanceof Step.Group group && used != null) {
            Set<Integer> wanted =
                    new TreeSet<>(
                            Step.sequence(in ? group.door().inputs() : group.door().outputs()));
            if (!wanted.equals(new TreeSet<>(used))) {
                problems.add(
                        step.place,
                        "element group has "
                                + Words.count(wanted.size(), in ? "input" : "output")
                                + ", but ports "
                                + used
                                + " are connected");
            }
        }
    }

    private void connect(End output, End input) {
        String wrong =
                door == null
                        ? ""
                        : door.uses(output.mention, output.port, input.mention, input.port);
        if (wrong.isEmpty()) {
            scope.connect(output.mention, output.port, input.mention, input.port, place);
        } else {
            problems.add(place, wrong);
        }
    }
}
