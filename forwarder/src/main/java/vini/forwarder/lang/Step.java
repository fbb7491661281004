package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the elements between two arrows. Ports are null where none is written, and empty for
 * {@code []}, as many as are needed.
 */
final class Step {
    /** What stands there. */
    sealed interface What {}

    /** {@code name}, {@code Class(config)}, {@code {...}(config)}: the name is empty for that. */
    record Reference(String name, ElementType type, @Nullable String configuration)
            implements What {}

    /** {@code name :: Class(config)}. */
    record Declaration(String name, ElementType type, String configuration) implements What {}

    /** {@code ( ... )}; packets go in at one end and come out at the other. */
    record Group(Doorway door) implements What {}

    /** Nothing, or ports only: {@code input} or {@code output} is meant. */
    record Implicit() implements What {}

    final Place place;
    final What what;
    @Nullable List<Integer> inputs;
    @Nullable List<Integer> outputs;
    private @Nullable Mention source;
    private @Nullable Mention target;

    Step(Place place, What what) {
        this.place = place;
        this.what = what;
    }

    /** Says to whom connections lead, and from whom. */
    void is(Mention in, Mention out) {
        this.target = in;
        this.source = out;
    }

    /** Where packets that come to this step go. */
    Mention target() {
        return known(target);
    }

    /** Where packets that leave this step come from. */
    Mention source() {
        return known(source);
    }

    private Mention known(@Nullable Mention mention) {
        if (mention == null) {
            throw new IllegalStateException(what + " at " + place + " was not entered");
        }
        return mention;
    }

    /** The ports that packets leave by, null for one that is not written. */
    @Nullable List<Integer> outputPorts() {
        return what instanceof Group group && (outputs == null || outputs.isEmpty())
                ? sequence(group.door.outputs())
                : what instanceof Implicit ? inputs : outputs;
    }

    /** The ports that packets come in by, null for one that is not written. */
    @Nullable List<Integer> inputPorts() {
        return what instanceof Group group && (inputs == null || inputs.isEmpty())
                ? sequence(group.door.inputs())
                : inputs;
    }

    boolean isGroup() {
        return what instanceof Group;
    }

    static List<Integer> sequence(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
