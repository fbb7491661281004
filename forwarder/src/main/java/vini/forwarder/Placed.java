package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.control.HandlerSpace;

import java.util.random.RandomGenerator;

/**
 * What stands in a graph under a name, and has from there what it needs: its thread and its clock,
 * its chance, what others have named, the user's ear, and the books.
 */
abstract class Placed {
    private @Nullable Graph graph;
    private String name = "";
    private @Nullable Loop loop;

    /** Whether it is only tried, and so says nothing. */
    private boolean silent;

    /** Says where it stands, before all else. */
    void place(Graph itsGraph, String itsName) {
        graph = itsGraph;
        name = itsName;
    }

    /** Says which thread it belongs to; all that it does happens there. */
    void runsOn(Loop ownLoop) {
        loop = ownLoop;
    }

    /** Stands where another does, which does not know, to be tried. */
    final void standBeside(Placed other) {
        graph = other.graph;
        name = other.name;
        loop = other.loop;
        silent = true;
    }

    /** Something to do on a thread. */
    interface Work<E extends Exception> {
        void run() throws E;
    }

    /** Does something on its own thread, and waits for it. */
    final <E extends Exception> void onItsThread(Work<E> work) throws E {
        boolean _ =
                loop().call(
                                () -> {
                                    work.run();
                                    return true;
                                });
    }

    /** The element's name in its graph. */
    public final String name() {
        return name;
    }

    /** The graph in which it stands. */
    protected final Graph graph() {
        if (graph == null) {
            throw new IllegalStateException(getClass().getName() + " stands in no graph yet");
        }
        return graph;
    }

    /** The loop on whose thread it lives. */
    protected final Loop loop() {
        return loop == null ? graph().loop() : loop;
    }

    /**
     * The generator of this element's chance, derived from the run's seed and its full name; in a
     * graph that replaces another it is another one, so that chance does not repeat itself.
     */
    protected final RandomGenerator chance() {
        String whose = graph().name() + "/" + name();
        int generation = graph().generation();
        return graph().seed().generator(generation == 0 ? whose : whose + "#" + generation);
    }

    /** Readers of addresses as this element may write them. */
    protected final AddressNames.Reader addresses() {
        return graph().addresses(name());
    }

    /** Where the names of addresses are kept, for elements that give them. */
    protected final AddressNames addressNames() {
        return graph().addressNames();
    }

    /** The element of that type which this one means by a name, see {@link Graph#find}. */
    protected final <T> @Nullable T named(String name, Class<T> type) {
        return graph().find(name(), name, type);
    }

    /** All handlers of the graph, named as this element may; once the graph has started. */
    protected final HandlerSpace handlerSpace() {
        return graph().handlerSpaceOf(name());
    }

    /** Writes to the user's standard output, as it is. */
    protected final void print(String text) {
        graph().shared().get(Chatter.class, Chatter::new).print(text);
    }

    /** Readers of ports of TCP and UDP as this element may write them. */
    protected final PortNames.Reader portNumbers() {
        return graph().portNames().of(name());
    }

    /** Where the names of ports are kept, for elements that give them. */
    protected final PortNames portNames() {
        return graph().portNames();
    }

    /** Writes a line for the user. */
    protected final void chatter(String line) {
        if (!silent) {
            graph().shared().get(Chatter.class, Chatter::new).line(line);
        }
    }

    /** What ends the run. */
    protected final Driver driver() {
        return graph().shared().get(Driver.class, Driver::new);
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
