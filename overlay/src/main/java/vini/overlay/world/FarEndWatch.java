package vini.overlay.world;

import vini.overlay.graph.NodeGraph;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Topology;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows what the tunnels of watched links say of their far ends: a link of which one end hears
 * nothing has lost its underlay, whatever the other end hears, and has it again when both hear each
 * other. It is the same in both worlds.
 */
public final class FarEndWatch implements AutoCloseable {
    /** A question costs some microseconds; most are answered with nothing. */
    private static final long LOOK_NANOS = 20_000_000L;

    /** The forwarder's handler {@code far_ends}. */
    public interface Source {
        /**
         * What has changed.
         *
         * @param version the number of the last answer
         * @throws IOException the forwarder is away for now
         */
        String farEnds(String version) throws IOException;
    }

    /** Hears of links whose underlay has failed or is back. */
    public interface Listener {
        void changed(Underlay change) throws IOException;
    }

    private final Map<Link, Boolean> links = new LinkedHashMap<>();
    private final Source source;
    private final Listener listener;
    private final Clock clock;
    private final Timer timer;
    private String version = "0";

    /** Looks from now on, on the clock's thread, if the topology has links to watch. */
    public FarEndWatch(Clock clock, Topology topology, Source source, Listener listener) {
        this.clock = clock;
        this.source = source;
        this.listener = listener;
        this.timer = clock.timer(this::look);
        topology.links().stream()
                .filter(link -> link.watchNanos() > 0)
                .forEach(link -> links.put(link, true));
        if (!links.isEmpty()) {
            timer.after(LOOK_NANOS);
        }
    }

    private void look() {
        timer.at(clock.nowNanos() + LOOK_NANOS);
        String news;
        try {
            news = source.farEnds(version);
        } catch (IOException e) {
            version = "0"; // another forwarder counts anew
            return;
        }
        if (!news.isEmpty()) {
            take(news);
        }
    }

    private void take(String news) {
        Map<String, Boolean> heard = new LinkedHashMap<>();
        for (String line : news.lines().toList()) {
            String[] word = line.split(" ", 2);
            if (word[0].equals("version")) {
                version = word[1];
            } else {
                heard.put(word[0], word[1].equals("heard"));
            }
        }
        List<Underlay> changes = new ArrayList<>();
        links.replaceAll((link, works) -> judge(link, works, heard, changes));
        for (Underlay change : changes) {
            try {
                listener.changed(change);
            } catch (IOException e) {
                // The books know it, and so does a forwarder that comes back.
            }
        }
    }

    /** Who says nothing, since it is new or gone, changes nothing. */
    private static boolean judge(
            Link link, boolean works, Map<String, Boolean> heard, List<Underlay> changes) {
        Set<String> silent = new LinkedHashSet<>();
        int hearing = 0;
        for (End end : End.values()) {
            Boolean hears = heard.get(NodeGraph.tunnel(link, end));
            if (hears != null && hears) {
                hearing++;
            } else if (hears != null) {
                silent.add(link.node(end.other()).name());
            }
        }
        if (works && !silent.isEmpty()) {
            String reason = "far end " + String.join(" and ", silent) + " silent";
            changes.add(new Underlay(link, Underlay.Kind.FAR_END, reason, false));
            return false;
        }
        if (!works && hearing == End.values().length) {
            changes.add(new Underlay(link, Underlay.Kind.FAR_END, "far ends heard", true));
            return true;
        }
        return works;
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
