package vini.cli;

import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

/** {@code --json}, for commands that else print for a person. */
final class JsonOption {
    @Option(names = "--json", description = "Print JSON instead, for programs.")
    private boolean json;

    boolean wanted() {
        return json;
    }

    /** Prints a list of objects in the form that was asked for. */
    void print(JsonNode list, Terminal terminal) {
        print(list, list, terminal);
    }

    /** Prints one list for programs, or another for people. */
    void print(JsonNode list, JsonNode forPeople, Terminal terminal) {
        if (json) {
            terminal.out().println(list.toPrettyString());
        } else if (forPeople.isEmpty()) {
            terminal.say("none");
        } else {
            Table.of(forPeople).lines().forEach(terminal::say);
        }
    }
}
