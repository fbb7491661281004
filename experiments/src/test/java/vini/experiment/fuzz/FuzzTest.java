package vini.experiment.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.experiment.event.EventType;
import vini.experiment.event.Fail;
import vini.experiment.spec.ExperimentFile;
import vini.experiment.spec.TimedEvent;
import vini.overlay.json.Problems;
import vini.overlay.topology.End;
import vini.overlay.topology.Generated;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Topology;
import vini.overlay.world.FailureMode;
import vini.overlay.world.Way;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

class FuzzTest {
    private static final int SEEDS = 35;

    @TempDir Path folder;

    /** The first seeds, as {@code vini fuzz} takes them. */
    @Test
    void randomNetworksHealAsTheyShould() throws Exception {
        List<String> found = new ArrayList<>();
        AtomicReference<Fuzzer.Result> result = new AtomicReference<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            new Fuzzer(threads, 2)
                    .search(
                            1,
                            new Fuzzer.Progress() {
                                @Override
                                public boolean goesOn(int begun) {
                                    return begun < SEEDS;
                                }

                                @Override
                                public void found(Fuzzer.Found each) {
                                    found.add("seed " + each.fuzz().seed() + " " + each.fault());
                                }

                                @Override
                                public void done(Fuzzer.Result soFar) {
                                    result.set(soFar);
                                }
                            });
        }
        assertThat(found).isEmpty();
        assertThat(result.get().cases()).isEqualTo(SEEDS);
        assertThat(result.get().quiet()).isGreaterThan(SEEDS);
    }

    /**
     * Of the first two, echoes that are damaged on their way are delivered, and not answered; of
     * the third, a link is up between two events of the same instant, and a hello crosses it.
     */
    @ParameterizedTest
    @ValueSource(longs = {30571, 31092, 318519})
    void whatWasWrongOnceIsNotAnyMore(long seed) {
        for (FuzzRun.Looks looks : FuzzRun.Looks.values()) {
            FuzzRun.Outcome outcome =
                    FuzzRun.run(FuzzCases.of(seed), FuzzRun.Meddler.NOBODY, looks);
            assertThat(outcome.fault()).as("%s", looks).isNull();
        }
    }

    /** A square whose sides all cost the same, and one link of it fails. */
    private static FuzzCase square() {
        Topology square = Generated.grid(2, 2, 1_000_000);
        LinkName link = new LinkName("r0-0", "r0-1");
        List<TimedEvent> events =
                LongStream.rangeClosed(1, 4)
                        .mapToObj(
                                i ->
                                        new TimedEvent(
                                                Duration.ofSeconds(30 * i),
                                                Duration.ofSeconds(5),
                                                null,
                                                null,
                                                null,
                                                null,
                                                new Fail(link, null, null, FailureMode.DOWN)))
                        .toList();
        return new FuzzCase(
                1,
                square,
                events,
                List.of(new FuzzCase.Talk(0, 3, false)),
                Long.MAX_VALUE,
                Duration.ofSeconds(200));
    }

    @Test
    void aSoundNetworkHasNoFault() {
        FuzzRun.Outcome outcome =
                FuzzRun.run(square(), FuzzRun.Meddler.NOBODY, FuzzRun.Looks.CHECKS);
        assertThat(outcome.fault()).isNull();
        assertThat(outcome.quiet()).isGreaterThan(4);
        assertThat(FuzzRun.run(square(), FuzzRun.Meddler.NOBODY, FuzzRun.Looks.CAPTURES).digest())
                .isEqualTo(outcome.digest());
    }

    /** One router counts one too many for a link: then only one of two equal ways is left. */
    @Test
    void aCostThatIsOffByOneInOneRouterIsFoundAndOneEventIsEnoughForIt() {
        FuzzRun.Meddler meddler =
                (world, act) -> {
                    if (act == 1) {
                        world.cost(new Way(new LinkName("r0-0", "r1-0"), true), 11);
                    }
                };
        Fault fault =
                Objects.requireNonNull(
                        FuzzRun.run(square(), meddler, FuzzRun.Looks.CHECKS).fault());
        assertThat(fault.kind()).isEqualTo(Fault.Kind.ROUTES);
        assertThat(fault.sentence())
                .isEqualTo(
                        "r0-0 sends what goes to r1-1 to r0-1, and the shortest way is by r0-1 and"
                                + " r1-0");
        Shrinker.Shrunk shrunk = Shrinker.shrink(square(), fault, meddler);
        assertThat(shrunk.fuzz().events()).hasSize(1);
        assertThat(shrunk.fuzz().talks()).isEmpty();
    }

    @Test
    void aLinkThatFailsBehindTheScheduleIsFound() {
        FuzzRun.Meddler meddler =
                (world, act) ->
                        world.fail(
                                new LinkName("r0-0", "r1-0"),
                                FailureMode.SILENT,
                                vini.overlay.world.Cause.OPERATOR);
        Fault fault =
                Objects.requireNonNull(
                        FuzzRun.run(square(), meddler, FuzzRun.Looks.CHECKS).fault());
        assertThat(fault.kind()).isEqualTo(Fault.Kind.LINKS);
    }

    @Test
    void whenTheControllerDiesLeasesEndWhatItBegan() {
        FuzzCase square = square();
        FuzzCase dies =
                new FuzzCase(
                        1,
                        square.topology(),
                        square.events(),
                        List.of(),
                        Duration.ofSeconds(32).toNanos(),
                        square.duration());
        assertThat(FuzzRun.run(dies, FuzzRun.Meddler.NOBODY, FuzzRun.Looks.CHECKS).fault())
                .isNull();
        Link link = square.topology().links().getFirst();
        FuzzRun.Meddler watcher =
                (world, act) -> {
                    world.clock().runFor(4_000_000_000L);
                    assertThat(world.readForwarder("r0-0/to_r0_1.state")).contains("down");
                    world.clock().runFor(2_500_000_000L);
                    assertThat(world.readForwarder("r0-0/to_r0_1.state")).contains("up");
                };
        assertThat(link.node(End.A).name()).isEqualTo("r0-0");
        assertThat(FuzzRun.run(dies, watcher, FuzzRun.Looks.CHECKS).fault()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aCaseIsAnExperimentThatCanBeRun(long seed) throws Exception {
        FuzzCase fuzz = FuzzCases.of(seed);
        String text = ExperimentFile.write(fuzz.experiment());
        Path file = Files.writeString(folder.resolve("fuzz.json"), text);
        assertThat(ExperimentFile.write(ExperimentFile.read(file, new Problems()))).isEqualTo(text);
    }

    /** A type of event that nobody taught the fuzzer, or a key of one, is missed here. */
    @Test
    void theCasesHaveAllThatCanHappenWithAllItsKeys() throws Exception {
        Set<String> drawn = new TreeSet<>();
        for (long seed = 0; seed < 400; seed++) {
            for (TimedEvent timed : FuzzCases.of(seed).events()) {
                keys("event", timed, drawn);
                keys(timed.event().getClass().getSimpleName(), timed.event(), drawn);
            }
        }
        Set<String> all = new TreeSet<>();
        for (RecordComponent key : TimedEvent.class.getRecordComponents()) {
            all.add("event." + key.getName());
        }
        for (EventType type : ServiceLoader.load(EventType.class)) {
            for (RecordComponent key : type.form().getRecordComponents()) {
                all.add(type.form().getSimpleName() + "." + key.getName());
            }
        }
        assertThat(drawn).containsAll(all);
        assertThat(all).hasSizeGreaterThan(40);
    }

    private static void keys(String name, Object event, Set<String> drawn) throws Exception {
        for (RecordComponent key : event.getClass().getRecordComponents()) {
            Object value = key.getAccessor().invoke(event);
            if (value != null && !value.equals(false)) {
                drawn.add(name + "." + key.getName());
            }
        }
    }

    @Test
    void theCasesHaveWatchedLinksFibersAndTraces() {
        List<FuzzCase> cases = LongStream.range(0, 60).mapToObj(FuzzCases::of).toList();
        assertThat(cases)
                .anyMatch(c -> c.topology().links().stream().anyMatch(l -> l.watchNanos() > 0))
                .anyMatch(c -> !c.topology().fibers().isEmpty())
                .anyMatch(c -> c.talks().stream().anyMatch(FuzzCase.Talk::traces));
    }

    /** The link carries packets again before the schedule says so. */
    @Test
    void aPacketOverALinkThatHasFailedIsFound() {
        FuzzRun.Meddler meddler =
                (world, act) ->
                        world.restore(
                                new LinkName("r0-0", "r0-1"), vini.overlay.world.Cause.OPERATOR);
        Fault fault =
                Objects.requireNonNull(
                        FuzzRun.run(square(), meddler, FuzzRun.Looks.CAPTURES).fault());
        assertThat(fault.kind()).isEqualTo(Fault.Kind.PACKETS);
        assertThat(fault.sentence()).contains("where nothing is carried");
    }
}
