package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.overlay.host.Worker;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Topology;
import vini.overlay.world.FailureMode;
import vini.overlay.world.FarEndWatch;
import vini.overlay.world.Underlay;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the underlay does to the links of a live slice is not hidden from them: one that has lost an
 * interface, or its far end, fails until it has it again. Lives on the slice's worker.
 */
final class SliceUnderlay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SliceUnderlay.class);

    private final SliceLinks links;
    private final KeeperListener listener;
    private final Carriers carriers;
    private final FarEndWatch farEnds;

    /** Why links fail now. */
    private final Map<Link, Map<Underlay.Kind, String>> reasons = new LinkedHashMap<>();

    /** Watches from now on, but for carriers, see {@link #watch}. */
    SliceUnderlay(
            Worker worker,
            Topology topology,
            SliceLinks links,
            SliceProcesses processes,
            KeeperListener listener)
            throws IOException {
        this.links = links;
        this.listener = listener;
        carriers = new Carriers(worker, topology, null, this::follow);
        farEnds =
                new FarEndWatch(
                        worker,
                        topology,
                        version -> processes.forwarder().control().read("far_ends", version),
                        this::follow);
    }

    /** Looks at the carriers at once, and then again and again. */
    void watch() throws IOException {
        carriers.watch();
    }

    private void follow(Underlay change) {
        Map<Underlay.Kind, String> of =
                reasons.computeIfAbsent(change.link(), link -> new EnumMap<>(Underlay.Kind.class));
        if (change.works()) {
            of.remove(change.kind());
        } else {
            of.put(change.kind(), change.reason());
        }
        try {
            if (change.works()) {
                boolean _ = links.restore(change.link(), change.cause());
            } else {
                links.fail(change.link(), FailureMode.DOWN, End.A, change.cause());
            }
        } catch (IOException e) {
            // The book says so, so a forwarder that comes back will have it so.
            LOG.debug("{}, but {}", change.words(), e.getMessage());
        }
        listener.underlay(change);
    }

    /** What of its underlay a link misses, in words; null if nothing. */
    @Nullable String missing(Link link) {
        Map<Underlay.Kind, String> of = reasons.get(link);
        return of == null || of.isEmpty() ? null : String.join(", ", of.values());
    }

    @Override
    public void close() throws IOException {
        farEnds.close();
        carriers.close();
    }
}
