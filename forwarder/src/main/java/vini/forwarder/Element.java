package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;

/**
 * Click's element: a small piece of packet processing with numbered input and output ports.
 *
 * <p>Its life: made by its public no-argument constructor, {@link #configure}d, connected, {@link
 * #initialize}d, then {@link #push} and {@link #pull} until {@link #close}. All of it happens on
 * the thread of one {@link Loop}. An element knows its ports, not its neighbours.
 *
 * <p>A simple element overrides {@link #simpleAction} only, and then works on push and on pull
 * paths.
 */
public abstract class Element {
    private @Nullable Place place;
    private @Nullable Output[] outputs = {};
    private @Nullable Input[] inputs = {};

    /** Where an element stands: what the graph tells it before {@link #configure}. */
    record Place(Graph graph, String name) {}

    void place(Place newPlace) {
        place = newPlace;
    }

    void connect(@Nullable Input[] newInputs, @Nullable Output[] newOutputs) {
        inputs = newInputs;
        outputs = newOutputs;
    }

    private Place here() {
        if (place == null) {
            throw new IllegalStateException(getClass().getName() + " stands in no graph yet");
        }
        return place;
    }

    /** Reads the configuration; ports are not connected yet. */
    protected void configure(Arguments arguments) throws ConfigException {}

    /** Starts the element; all elements are configured and connected. */
    protected void initialize() throws ConfigException {}

    /** Adds the element's handlers to those that every element has. */
    protected void handlers(Handlers handlers) {}

    /** Ends the element: kills what it holds, closes what it opened. Called once, always. */
    protected void close() {}

    /** Takes a batch at an input port and owns it. */
    public void push(int port, Batch batch) {
        int kept = 0;
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = simpleAction(batch.get(i));
            if (packet != null) {
                batch.set(kept++, packet);
            }
        }
        batch.truncate(kept);
        output(0).push(batch);
        flushOutputs();
    }

    /** Gives a packet at an output port, or null if there is none now. */
    public @Nullable Packet pull(int port) {
        Packet packet = input(0).pull();
        return packet == null ? null : simpleAction(packet);
    }

    /** Handles one packet and returns it, or another, or null if it has gone elsewhere. */
    protected @Nullable Packet simpleAction(Packet packet) {
        throw new IllegalStateException(
                getClass().getSimpleName() + " has neither push/pull nor simpleAction");
    }

    /** The element's name in its graph. */
    public final String name() {
        return here().name();
    }

    /** The graph in which it stands. */
    protected final Graph graph() {
        return here().graph();
    }

    protected final Loop loop() {
        return graph().loop();
    }

    /** The generator of this element's chance, derived from the run's seed and its full name. */
    protected final RandomGenerator chance() {
        return graph().seed().generator(graph().name() + "/" + name());
    }

    protected final int outputs() {
        return outputs.length;
    }

    protected final boolean hasOutput(int port) {
        return port >= 0 && port < outputs.length && outputs[port] != null;
    }

    @SuppressWarnings("NullAway") // the graph refuses a required port that is not connected
    protected final Output output(int port) {
        return outputs[port];
    }

    @SuppressWarnings("NullAway") // the graph refuses a pull input that is not connected
    protected final Input input(int port) {
        return inputs[port];
    }

    /** Adds a packet to an optional output, or drops it if nobody is there. */
    protected final void addOrDrop(int port, Packet packet, DropCounter drops) {
        if (hasOutput(port)) {
            output(port).add(packet);
        } else {
            drops.drop(packet);
        }
    }

    /** Passes on what was {@link Output#add}ed to any output. */
    protected final void flushOutputs() {
        for (Output output : outputs) {
            if (output != null) {
                output.flush();
            }
        }
    }

    /** A counter of packets that end here for a reason (camel case), in the graph's books. */
    protected final DropCounter drops(String reason) {
        return graph().ledger().drops(name(), reason);
    }

    /** A counter of packets that begin their life here, in the graph's books. */
    protected final Counter sent() {
        return graph().ledger().sent();
    }

    /** A counter of packets that end well here, in the graph's books. */
    protected final Counter delivered() {
        return graph().ledger().delivered();
    }

    /** A counter of packets that a tunnel took out of this graph, in the graph's books. */
    protected final Counter tunnelled() {
        return graph().ledger().tunnelled();
    }

    /** A counter of packets that a tunnel brought into this graph, in the graph's books. */
    protected final Counter untunnelled() {
        return graph().ledger().untunnelled();
    }
}
