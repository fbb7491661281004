package vini.forwarder;

import org.jspecify.annotations.Nullable;

/**
 * A graph that takes the place of another: elements of the same name, class and thread go on where
 * those of the old graph stood. Until all of the new graph is ready the old one is only looked at,
 * so that it goes on if the new one cannot start.
 */
final class HotSwap {
    private final Graph old;
    private final Graph next;

    HotSwap(Graph old, Graph next) {
        this.old = old;
        this.next = next;
    }

    /** The element of the old graph whose place that one of the new graph takes. */
    @Nullable Element predecessor(Element element) {
        Element before = old.find(element.name(), Element.class);
        // What an element holds stays on its thread.
        return before != null
                        && before.getClass() == element.getClass()
                        && before.loop().equals(element.loop())
                ? before
                : null;
    }

    /** Hands all over that goes on, and ends the old graph. */
    void complete() {
        next.ledger().carryOn(old.ledger(), this::isFollowed);
        for (Element element : next.inPhases()) {
            Element before = predecessor(element);
            if (before != null) {
                element.onItsThread(() -> takeOver(element, before));
            }
        }
        next.elements().forEach(element -> element.onItsThread(element::flushOutputs));
        end();
    }

    /** Whether an element of the old graph, by its name, has a successor. */
    private boolean isFollowed(String name) {
        Element element = next.find(name, Element.class);
        return element != null && predecessor(element) != null;
    }

    private void takeOver(Element element, Element before) {
        if (element.isConfiguredAs(before)) {
            // First: what is taken over depends on it, such as the capacity of a queue.
            next.takeSettings(element.name(), old);
        }
        element.takeCounts(before);
        element.takeState(before);
    }

    /** What the old graph still holds ends with it, and what still comes to it, too. */
    private void end() {
        old.endInto(next.ledger().drops("hotconfig", DropReasons.REPLACED, next.trace()));
    }
}
