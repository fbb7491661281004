package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.time.Timer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
public abstract class Element extends Placed {
    private @Nullable Output[] outputs = {};
    private @Nullable Input[] inputs = {};

    // A slice has many thousand elements, most of which have none of these.
    private List<Task> tasks = List.of();
    private List<Timer> timers = List.of();
    private List<Counter> counts = List.of();
    private boolean ended;

    void connect(@Nullable Input[] newInputs, @Nullable Output[] newOutputs) {
        inputs = newInputs;
        outputs = newOutputs;
    }

    /** Reads the configuration; ports are not connected yet. */
    protected void configure(Arguments arguments) throws ConfigException {}

    /**
     * It has been configured again while it runs: checks and builds what {@link #initialize} does
     * of the configuration. It is asked of another one first, which is thrown away.
     */
    protected void reconfigured() throws ConfigException {}

    /** Whether its configuration may be written while it runs. */
    final boolean isReconfigurable() {
        return ElementClasses.about(getClass()).live();
    }

    /** Stands in the place of another, which does not know, to be tried; never initialized. */
    final void standFor(Element other) {
        standBeside(other);
        inputs = other.inputs;
        outputs = other.outputs;
    }

    /** Starts the element; all elements are configured and connected. */
    protected void initialize() throws ConfigException {}

    /** Whether the graph has begun; one with a mistake never does, and its elements are closed. */
    protected final boolean hasStarted() {
        return graph().hasStarted();
    }

    /**
     * Adds the element's handlers to those that every element has. Called when somebody asks for
     * one the first time, perhaps never, and on any thread.
     */
    protected void handlers(Handlers handlers) {}

    /**
     * When it is configured and initialized, compared with the other elements: lower ones first,
     * and in the order of the text among equals. What others need to read their configuration
     * (AddressInfo) is lower, what starts work when all else is ready (Script) is higher.
     */
    protected int phase() {
        return 0;
    }

    /**
     * Takes over what the element of the same name and class holds in the graph that this one
     * replaces: packets, tables, progress, open descriptors; what it configures is this one's own.
     * Called when all elements of the new graph are initialized and nothing can go wrong any more;
     * the old one is closed soon afterwards. Its {@link #counter}s, {@link #drops} and what was
     * written to its handlers have been taken over then. What is added to outputs here is passed on
     * when all elements have taken over.
     */
    protected void takeState(Element old) {}

    /**
     * The element of the same name and class in the graph that this one is to replace, which still
     * runs; from {@link #initialize} on, for who can only have once what that one has (a port, a
     * device). It must be left as it is until {@link #takeState}. Null if there is none.
     */
    protected final <T extends Element> @Nullable T predecessor(Class<T> type) {
        Element before = graph().predecessor(this);
        return type.isInstance(before) ? type.cast(before) : null;
    }

    /** Whether the text gives this one and that one of another graph the same configuration. */
    protected final boolean isConfiguredAs(Element other) {
        return graph().configurationOf(name()).equals(other.graph().configurationOf(other.name()));
    }

    void takeCounts(Element old) {
        for (int i = 0; i < Math.min(counts.size(), old.counts.size()); i++) {
            counts.get(i).add(old.counts.get(i).value());
        }
    }

    /** Ends the element: kills what it holds, closes what it opened. Called once, always. */
    protected void close() {}

    /**
     * Whether what it takes is on its way out of the node at once, so that it arrives also when the
     * node stands still.
     */
    protected boolean isWire() {
        return false;
    }

    /** The node stands still: what the element does by itself waits. Its packets go nowhere. */
    protected void standStill() {}

    /** The node goes on. */
    protected void goOn() {}

    /** Ends its tasks and timers, too. */
    void end() {
        ended = true;
        tasks.forEach(Task::end);
        timers.forEach(Timer::cancel);
        close();
    }

    /**
     * Cuts the ended element off: where it was called from goes on for a while, if a handler that
     * was written on the way has ended the graph.
     */
    void cutOff(Element end) {
        pushOutputs().forEach(output -> output.leadTo(end, 0));
        pullInputs().forEach(input -> input.leadTo(end));
    }

    void tickets(int number) {
        tasks.forEach(task -> task.tickets(number));
    }

    private static <T> List<T> with(List<T> list, T added) {
        List<T> longer = list.isEmpty() ? new ArrayList<>(1) : list;
        longer.add(added);
        return longer;
    }

    /** A task of this element, not scheduled; it ends with the element. */
    protected final Task task(Task.Body body) {
        Task task = loop().tasks().task(body);
        tasks = with(tasks, task);
        return task;
    }

    /** A timer of this element, not set; it ends with the element. */
    protected final Timer timer(Runnable action) {
        Timer timer =
                loop().clock()
                        .timer(
                                () -> {
                                    if (!ended) {
                                        action.run();
                                    }
                                });
        timers = with(timers, timer);
        return timer;
    }

    /**
     * A count of this element's own, which goes on in the element that replaces it. To be made in
     * the constructor or in {@link #configure}, always in the same order.
     */
    protected final Counter counter() {
        Counter counter = new Counter();
        counts = with(counts, counter);
        return counter;
    }

