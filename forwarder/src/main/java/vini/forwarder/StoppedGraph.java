package vini.forwarder;

import org.jspecify.annotations.Nullable;

/**
 * A graph that is down, and what it takes to start it. A text that is written to its {@code
 * hotconfig} meanwhile is the one that it starts with.
 */
final class StoppedGraph {
    private final String name;
    private final String file;
    private final int loop;
    private final @Nullable Ledger books;
    private String text;

    /**
     * @param loop the one that it starts on, counted from 0
     * @param books what it has done so far; null if it has never run
     */
    StoppedGraph(String name, String file, String text, int loop, @Nullable Ledger books) {
        this.name = name;
        this.file = file;
        this.text = text;
        this.loop = loop;
        this.books = books;
    }

    /** Starts it as if it had never run, except that its books go on. */
    Graph start(GraphProcess process) throws ConfigException {
        Graph graph = process.start(name, file, text, loop);
        if (books != null) {
            graph.ledger().carryOn(books, element -> false);
        }
        return graph;
    }

    /** What its books say. */
    String books() {
        return books == null ? "" : books.text();
    }

    /** Adds its books to those of others. */
    void addTo(LedgerSum sum) {
        if (books != null) {
            books.addTo(sum);
        }
    }

    /** What may be asked of it. */
    Handlers handlers() {
        return new Handlers()
                .read("config", () -> text)
                .read("books", this::books)
                .act("hotconfig", newText -> text = newText);
    }
}
