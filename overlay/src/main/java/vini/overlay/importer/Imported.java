package vini.overlay.importer;

import vini.overlay.topology.Link;
import vini.overlay.topology.Topology;

import java.util.List;

/** What an import gave: a topology that is sound, its text, and what was lost on the way. */
public final class Imported {
    private final Format format;
    private final Topology topology;
    private final Draft draft;
    private final List<DraftLink> links;
    private final List<DraftEvent> events;

    Imported(
            Format format,
            Topology topology,
            Draft draft,
            List<DraftLink> links,
            List<DraftEvent> events) {
        this.format = format;
        this.topology = topology;
        this.draft = draft;
        this.links = links;
        this.events = events;
    }

    public Format format() {
        return format;
    }

    public Topology topology() {
        return topology;
    }

    public List<Notes.Note> notes() {
        return draft.notes().all();
    }

    /** The topology file; {@code schema} is where its schema lies, seen from it, or empty. */
    public String text(String schema) {
        return TopologyText.of(topology.name(), draft, links, schema);
    }

    /** How many events the file's schedule has; 0: it has none. */
    public int events() {
        return events.size();
    }

    /** What an experiment with the schedule is called. */
    public String scheduleName() {
        return topology.name() + "-schedule";
    }

    /**
     * The experiment file of the schedule, which has at least one event; schema and topology are
     * seen from it.
     */
    public String schedule(String schema, String topologyFile) {
        return ScheduleText.of(scheduleName(), events, schema, topologyFile);
    }

    /** How many parts of the network have no link to one another; 1: it is connected. */
    public int parts() {
        int[] above = new int[topology.nodes().size()];
        for (int i = 0; i < above.length; i++) {
            above[i] = i;
        }
        int parts = above.length;
        for (Link link : topology.links()) {
            int a = root(above, link.a().number());
            int b = root(above, link.b().number());
            if (a != b) {
                above[a] = b;
                parts--;
            }
        }
        return parts;
    }

    private static int root(int[] above, int node) {
        int at = node;
        while (above[at] != at) {
            above[at] = above[above[at]];
            at = above[at];
        }
        return at;
    }
}