    /** Whether {@code input} is worth a pull; {@code task} is scheduled when it becomes so. */
    protected final Signal nonEmpty(int input, Task task) {
        return Signal.upstream(input(input), task);
    }

    /** Whether {@code input} is worth a pull, for who asks when it likes. */
    protected final Signal nonEmpty(int input) {
        return Signal.upstream(input(input), null);
    }

    /** Whether {@code output} is worth a push; {@code task} is scheduled when it becomes so. */
    protected final Signal nonFull(int output, Task task) {
        return Signal.downstream(output(output), task);
    }

    /** Says whether a pull at that output may give a packet; null where nobody knows. */
    protected @Nullable Notifier emptyNotifier(int output) {
        return null;
    }

    /** Says whether a push at that input would find room; null where nobody knows. */
    protected @Nullable Notifier fullNotifier(int input) {
        return null;
    }

    /**
     * Whether it holds packets between its pull inputs and its outputs, or does not pull from all
     * of its inputs. Then its own {@link #emptyNotifier} must say all: whether it holds a packet,
     * and whether those inputs that it would pull from have one.
     */
    protected boolean holdsPackets() {
        return false;
    }

    /** The nearest elements of that type from which packets are pulled to this one. */
    protected final <T> List<T> upstream(Class<T> type) {
        return Nearest.upstream(this, type);
    }

    /** The nearest elements of that type to which packets are pushed from this one. */
    protected final <T> List<T> downstream(Class<T> type) {
        return Nearest.downstream(this, type);
    }

    /** Where a pull at that output may lead to. */
    List<Input> pullInputs(int output) {
        PortShape shape = PortShape.of(ElementClasses.about(getClass()));
        if (shape.ties() != PortShape.Ties.SAME_NUMBER) {
            return pullInputs();
        }
        Input same = inputs.length == 0 ? null : inputs[inputOf(output)];
        return same == null ? List.of() : List.of(same);
    }

    /** Where a simple element pulls what it gives at an output. */
    private int inputOf(int output) {
        return output < inputs.length ? output : 0;
    }

    List<Input> pullInputs() {
        return Stream.of(inputs).filter(Objects::nonNull).toList();
    }

    List<Output> pushOutputs() {
        return Stream.of(outputs).filter(Objects::nonNull).toList();
    }

    /** Lets somebody see what leaves at a push output, or comes at a pull input; null: nobody. */
    void watchOutput(int output, @Nullable Tap tap) {
        if (output < outputs.length && outputs[output] != null) {
            outputs[output].watch(tap);
        }
    }

    /** See {@link #watchOutput}. */
    void watchInput(int input, @Nullable Tap tap) {
        if (input < inputs.length && inputs[input] != null) {
            inputs[input].watch(tap);
        }
    }

    /** Takes a batch at an input port and owns it. */
    public void push(int port, Batch batch) {
        int kept = 0;
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = simpleAction(port, batch.get(i));
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
        Packet packet = input(inputOf(port)).pull();
        if (packet == null) {
            return null;
        }
        Packet result = simpleAction(port, packet);
        flushOutputs();
        return result;
    }

    /** As {@link #simpleAction(Packet)}, for elements that look at the input port. */
    protected @Nullable Packet simpleAction(int port, Packet packet) {
        return simpleAction(packet);
    }

    /**
     * Handles one packet and returns it, or another, for output 0; or null if it has gone
     * elsewhere: dropped, or {@link Output#add}ed to another output.
     */
    protected @Nullable Packet simpleAction(Packet packet) {
        throw new IllegalStateException(
                getClass().getSimpleName() + " has neither push/pull nor simpleAction");
    }

    /** How many inputs are in use. */
    protected final int inputs() {
        return inputs.length;
    }

    /** How many outputs are in use. */
    protected final int outputs() {
        return outputs.length;
    }

    protected final boolean hasOutput(int port) {
        return port >= 0 && port < outputs.length && outputs[port] != null;
    }

    /** Whether packets are pushed out of that output; else they are pulled. */
    protected final boolean isPush(int output) {
        return outputs[output] != null;
    }

    /** Whether packets are pulled in at that input; else they are pushed. */
    protected final boolean isPull(int input) {
        return inputs[input] != null;
    }

    @SuppressWarnings("NullAway") // the graph refuses a required port that is not connected
    protected final Output output(int port) {
        return outputs[port];
    }

    @SuppressWarnings("NullAway") // the graph refuses a pull input that is not connected
    protected final Input input(int port) {
        return inputs[port];
    }

    /**
     * A counter of packets that end here, in the graph's books.
     *
     * @param reason one of {@link ElementClass#drops}
     */
    protected final DropCounter drops(String reason) {
        if (!List.of(ElementClasses.about(getClass()).drops()).contains(reason)) {
            throw new IllegalStateException(
                    getClass() + " does not say that it drops packets for " + reason);
        }
        return graph().ledger().drops(name(), reason, graph().trace());
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
}
