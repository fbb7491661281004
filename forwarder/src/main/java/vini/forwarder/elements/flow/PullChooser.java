package vini.forwarder.elements.flow;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;

/**
 * An element that pulls, for each of its outputs, from one of its inputs or from none. It tells who
 * pulls whether that input has something, so that nobody tries in vain because another has.
 */
abstract class PullChooser extends Element {
    private @Nullable Notifier[] worthIt = {};
    private @Nullable Signal[] signals = {};

    /** The input that a pull at that output goes to; negative for none. */
    abstract int chosen(int output);

    @Override
    protected void initialize() {
        signals = new @Nullable Signal[inputs()];
        @Nullable Task task = null;
        for (int i = 0; i < inputs(); i++) {
            if (isPull(i)) {
                if (task == null) {
                    task = task(this::look);
                }
                signals[i] = nonEmpty(i, task);
            }
        }
        look();
    }

    /** Looks anew whether a pull is worth while; after each change of what is chosen. */
    final boolean look() {
        for (int output = 0; output < worthIt.length; output++) {
            Notifier notifier = worthIt[output];
            if (notifier != null) {
                int input = chosen(output);
                Signal signal = input >= 0 && input < signals.length ? signals[input] : null;
                notifier.set(signal != null && signal.isActive());
            }
        }
        return false;
    }

    @Override
    public @Nullable Packet pull(int port) {
        int input = chosen(port);
        Packet packet = input >= 0 ? input(input).pull() : null;
        if (packet == null) {
            look();
        }
        return packet;
    }

    /** It does not, but it knows best which of its inputs counts. */
    @Override
    protected boolean holdsPackets() {
        return true;
    }

    /** Made when the first one asks, which may be before this element is initialized. */
    @Override
    protected Notifier emptyNotifier(int output) {
        if (worthIt.length == 0) {
            worthIt = new @Nullable Notifier[outputs()];
        }
        Notifier notifier = worthIt[output];
        if (notifier == null) {
            notifier = new Notifier(true);
            worthIt[output] = notifier;
        }
        return notifier;
    }
}
