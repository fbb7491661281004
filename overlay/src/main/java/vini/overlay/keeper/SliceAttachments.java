package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import vini.forwarder.control.ControlException;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.host.AttachedDevice;
import vini.overlay.keeper.AttachBook.Attached;
import vini.overlay.keeper.AttachBook.Guest;
import vini.overlay.topology.Node;
import vini.overlay.world.Holdings;
import vini.overlay.world.LinkBook;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The devices by which the machine itself is in a live slice: made and removed while it runs. The
 * node's graph is replaced by one with the door, and goes on as it was in all else. Lives on the
 * keeper's worker.
 */
final class SliceAttachments {
    private static final Logger LOG = LoggerFactory.getLogger(SliceAttachments.class);
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** A slice that has been silent for so long is gone, and nobody took leave for it. */
    private static final long GUEST_NANOS = 3 * OtherSlice.RENEW_NANOS;

    private final Clock clock;
    private final AttachBook book;
    private final SliceDoors doors;
    private final SliceGraphs graphs;
    private final SliceProcesses processes;
    private final Map<String, AttachedDevice> devices = new LinkedHashMap<>();

    /** Until when each of the other slices stays without a word of it. */
    private final Map<String, Timer> guests = new LinkedHashMap<>();

    SliceAttachments(
            Clock clock,
            AttachBook book,
            SliceDoors doors,
            SliceGraphs graphs,
            SliceProcesses processes) {
        this.clock = clock;
        this.book = book;
        this.doors = doors;
        this.graphs = graphs;
        this.processes = processes;
    }

    /**
     * Attaches a new device of the machine to a node.
     *
     * @throws IllegalArgumentException with a sentence for the user; nothing is changed then
     * @throws IOException the machine cannot, or the forwarder refuses it; likewise
     */
    void attach(Node node, String device) throws IOException {
        AttachedDevice.check(device);
        enter(book.add(device, node));
    }

    /**
     * Lets another slice in at a node that serves it, which says so again and again: one that died
     * is forgotten when it has been silent for {@link #GUEST_NANOS}.
     *
     * @param door by which it leaves, {@code SLICE/NODE}
     * @param wish the address that it had; null: any
     * @throws IllegalArgumentException with a sentence for the user: the node does not serve it
     */
    void serve(Node node, String door, Guest guest, @Nullable Ipv4Address wish) throws IOException {
        if (!node.serves().contains(guest.slice())) {
            throw new IllegalArgumentException(
                    "node \"" + node.name() + "\" does not serve slice \"" + guest.slice() + "\"");
        }
        Attached before = book.get(door);
        if (before != null
                && guest.equals(before.guest())
                && before.node().equals(node)
                && (wish == null || wish.equals(before.address()))) {
            stay(door);
            return;
        }
        if (before != null) {
            detach(door);
        }
        enter(book.add(door, node, guest, wish));
        stay(door);
    }

    private void stay(String door) {
        guests.computeIfAbsent(door, d -> clock.timer(() -> forget(d))).after(GUEST_NANOS);
    }

    private void forget(String door) {
        LOG.info("{} has said nothing for {} s and is forgotten", door, GUEST_NANOS / SECOND_NANOS);
        try {
            detach(door);
        } catch (IOException e) {
            LOG.warn("{} is forgotten, but not by the forwarder: {}", door, e.getMessage());
        }
    }

    private void enter(Attached attached) throws IOException {
        Node node = attached.node();
        try {
            if (attached.guest() == null) {
                devices.put(
                        attached.device(),
                        AttachedDevice.create(
                                attached.device(),
                                attached.address(),
                                ways(),
                                attached.number() - 1,
                                devices.keySet(),
                                doors.sliceMtu()));
            }
            swap(node);
        } catch (IOException | RuntimeException e) {
            takeBack(attached, e);
            throw e;
        }
        processes.remindForwarder(book.ways(node));
        processes.remindRouter(book.announcement(attached));
    }

    private void takeBack(Attached attached, Exception failure) {
        book.remove(attached);
        try {
            graphs.write(attached.node());
            close(attached.device());
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The node's graph becomes what it should be now. */
    private void swap(Node node) throws IOException {
        String text = graphs.write(node);
        if (!processes.forwarder().isReady()) {
            book.mayBeUnread(node, text);
            return;
        }
        try {
            processes.tellForwarder(List.of(AttachBook.swap(node, text)));
        } catch (ControlException e) {
            throw e;
        } catch (IOException e) {
            // It has died; the next one reads the new text.
            LOG.debug("the forwarder is not told of a device: {}", e.getMessage());
        }
    }

    /**
     * Detaches a device, which is gone then.
     *
     * @throws IllegalArgumentException there is none of that name
     */
    void detach(String device) throws IOException {
        Attached attached = book.get(device);
        if (attached == null) {
            throw new IllegalArgumentException("no device \"" + device + "\" is attached");
        }
        Timer stay = guests.remove(device);
        if (stay != null) {
            stay.cancel();
        }
        Node node = attached.node();
        if (!book.announcement(attached).isEmpty()) {
            processes.remindRouter(List.of(AttachBook.withdraw(attached)));
        }
        // Else what is for one device would for a moment come out of another.
        processes.remindForwarder(book.noRoutes(node));
        book.remove(attached);
        try {
            swap(node);
        } finally {
            processes.remindForwarder(book.ways(node));
            close(device);
        }
    }

    /** The doors of a node have been shut or opened: so are the machine's. */
    void doorsChanged(Node node) {
        processes.remindForwarder(book.noRoutes(node));
        processes.remindForwarder(book.opened(node));
        processes.remindForwarder(book.ways(node));
        for (Attached each : book.at(node)) {
            List<LinkBook.Write> announcement = book.announcement(each);
            processes.remindRouter(
                    announcement.isEmpty() ? List.of(AttachBook.withdraw(each)) : announcement);
        }
    }

    private void close(String device) throws IOException {
        AttachedDevice made = devices.remove(device);
        if (made != null) {
            made.close();
        }
    }

    /** What the machine reaches by a device: the slice and its users, none of it twice. */
    private List<Prefix> ways() {
        List<Prefix> ways = new ArrayList<>();
        for (Prefix block : doors.plan().insideWithMachine()) {
            if (ways.stream().noneMatch(way -> way.contains(block))) {
                ways.add(block);
            }
        }
        return ways;
    }

    /** Writes a row for each device. */
    void describe(ArrayNode rows) {
        for (Attached each : book.all()) {
            ObjectNode row = rows.addObject();
            row.put("device", each.device());
            row.put("node", each.node().name());
            row.put("address", each.address().toString());
            Guest guest = each.guest();
            row.put(
                    "mtu",
                    guest == null
                            ? doors.sliceMtu()
                            : Math.min(doors.sliceMtu(), guest.mtuBytes()));
            ArrayNode reaches = row.putArray("reaches");
            ways().forEach(way -> reaches.add(way.toString()));
        }
    }

    /** All devices go. */
    void close() throws IOException {
        Holdings held = new Holdings();
        devices.values().forEach(device -> held.add(device::close));
        devices.clear();
        held.close();
    }
}
