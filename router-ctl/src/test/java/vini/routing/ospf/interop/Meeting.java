package vini.routing.ospf.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import vini.net.Ipv4Address;
import vini.routing.ospf.DropReason;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.OspfInterface;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Our router (10.99.0.1) with a link to a namespace for each peer, and what must be so with any
 * daemon there. Link n is 10.98.0.4n/30, of which the first address is ours.
 */
final class Meeting implements AutoCloseable {
    static final String OURS = "10.99.0.1";

    /** Ends a daemon without a word. */
    interface Death {
        void kill() throws InterruptedException;
    }

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<PeerNamespace> peers = new ArrayList<>();
    private final List<String> theirs;
    private final CaptureFile capture;
    private final TunRouter ours;
    private long startNanos;

    /**
     * @param name for namespaces and the capture, which is of the last link
     * @param theirs the other addresses of the peers, which are their router ids as a rule
     */
    Meeting(String name, String... theirs) throws Exception {
        this.theirs = List.of(theirs);
        List<OspfInterface> links = new ArrayList<>();
        try {
            for (int n = 0; n < theirs.length; n++) {
                OspfInterface link = link(n);
                links.add(link);
                peers.add(open(PeerNamespace.make(name + n, link.peer() + "/30", theirs[n])));
            }
            capture = open(CaptureFile.named(name, theirs.length - 1));
            ours =
                    open(
                            new TunRouter(
                                    OURS,
                                    peers.stream().map(PeerNamespace::tun).toList(),
                                    links,
                                    TunRouter.SECOND,
                                    4 * TunRouter.SECOND,
                                    capture));
        } catch (Exception e) {
            closeAll(opened);
            throw e;
        }
    }

    private static OspfInterface link(int number) {
        Ipv4Address subnet = Ipv4Address.parse("10.98.0.0").plus(4L * number);
        return new OspfInterface(
                number, "tun" + number, subnet.plus(1), 30, subnet.plus(2), 10, 1500);
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }

    PeerNamespace peer(int link) {
        return peers.get(link);
    }

    TunRouter ours() {
        return ours;
    }

    void start() {
        startNanos = ours.start();
    }

    /** Since the start, in milliseconds. */
    long fullAfterMs(int link) {
        return ours.nanosUntil(link, State.FULL, startNanos) / 1_000_000;
    }

    void awaitFull(String daemon) {
        await().atMost(Duration.ofSeconds(30)).until(() -> ours.state(0) == State.FULL);
        System.out.println(
                daemon
                        + " full "
                        + fullAfterMs(0)
                        + " ms after our start, "
                        + (ours.nanosUntil(0, State.FULL, startNanos)
                                        - ours.nanosUntil(0, State.INIT, startNanos))
                                / 1000
                        + " us after its first hello");
    }

    /** Pings both ways between the node addresses. */
    void packetsPass() throws Exception {
        String address = theirs.getFirst();
        assertThat(peer(0).inside("ping", "-c", "3", "-i", "0.2", "-I", address, OURS))
                .contains(" 0% packet loss");
        ours.ping(address);
        await().atMost(Duration.ofSeconds(3)).until(() -> ours.echoesReceived() == 1);
    }

    void deathIsNoticed(String daemon, Death death) throws InterruptedException {
        long killed = System.nanoTime();
        death.kill();
        await().atMost(Duration.ofSeconds(6)).until(() -> ours.state(0) == State.DOWN);
        long noticed = System.nanoTime() - killed;
        System.out.println(daemon + "'s death noticed after " + noticed / 1_000_000 + " ms");
        await().atMost(Duration.ofSeconds(1))
                .until(() -> !ours.hasRoute(theirs.getFirst() + "/32"));
        assertThat(noticed).isLessThan(4 * TunRouter.SECOND + TunRouter.SECOND / 2);
    }

    /** Neither we nor a third party found fault with what was said. */
    void nobodyComplains() throws Exception {
        assertThat(ours.ask(ours.router()::drops)).doesNotContainKey(DropReason.MALFORMED);
        assertThat(capture.complaints()).isEmpty();
    }

    @Override
    public void close() throws IOException {
        closeAll(opened);
    }

    private static void closeAll(Deque<AutoCloseable> resources) throws IOException {
        IOException failure = null;
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                failure = new IOException("cannot close " + resource, e);
            }
        }
        resources.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
