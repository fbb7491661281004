package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.forwarder.control.ControlClient;
import vini.net.Ipv4Address;
import vini.overlay.host.MachineException;
import vini.overlay.topology.Egress.Through;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The slice by which packets of another one leave, as the keeper of that other one sees it: it asks
 * the slice's keeper to be let in, gets an address of the slice for its packets, and says so again
 * every few seconds, since that keeper may have been started anew. Both slices are of one user and
 * on one machine; between them is a tunnel over loopback.
 */
final class OtherSlice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OtherSlice.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Beside those of links, which count up from 1. */
    private static final String ENDS = "127.77.%d.250:%d";

    private static final int FIRST_PORT = 10_000;

    /** How often it is asked again. */
    static final long RENEW_NANOS = 5_000_000_000L;

    /** Meanwhile the slice's own keeper does nothing else. */
    private static final long RENEWAL_MS = 1000;

    private final Path socket;
    private final Through through;
    private final String door;
    private final String here;
    private final String there;
    private @Nullable Ipv4Address address;
    private int mtuBytes;
    private boolean closed;

    private OtherSlice(Path socket, Through through, String door, int slot, int number) {
        this.socket = socket;
        this.through = through;
        this.door = door;
        this.here = ENDS.formatted(slot, FIRST_PORT + 2 * number);
        this.there = ENDS.formatted(slot, FIRST_PORT + 2 * number + 1);
    }

    /**
     * Enters a slice.
     *
     * @param state the folder of the slice that enters, which lies beside the other's
     * @param door the name of the slice that enters, and of its egress: {@code SLICE/NODE}
     * @param slot that slice's number on the machine
     * @param number of its egress among those that lead to other slices, from 0
     * @throws MachineException with a sentence for the user: the other slice does not run, or does
     *     not serve this one
     */
    static OtherSlice enter(
            Path state, Through through, String door, int slot, int number, int mtuBytes)
            throws IOException {
        Path socket = state.resolveSibling(through.slice()).resolve("keeper.sock");
        OtherSlice other = new OtherSlice(socket, through, door, slot, number);
        other.mtuBytes = mtuBytes;
        try (ControlClient keeper = other.connect()) {
            other.check(JSON.readTree(keeper.read("topology")));
            other.ask(keeper);
        } catch (JacksonException e) {
            throw new IOException("slice \"" + through.slice() + "\" does not answer in JSON", e);
        }
        return other;
    }

    private ControlClient connect() throws IOException {
        try {
            return ControlClient.connect(socket);
        } catch (IOException e) {
            throw new MachineException(
                    "the egress "
                            + door
                            + " leads into slice \""
                            + through.slice()
                            + "\", which does not run: start that one first; "
                            + mustSay(),
                    e);
        }
    }

    private String mustSay() {
        return "its node \""
                + through.node()
                + "\" must say \"serves\": [\""
                + door.replaceFirst("/.*", "")
                + "\"] in its topology";
    }

    private void check(JsonNode topology) throws MachineException {
        JsonNode node = topology.path("nodes").path(through.node());
        String slice = door.replaceFirst("/.*", "");
        if (node.isMissingNode()) {
            throw new MachineException(
                    "the egress "
                            + door
                            + ": slice \""
                            + through.slice()
                            + "\" has no node \""
                            + through.node()
                            + "\"");
        }
        if (node.path("serves").valueStream().noneMatch(s -> s.asString().equals(slice))) {
            throw new MachineException(
                    "the egress "
                            + door
                            + ": slice \""
                            + through.slice()
                            + "\" does not let it in; "
                            + mustSay());
        }
    }

    private void ask(ControlClient keeper) throws IOException {
        String wish = address == null ? "" : " " + address;
        keeper.write(
                "serve",
                String.join(" ", through.node(), door, there, here, Integer.toString(mtuBytes))
                        + wish);
        for (JsonNode row : JSON.readTree(keeper.read("status")).path("attached")) {
            if (row.path("device").asString().equals(door)) {
                address = Ipv4Address.parse(row.path("address").asString());
                mtuBytes = row.path("mtu").asInt();
            }
        }
    }

    /** The address that the other slice has given. */
    Ipv4Address address() {
        Ipv4Address given = address;
        if (given == null) {
            throw new IllegalStateException(through + " has given no address to " + door);
        }
        return given;
    }

    /** What both slices carry. */
    int mtuBytes() {
        return mtuBytes;
    }

    /** The element by which packets leave. */
    String element() {
        return "UdpTunnel(%s, %s, MTU %d)".formatted(here, there, mtuBytes);
    }

    /**
     * Asks again, since the other slice may be a new one; meanwhile what leaves is lost. Does
     * nothing after {@link #close}: the slice would be let in again, and nobody would take leave.
     */
    synchronized void renew() {
        if (closed) {
            return;
        }
        try (ControlClient keeper = ControlClient.connect(socket, RENEWAL_MS)) {
            ask(keeper);
        } catch (IOException | JacksonException e) {
            LOG.debug("{} does not serve {} now: {}", through, door, e.getMessage());
        }
    }

    /** The other slice forgets this one. */
    @Override
    public synchronized void close() {
        closed = true;
        try (ControlClient keeper = ControlClient.connect(socket)) {
            keeper.write("detach", door);
        } catch (IOException e) {
            LOG.debug("{} has gone, or does not know {}: {}", through, door, e.getMessage());
        }
    }
}
