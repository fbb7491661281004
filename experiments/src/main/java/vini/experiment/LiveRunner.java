package vini.experiment;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.analysis.Summary;
import vini.experiment.report.Report;
import vini.experiment.run.Run;
import vini.experiment.run.RunFolder;
import vini.experiment.spec.Experiment;
import vini.overlay.host.AwakeProcessors;
import vini.overlay.host.BackgroundFiles;
import vini.overlay.host.MachineException;
import vini.overlay.host.StateFolder;
import vini.overlay.host.StateRoot;
import vini.overlay.keeper.Keeper;
import vini.overlay.keeper.KeeperListener;
import vini.overlay.keeper.LiveWorld;
import vini.overlay.keeper.Outsiders;
import vini.overlay.topology.Topology;
import vini.overlay.world.Underlay;
import vini.time.Seed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Carries experiments out in the live world, as the keeper of a slice of their own. */
public final class LiveRunner implements ExperimentRunner {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long CONVERGENCE_NANOS = 60_000_000_000L;

    /** Enough for one who starts the same experiment again and again by mistake. */
    private static final int SAME_NAME_MAX = 100;

    private final Surroundings surroundings;

    public LiveRunner(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Summary run(RunRequest request, RunListener listener)
            throws IOException, InterruptedException {
        Experiment experiment = request.read();
        RunNeeds.check(experiment, surroundings.environment());
        RunFolder folder = surroundings.runFolder(request.out(), experiment.name());
        try {
            StateFolder state = state(experiment.topology().name());
            Outsiders outsiders =
                    Outsiders.of(experiment.topology().name(), surroundings.environment())
                            .with(experiment.outsideHosts())
                            .configuring(request.configuresHost());
            return new Attempt(experiment, folder, listener).run(state, outsiders);
        } finally {
            surroundings.discardEmpty(folder);
        }
    }

    /** A folder for a slice of that name, or of a similar one if another slice has it. */
    private StateFolder state(String name) throws IOException {
        StateRoot root = StateRoot.of(surroundings.environment());
        for (int n = 1; n <= SAME_NAME_MAX; n++) {
            String suffix = n == 1 ? "" : "-" + n;
            String slice = name.substring(0, Math.min(name.length(), 32 - suffix.length()));
            Optional<StateFolder> taken = root.take(slice + suffix);
            if (taken.isPresent()) {
                return taken.get();
            }
        }
        throw new MachineException(SAME_NAME_MAX + " slices of " + name + " run already");
    }

    /** One run from the launch to the report. */
    private final class Attempt implements KeeperListener {
        private final Experiment experiment;
        private final RunFolder folder;
        private final RunListener listener;
        private final CountDownLatch over = new CountDownLatch(1);
        private @Nullable Course course;
        private String processors = "";

        /** What had failed below before the course began, and has not come again. */
        private final List<Underlay> missing = new ArrayList<>();

        Attempt(Experiment experiment, RunFolder folder, RunListener listener) {
            this.experiment = experiment;
            this.folder = folder;
            this.listener = listener;
        }

        private long seed() {
            return Objects.requireNonNull(experiment.seed());
        }

        Summary run(StateFolder state, Outsiders outsiders)
                throws IOException, InterruptedException {
            Topology topology = experiment.topology();
            Keeper keeper = Keeper.start(topology, new Seed(seed()), state, outsiders, this);
            try {
                keeper.serve(Thread.currentThread()::interrupt);
                listener.started(
                        new RunListener.Start(
                                experiment.name(),
                                WorldKind.LIVE.toString(),
                                keeper.hosts().kind(),
                                keeper.tunnels(),
                                topology.nodes().size(),
                                topology.links().size(),
                                seed(),
                                experiment.duration().toNanos() / 1e9));
                String fallback = keeper.hosts().fallback();
                if (fallback != null) {
                    listener.note(0, "hosts are builtin: " + fallback);
                }
                keeper.notes().forEach(note -> listener.note(0, note));
                try (LiveWorld world = new LiveWorld(keeper);
                        AwakeProcessors awake = AwakeProcessors.keep()) {
                    processors = awake.sentence();
                    try {
                        awaitConverged(keeper);
                        warmUp(keeper, world);
                    } catch (InterruptedException e) {
                        return interruptedBeforeTheStart(keeper);
                    }
                    return conduct(keeper, world);
                }
            } finally {
                keeper.close();
            }
        }

        private void warmUp(Keeper keeper, LiveWorld world)
                throws IOException, InterruptedException {
            CountDownLatch warm = new CountDownLatch(1);
            keeper.worker()
                    .run(
                            () ->
                                    WarmUp.begin(
                                            world,
                                            trouble -> {
                                                noteCold(trouble);
                                                warm.countDown();
                                            }));
            warm.await();
        }

        private void noteCold(@Nullable Exception trouble) {
            if (trouble != null) {
                listener.note(0, "the run begins cold: " + trouble.getMessage());
            }
        }

        private void awaitConverged(Keeper keeper) throws IOException, InterruptedException {
            if (!keeper.awaitConverged(CONVERGENCE_NANOS)) {
                throw new MachineException(
                        "the network has not converged after "
                                + CONVERGENCE_NANOS / 1_000_000_000L
                                + " s: "
                                + keeper.readRouter("status"));
            }
            JsonNode status = JSON.readTree(keeper.readRouter("status"));
            listener.up(
                    status.path("full").asInt(),
                    status.path("routers").asInt(),
                    status.path("routes").asInt(),
                    keeper.startupNanos() / 1e9);
        }

        /** Nothing was measured, and the folder says so. */
        private Summary interruptedBeforeTheStart(Keeper keeper) throws IOException {
            return keeper.worker()
                    .call(
                            () -> {
                                FolderWriter writer = new FolderWriter(folder);
                                writer.inputs(experiment);
                                writer.nothing(experiment);
                                writer.environment(
                                        environment(keeper, Run.Ending.INTERRUPTED, null));
                                return Report.write(folder.path()).summary();
                            });
        }

        /** From here on an interrupt leaves what was measured. */
        private Summary conduct(Keeper keeper, LiveWorld world) throws IOException {
            Course started;
            boolean early = false;
            try (BackgroundFiles files = BackgroundFiles.start()) {
                started = keeper.worker().call(() -> begin(keeper, world, files));
                try {
                    over.await();
                } catch (InterruptedException e) {
                    early = true;
                    keeper.worker().run(started::end);
                    awaitOver();
                }
            }
            Run.Ending ending = early ? Run.Ending.INTERRUPTED : Run.Ending.FINISHED;
            // Not on this thread: an interrupt now would close the files under our hands.
            return keeper.worker().call(() -> finish(keeper, started, ending));
        }

        private Summary finish(Keeper keeper, Course done, Run.Ending asked) throws IOException {
            Run.Ending ending =
                    asked == Run.Ending.FINISHED && !done.faults().isEmpty()
                            ? Run.Ending.CRASHED
                            : asked;
            FolderWriter writer = new FolderWriter(folder);
            writer.inputs(experiment);
            writer.course(done);
            writer.environment(environment(keeper, ending, done));
            Report report = Report.write(folder.path());
            report.messages().forEach(message -> listener.note(done.endS(), message));
            return report.summary();
        }

        /** The course has been told to end, which takes a moment; a second Ctrl-C cuts it short. */
        private void awaitOver() {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Of a run that has not got as far as a course, too. */
        private ObjectNode environment(Keeper keeper, Run.Ending ending, @Nullable Course done) {
            ObjectNode environment = environment(keeper);
            RunEnvironment.addEnd(environment, experiment, ending, done);
            return environment;
        }

        /** What is known before the course. */
        private ObjectNode environment(Keeper keeper) {
            ObjectNode environment = surroundings.machine();
            environment.put("world", WorldKind.LIVE.toString());
            environment.put("hosts", keeper.hosts().kind());
            String fallback = keeper.hosts().fallback();
            if (fallback != null) {
                environment.put("hosts_fallback", fallback);
            }
            environment.put("tunnels", keeper.tunnels());
            environment.put("loops", keeper.topology().loops());
            environment.put("processors", processors);
            environment.put("seed", seed());
            environment.put("startup_s", Math.round(keeper.startupNanos() / 1e6) / 1e3);
            return environment;
        }

        private Course begin(Keeper keeper, LiveWorld world, BackgroundFiles files)
                throws IOException {
            ObjectNode unfinished = environment(keeper);
            RunEnvironment.addUnfinished(unfinished);
            FolderWriter writer = new FolderWriter(folder);
            writer.inputs(experiment);
            writer.environment(unfinished);
            Course begun = new Course(world, experiment, folder.path(), listener, over::countDown);
            course = begun;
            missing.forEach(begun::underlay);
            new LiveRecord(begun, folder, unfinished, world.clock(), listener, files).write();
            return begun;
        }

        @Override
        public void died(String process, int status, List<String> lastWords) {
            Course running = course;
            if (running != null) {
                running.died(process, status);
            } else {
                listener.note(0, "the " + process + " died: " + String.join(" / ", lastWords));
            }
        }

        @Override
        public void killed(String process) {
            Course running = course;
            if (running != null) {
                running.killed(process);
            }
        }

        @Override
        public void underlay(Underlay change) {
            Course running = course;
            if (running != null) {
                running.underlay(change);
            } else {
                missing.removeIf(before -> before.cause().equals(change.cause()));
                if (!change.works()) {
                    missing.add(change);
                }
                listener.note(0, change.words());
            }
        }

        @Override
        public void notStarted(String process, String reason) {
            listener.note(0, "the " + process + " cannot be started again: " + reason);
        }

        @Override
        public void back(String process) {
            Course running = course;
            if (running != null) {
                running.back(process);
            } else {
                listener.note(0, "the " + process + " is back");
            }
        }
    }
}
