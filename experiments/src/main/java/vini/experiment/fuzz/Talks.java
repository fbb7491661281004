package vini.experiment.fuzz;

import org.jspecify.annotations.Nullable;

import vini.experiment.Books;
import vini.experiment.run.PacketBooks;
import vini.overlay.topology.Node;
import vini.overlay.world.Host;
import vini.overlay.world.VirtualWorld;

import java.io.IOException;

/** The pings and traces that go on during a whole case. */
final class Talks {
    private static final long SECOND = 1_000_000_000;
    private static final long PING_NANOS = 50_000_000L;

    private final FuzzCase fuzz;
    private final VirtualWorld world;
    private final ExpectedLinks expected;
    private final Digest digest;

    Talks(FuzzCase fuzz, VirtualWorld world, ExpectedLinks expected, Digest digest) {
        this.fuzz = fuzz;
        this.world = world;
        this.expected = expected;
        this.digest = digest;
    }

    private Node node(int number) {
        return fuzz.topology().nodes().get(number);
    }

    private Host host(int node) {
        return world.host(node(node).name());
    }

    void start() throws IOException {
        for (int i = 0; i < fuzz.talks().size(); i++) {
            FuzzCase.Talk talk = fuzz.talks().get(i);
            String span = ", FOR " + fuzz.duration().toSeconds() + "s";
            String every = talk.traces() ? "1s" : PING_NANOS + "ns";
            host(talk.from())
                    .start(
                            app(i),
                            talk.traces() ? "trace" : "ping",
                            "DST "
                                    + world.address(node(talk.to()).name())
                                    + ", EVERY "
                                    + every
                                    + span);
        }
    }

    private static String app(int talk) {
        return "p" + talk;
    }

    /**
     * Ends them; what pings say of themselves, and whether it agrees with the books.
     *
     * @return what is wrong, or null
     */
    @Nullable String end(long nowNanos) throws IOException {
        String first = null;
        long unanswered = 0;
        for (int i = 0; i < fuzz.talks().size(); i++) {
            FuzzCase.Talk talk = fuzz.talks().get(i);
            Node from = node(talk.from());
            if (talk.traces() || expected.wasEverAway(from)) {
                continue;
            }
            host(talk.from()).stop(app(i));
            PingFigures ping = PingFigures.of(host(talk.from()), app(i));
            digest.add(nowNanos, app(i), ping.toString());
            long due = fuzz.duration().toSeconds() * SECOND / PING_NANOS;
            String wrong = ping.wrong(due, fuzz.mayDouble());
            if (wrong != null && first == null) {
                first = from.name() + " pings " + node(talk.to()).name() + ": " + wrong;
            }
            unanswered += ping.sent() - ping.replies();
        }
        return first == null && !fuzz.mayDamage() ? unknownToTheBooks(unanswered) : first;
    }

    private @Nullable String unknownToTheBooks(long unanswered) throws IOException {
        PacketBooks books = Books.of(world.books());
        return unanswered > books.droppedInAll() + books.inFlight()
                ? unanswered
                        + " echoes have no answer, and the books know of "
                        + books.droppedInAll()
                        + " packets that were dropped and "
                        + books.inFlight()
                        + " on their way"
                : null;
    }
}
