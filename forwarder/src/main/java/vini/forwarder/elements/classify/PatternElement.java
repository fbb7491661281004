package vini.forwarder.elements.classify;

import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.filter.Rule;

/**
 * What the classifiers share: each packet goes to the output of the first pattern that it matches,
 * or is dropped. A subclass reads the patterns and says where in a packet their offsets begin.
 */
abstract class PatternElement extends Element {
    private final String dropReason;

    /** Set by configure of the subclass. */
    @SuppressWarnings("NullAway.Init")
    Patterns patterns;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noMatch;

    PatternElement(String dropReason) {
        this.dropReason = dropReason;
    }

    /** The output of the packet, or {@link Rule#DROP}. */
    abstract int match(Packet packet);

    @Override
    protected void reconfigured() throws ConfigException {
        patterns.checkConnected(this::hasOutput);
    }

    @Override
    protected void initialize() throws ConfigException {
        noMatch = drops(dropReason);
        reconfigured();
        patterns.warnings().forEach(warning -> chatter(name() + ": warning: " + warning));
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            int output = match(packet);
            if (output == Rule.DROP) {
                noMatch.drop(packet);
            } else {
                output(output).add(packet);
            }
        }
        batch.recycle();
        flushOutputs();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("program", () -> patterns.program().text());
    }
}
