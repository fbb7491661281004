package vini.cli;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.forwarder.control.ControlClient;
import vini.overlay.host.StateRoot;
import vini.overlay.json.Suggestion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The slices of this user on this machine, as their control sockets show them. */
public final class Slices {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> environment;

    Slices(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What this process was started with. */
    Map<String, String> environment() {
        return environment;
    }

    /** Where their state is. */
    StateRoot root() throws IOException {
        return StateRoot.of(environment);
    }

    /** The folder of a slice that runs. */
    Path folder(String slice) throws IOException {
        List<StateRoot.Slice> all = root().slices();
        for (StateRoot.Slice known : all) {
            if (known.name().equals(slice)) {
                if (known.live()) {
                    return root().folder(slice);
                }
                throw CommandException.wrongInput(
                        slice
                                + " runs no more, its keeper was killed; \"vini down "
                                + slice
                                + "\" removes what it left");
            }
        }
        List<String> running =
                all.stream().filter(StateRoot.Slice::live).map(StateRoot.Slice::name).toList();
        throw CommandException.wrongInput(
                "no slice \""
                        + slice
                        + "\" is running"
                        + (running.isEmpty()
                                ? "; none is (\"vini up TOPOLOGY\" starts one)"
                                : near(slice, running)));
    }

    private static String near(String name, List<String> known) {
        String suggestion = Suggestion.didYouMean(name, known);
        return suggestion.isEmpty() ? "; there is " + String.join(", ", known) : suggestion;
    }

    /** A connection to the slice's keeper. */
    ControlClient keeper(String slice) throws IOException {
        return connect(slice, "keeper");
    }

    /** A connection to one of the slice's processes: keeper, forwarder or router. */
    ControlClient connect(String slice, String process) throws IOException {
        Path socket = folder(slice).resolve(process + ".sock");
        try {
            return ControlClient.connect(socket);
        } catch (IOException e) {
            throw CommandException.machineCannot(
                    "the "
                            + process
                            + " of "
                            + slice
                            + " does not answer ("
                            + e.getMessage()
                            + "); see: vini logs "
                            + slice);
        }
    }

    /** Reads a handler of one of the slice's processes. */
    String read(String slice, String process, String handler) throws IOException {
        try (ControlClient client = connect(slice, process)) {
            return client.read(handler);
        }
    }

    /** Reads a handler that answers in JSON. */
    JsonNode readJson(String slice, String process, String handler) throws IOException {
        return json(read(slice, process, handler));
    }

    /** Parses what a process of ours has said. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalStateException("no JSON from a process of ours: " + text, e);
        }
    }

    /** Refuses a node that the slice does not have. */
    void check(NodeName name) throws IOException {
        List<String> nodes =
                List.copyOf(
                        readJson(name.slice(), "keeper", "topology").path("nodes").propertyNames());
        if (!nodes.contains(name.node())) {
            throw CommandException.wrongInput(
                    name.slice()
                            + " has no node \""
                            + name.node()
                            + "\""
                            + Suggestion.didYouMean(name.node(), nodes));
        }
    }
}
