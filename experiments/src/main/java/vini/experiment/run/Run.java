package vini.experiment.run;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * All that a run folder says, as far as it could be read.
 *
 * @param topology the resolved topology; an empty object if it could not be read
 * @param experiment the resolved experiment; an empty object if it could not be read
 * @param environment the environment; an empty object if it could not be read
 * @param durationS how long the experiment was to last; 0 if unknown
 * @param endS how long it lasted: less than planned when it was interrupted
 * @param outageMin how many lost echoes in a row make an outage
 * @param packets null if they were not written
 * @param books what had become of the packets at each time; empty if that was not written
 * @param problems sentences about what could not be read, with the file's name
 */
public record Run(
        RunFolder folder,
        String name,
        Network network,
        JsonNode topology,
        JsonNode experiment,
        JsonNode environment,
        Ending ending,
        double durationS,
        double endS,
        int outageMin,
        List<Probe> probes,
        List<EventRow> events,
        List<RouteRow> routes,
        List<NeighborRow> neighbors,
        @Nullable PacketBooks packets,
        List<BooksRow> books,
        List<String> problems) {
    public Run {
        probes = List.copyOf(probes);
        events = List.copyOf(events);
        routes = List.copyOf(routes);
        neighbors = List.copyOf(neighbors);
        books = List.copyOf(books);
        problems = List.copyOf(problems);
    }

    /** How a run came to its end: {@code "ending"} in {@code environment.json}, in lower case. */
    public enum Ending {
        FINISHED,
        INTERRUPTED,
        CRASHED
    }
}
