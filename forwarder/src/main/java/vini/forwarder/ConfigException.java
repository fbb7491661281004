package vini.forwarder;

import java.util.List;

/** The user's mistakes in a configuration, all that were found: a line each, with its place. */
public final class ConfigException extends Exception {
    private final List<String> problems;

    /** One mistake whose place the caller adds. */
    public ConfigException(String problem) {
        this(List.of(problem));
    }

    public ConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
