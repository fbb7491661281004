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
import vini.forwarder.io.VirtualEngine;
import vini.overlay.host.MachineException;
import vini.overlay.topology.HostsMode;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TunnelsMode;
import vini.overlay.world.VirtualWorld;
import vini.time.Seed;

import java.io.IOException;
import java.util.Objects;

/**
 * Carries experiments out in the virtual world: as fast as the processor can, and with the same
 * seed the same to the last byte. Nothing of the machine goes into the run's folder.
 */
public final class VirtualRunner implements ExperimentRunner {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String HOSTS = "builtin";
    private static final String TUNNELS = "direct";
    private static final long CONVERGENCE_NANOS = 3_600_000_000_000L;

    /** Between two looks whether somebody wants it to end. */
    private static final long STEP_NANOS = 100_000_000L;

    private final Surroundings surroundings;

    public VirtualRunner(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Summary run(RunRequest request, RunListener listener)
            throws IOException, InterruptedException {
        Experiment experiment = read(request);
        RunFolder folder = surroundings.runFolder(request.out(), experiment.name());
        try {
            return run(experiment, folder, true, listener);
        } finally {
            surroundings.discardEmpty(folder);
        }
    }

    /**
     * Reads what is to be run, as it is in the virtual world.
     *
     * @throws MachineException it cannot be run there
     */
    Experiment read(RunRequest request) throws MachineException {
        checkAsked(request);
        Experiment read = request.read();
        Topology topology =
                read.topology()
                        .withHosts(HostsMode.BUILTIN)
                        .withTunnels(TunnelsMode.DIRECT)
                        .withLoops(1);
        return read.withTopology(topology);
    }

    /** Runs it into a folder; without drawings only the measurements and the summary are there. */
    Summary run(Experiment experiment, RunFolder folder, boolean draws, RunListener listener)
            throws IOException, InterruptedException {
        try (VirtualEngine engine = new VirtualEngine()) {
            return new Attempt(experiment, folder, draws, engine, listener).run();
        }
    }

    /** A topology is for both worlds; what is asked for this run is not for the other one. */
    private static void checkAsked(RunRequest request) throws MachineException {
        if (request.hosts() == HostsMode.KERNEL || request.hosts() == HostsMode.TAP) {
            throw new MachineException(
                    "the virtual world has no kernel hosts; leave --hosts out, or run it live");
        }
        if (request.tunnels() == TunnelsMode.UDP) {
            throw new MachineException(
                    "the virtual world has no sockets; leave --tunnels out, or run it live");
        }
    }

    /** One run from the first hello to the report. */
    private final class Attempt {
        private final Experiment experiment;
        private final RunFolder folder;
        private final boolean draws;
        private final VirtualEngine engine;
        private final RunListener listener;
        private long startupNanos;
        private boolean over;

        Attempt(
                Experiment experiment,
                RunFolder folder,
                boolean draws,
                VirtualEngine engine,
                RunListener listener) {
            this.experiment = experiment;
            this.folder = folder;
            this.draws = draws;
            this.engine = engine;
            this.listener = listener;
        }

        private long seed() {
            return Objects.requireNonNull(experiment.seed());
        }

        Summary run() throws IOException, InterruptedException {
            Topology topology = experiment.topology();
            listener.started(
                    new RunListener.Start(
                            experiment.name(),
                            WorldKind.VIRTUAL.toString(),
                            HOSTS,
                            TUNNELS,
                            topology.nodes().size(),
                            topology.links().size(),
                            seed(),
                            experiment.duration().toNanos() / 1e9));
            VirtualWorld world =
                    engine.call(() -> new VirtualWorld(topology, new Seed(seed()), engine));
            // What elements say of packets that links have damaged, as their counters do.
            engine.call(() -> silence(world));
            try {
                converge(world);
                return conduct(world);
            } finally {
                engine.call(
                        () -> {
                            world.close();
                            return true;
                        });
            }
        }

        private void converge(VirtualWorld world) throws IOException {
            startupNanos = engine.call(() -> world.converge(CONVERGENCE_NANOS));
            if (startupNanos < 0) {
                throw new MachineException(
                        "the network has not converged after an hour: "
                                + engine.call(world::status));
            }
            JsonNode status = JSON.readTree(engine.call(world::status));
            listener.up(
                    status.path("full").asInt(),
                    status.path("routers").asInt(),
                    status.path("routes").asInt(),
                    startupNanos / 1e9);
        }

        private Summary conduct(VirtualWorld world) throws IOException {
            Course course =
                    engine.call(
                            () ->
                                    new Course(
                                            world,
                                            experiment,
                                            folder.path(),
                                            listener,
                                            () -> over = true));
            engine.call(() -> follow(world, course));
            Run.Ending ending = Run.Ending.FINISHED;
            while (!engine.call(() -> step(world))) {
                if (Thread.interrupted() && ending == Run.Ending.FINISHED) {
                    ending = Run.Ending.INTERRUPTED;
                    engine.call(() -> end(course));
                }
            }
            Run.Ending end = course.faults().isEmpty() ? ending : Run.Ending.CRASHED;
            return engine.call(() -> finish(course, end));
        }

        private static boolean silence(VirtualWorld world) {
            world.chatterTo(line -> {});
            return true;
        }

        private static boolean follow(VirtualWorld world, Course course) {
            world.onUnderlay(course::underlay);
            return true;
        }

        private boolean step(VirtualWorld world) {
            world.clock().runFor(STEP_NANOS);
            return over;
        }

        private boolean end(Course course) {
            course.end();
            return true;
        }

        private Summary finish(Course done, Run.Ending ending) throws IOException {
            FolderWriter writer = new FolderWriter(folder);
            writer.inputs(experiment);
            writer.course(done);
            writer.environment(environment(writer, ending, done));
            if (!draws) {
                return Report.summarise(folder.path());
            }
            Report report = Report.write(folder.path());
            report.messages().forEach(message -> listener.note(done.endS(), message));
            return report.summary();
        }

        private ObjectNode environment(
                FolderWriter writer, Run.Ending ending, @Nullable Course done) throws IOException {
            ObjectNode environment = JSON.createObjectNode();
            environment.put("vini", surroundings.version());
            environment.put("world", WorldKind.VIRTUAL.toString());
            environment.put("hosts", HOSTS);
            environment.put("tunnels", TUNNELS);
            environment.put("seed", seed());
            writer.hashes().forEach(environment.putObject("inputs")::put);
            environment.put("startup_s", Math.round(startupNanos / 1e6) / 1e3);
            RunEnvironment.addEnd(environment, experiment, ending, done);
            return environment;
        }
    }
}
