package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether it is worth while to pull at an input, or to push at an output: what the notifiers that
 * stand behind that port say together. An element's own notifier and one of those behind it must be
 * active; an end without a notifier is always active, since one must try it to know.
 */
public final class Signal {
    private static final Signal[] NOTHING = {};
    private static final Signal ALWAYS = new Signal(null, NOTHING);

    private final @Nullable Notifier own;

    /** What stands behind, as far as it matters. It is asked for each packet: an array. */
    private final Signal[] beyond;

    private Signal(@Nullable Notifier own, Signal[] beyond) {
        this.own = own;
        this.beyond = beyond;
    }

    /** Whether it is worth while to try. */
    public boolean isActive() {
        if (own != null && !own.isActive()) {
            return false;
        }
        for (Signal signal : beyond) {
            if (signal.isActive()) {
                return true;
            }
        }
        return beyond.length == 0;
    }

    private record From(Element element, int output) {}

    /** Finds the notifiers behind a pull input; {@code task} is scheduled by each of them. */
    static Signal upstream(Input input, @Nullable Task task) {
        return upstream(input, task, new LinkedHashMap<>());
    }

    private static Signal upstream(
            Input input, @Nullable Task task, Map<From, List<Signal>> known) {
        Element source = input.source();
        From from = new From(source, input.port());
        List<Signal> beyond = known.get(from);
        if (beyond == null) {
            // A graph that pulls in a circle has no end to ask: whoever comes here again tries.
            known.put(from, List.of());
            beyond = new ArrayList<>();
            if (!source.holdsPackets()) {
                for (Input next : source.pullInputs(input.port())) {
                    beyond.add(upstream(next, task, known));
                }
            }
            known.put(from, beyond);
        }
        return of(source.emptyNotifier(input.port()), task, beyond);
    }

    /** Finds the notifiers behind a push output; {@code task} is scheduled by each of them. */
    static Signal downstream(Output output, Task task) {
        return downstream(output, task, new LinkedHashMap<>());
    }

    private static Signal downstream(Output output, Task task, Map<Element, List<Signal>> known) {
        Element target = output.target();
        List<Signal> beyond = known.get(target);
        if (beyond == null) {
            known.put(target, List.of());
            beyond = new ArrayList<>();
            for (Output next : target.pushOutputs()) {
                beyond.add(downstream(next, task, known));
            }
            known.put(target, beyond);
        }
        return of(target.fullNotifier(output.port()), task, beyond);
    }

    private static Signal of(@Nullable Notifier own, @Nullable Task task, List<Signal> beyond) {
        if (own != null && task != null) {
            own.addListener(task);
        }
        // One end that is always worth a try decides, and nobody needs to ask the others.
        Signal[] asked = beyond.contains(ALWAYS) ? NOTHING : beyond.toArray(NOTHING);
        return own == null && asked.length == 0 ? ALWAYS : new Signal(own, asked);
    }
}
