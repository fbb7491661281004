package vini.experiment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.experiment.event.Deed;
import vini.experiment.spec.EventText;
import vini.experiment.spec.TimedEvent;
import vini.experiment.spec.Timeline;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.overlay.json.InputException;
import vini.overlay.keeper.Keeper;
import vini.overlay.keeper.LiveWorld;
import vini.overlay.topology.TopologyFile;
import vini.overlay.world.World;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that happen to a slice outside of any experiment, as its keeper is told by {@code event}
 * with an event's JSON, or {@code end}, which undoes all of them. It lives on the keeper's worker.
 */
public final class LiveEvents implements Director.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);

    /** As long as an experiment can be. */
    private static final long WEEK_NANOS = 7 * 86_400_000_000_000L;

    private static final int EVENTS_MAX = 1000;

    private final Keeper keeper;
    private final World world;
    private final Seed seed;
    private final List<Director> directors = new ArrayList<>();
    private int told;

    public LiveEvents(Keeper keeper, Seed seed) {
        this.keeper = keeper;
        this.world = new LiveWorld(keeper);
        this.seed = seed;
    }

    /** Adds what the keeper can be told. */
    public void addTo(Handlers handlers) {
        handlers.act("event", this::happen);
        handlers.act("events_end", value -> end());
    }

    private void happen(String event) throws HandlerException {
        try {
            TimedEvent timed =
                    EventText.read(event, TopologyFile.write(keeper.topology()), Path.of("/"));
            keeper.worker().run(() -> plan(timed));
        } catch (InputException | IllegalArgumentException | IOException e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        }
    }

    private void plan(TimedEvent timed) {
        directors.removeIf(Director::isOver);
        if (directors.size() >= EVENTS_MAX) {
            throw new IllegalArgumentException(
                    EVENTS_MAX + " events are still going on; end them first");
        }
        long now = world.clock().nowNanos();
        told++;
        Timeline timeline =
                new Timeline(
                        world.topology(),
                        new Seed(seed.derive("event " + told)),
                        now,
                        WEEK_NANOS,
                        told);
        timeline.add(timed);
        directors.add(new Director(world, timeline.acts(), now, this));
    }

    private void end() throws HandlerException {
        try {
            keeper.worker()
                    .run(
                            () -> {
                                directors.forEach(Director::end);
                                directors.clear();
                            });
        } catch (IOException e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void done(long plannedNanos, long issuedNanos, Deed deed) {
        LOG.info("{}", deed.words());
    }

    @Override
    public void failed(long plannedNanos, long issuedNanos, Deed deed, IOException why) {
        LOG.warn("{} was not carried out: {}", deed.words(), why.getMessage());
    }

    /** Ends what hosts run for events; the slice's end undoes the rest. */
    @Override
    public void close() throws IOException {
        world.close();
    }
}
