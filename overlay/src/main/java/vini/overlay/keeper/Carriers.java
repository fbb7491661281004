package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.overlay.host.Rtnetlink;
import vini.overlay.host.Worker;
import vini.overlay.topology.Link;
import vini.overlay.topology.Topology;
import vini.overlay.world.FarEndWatch;
import vini.overlay.world.Underlay;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The interfaces of the machine by which links travel, as the topology says: what becomes of them
 * becomes of the links. Lives on the slice's worker.
 */
final class Carriers implements AutoCloseable {
    /** A question costs some microseconds, so a failure of the underlay is known this soon. */
    private static final long LOOK_NANOS = 20_000_000L;

    private final Worker worker;
    private final FarEndWatch.Listener listener;
    private final Map<String, Boolean> carriers = new LinkedHashMap<>();
    private final List<Link> links;
    private final Set<Link> failed = new LinkedHashSet<>();
    private final @Nullable Rtnetlink rtnetlink;
    private boolean closed;

    /**
     * Nothing is told before {@link #watch}.
     *
     * @param namespace where the interfaces are, see {@link vini.forwarder.io.Namespace#within}
     */
    Carriers(
            Worker worker,
            Topology topology,
            @Nullable String namespace,
            FarEndWatch.Listener listener)
            throws IOException {
        this.worker = worker;
        this.listener = listener;
        this.links = topology.links().stream().filter(link -> !link.via().isEmpty()).toList();
        links.forEach(link -> link.via().forEach(device -> carriers.put(device, true)));
        rtnetlink = links.isEmpty() ? null : Rtnetlink.open(namespace);
    }

    /** Looks at once, and then again and again. */
    void watch() throws IOException {
        if (rtnetlink != null) {
            look(rtnetlink);
            worker.schedule(LOOK_NANOS, this::watchAgain);
        }
    }

    private void watchAgain() {
        if (closed) {
            return;
        }
        try {
            watch();
        } catch (IOException e) {
            throw new IllegalStateException("the machine's interfaces cannot be watched", e);
        }
    }

    /** All are looked at before anything is told: a link may have lost one and got another back. */
    private void look(Rtnetlink from) throws IOException {
        Set<String> changed = new LinkedHashSet<>();
        for (Map.Entry<String, Boolean> each : carriers.entrySet()) {
            boolean carrier = from.hasCarrier(each.getKey());
            if (carrier != each.getValue()) {
                each.setValue(carrier);
                changed.add(each.getKey());
            }
        }
        for (String device : changed) {
            tell(device);
        }
    }

    private void tell(String device) throws IOException {
        for (Link link : links) {
            boolean works = link.via().stream().allMatch(name -> carriers.getOrDefault(name, true));
            if (link.via().contains(device) && works == failed.contains(link)) {
                boolean _ = works ? failed.remove(link) : failed.add(link);
                String reason = device + (works ? " up" : " down");
                listener.changed(new Underlay(link, Underlay.Kind.CARRIER, reason, works));
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (rtnetlink != null) {
            rtnetlink.close();
        }
    }
}
