package vini.forwarder.elements.queue;

import vini.forwarder.ConfigException;
import vini.forwarder.Graph;

import java.util.ArrayList;
import java.util.List;

/** The queues whose length an element watches. */
record Storages(List<Storage> all) {
    static final Storages NONE = new Storages(List.of());

    /**
     * Reads the argument QUEUES: names of elements of the graph, with blanks between them; a name
     * is looked for in the compound element of {@code asker} first, and then outside of it.
     */
    static Storages named(Graph graph, String asker, String names) throws ConfigException {
        List<Storage> found = new ArrayList<>();
        for (String name : names.strip().split("\\s+", -1)) {
            Storage storage = graph.find(asker, name, Storage.class);
            if (storage == null) {
                throw new ConfigException(
                        "QUEUES: '" + name + "' is no element that stores packets");
            }
            found.add(storage);
        }
        return new Storages(found);
    }

    /** Those that were found by the connections of the graph, of which there must be one. */
    static Storages nearest(List<Storage> found, String where) throws ConfigException {
        if (found.isEmpty()) {
            throw new ConfigException("no queue " + where + "; name one with QUEUES");
        }
        return new Storages(List.copyOf(found));
    }

    /** How many packets they hold together. */
    long stored() {
        long sum = 0;
        for (Storage storage : all) {
            sum += storage.stored();
        }
        return sum;
    }

    /** Their names, one a line. */
    String names() {
        StringBuilder names = new StringBuilder();
        all.forEach(storage -> names.append(storage.name()).append('\n'));
        return names.toString();
    }
}
