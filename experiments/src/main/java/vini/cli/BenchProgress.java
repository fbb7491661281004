package vini.cli;

import java.util.function.Consumer;

/**
 * What is being measured, on standard error: one line that is written over where a person looks at
 * it, else a line each.
 */
final class BenchProgress implements AutoCloseable {
    private static final String ERASE = "\r\033[K";

    private final Terminal terminal;

    BenchProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Hears of one scenario. */
    Consumer<String> of(String scenario) {
        return doing -> show(scenario + ": " + doing);
    }

    private void show(String text) {
        if (!terminal.isTerminal()) {
            terminal.complain(text);
            return;
        }
        int room = terminal.columns() - 1;
        String line = terminal.show(text);
        terminal.err().print(ERASE + (line.length() > room ? line.substring(0, room) : line));
        terminal.err().flush();
    }

    /** Makes room for what is printed next. */
    void clear() {
        if (terminal.isTerminal()) {
            terminal.err().print(ERASE);
            terminal.err().flush();
        }
    }

    @Override
    public void close() {
        clear();
    }
}
