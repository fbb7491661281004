package vini.experiment;

import org.jspecify.annotations.Nullable;

import vini.experiment.spec.Experiment;
import vini.experiment.spec.ExperimentFile;
import vini.overlay.json.Problems;
import vini.overlay.topology.HostsMode;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TunnelsMode;

import java.nio.file.Path;

/**
 * What somebody wants to have run.
 *
 * @param experiment the file, as the user named it
 * @param world what it runs in
 * @param out where the run folder goes; null for {@code runs/NAME-TIME}
 * @param seed instead of the experiment's; null for that
 * @param hosts instead of the topology's; null for that
 * @param tunnels instead of the topology's; null for that
 * @param loops instead of the topology's, at least 1; null for that
 * @param configuresHost whether the machine's forwarding may be changed for an egress
 */
public record RunRequest(
        Path experiment,
        WorldKind world,
        @Nullable Path out,
        @Nullable Long seed,
        @Nullable HostsMode hosts,
        @Nullable TunnelsMode tunnels,
        @Nullable Integer loops,
        boolean configuresHost) {
    private static final long DEFAULT_SEED = 1;

    /**
     * Reads the experiment, and changes it as the request says; it has a seed then.
     *
     * @throws vini.overlay.json.InputException the files have mistakes
     */
    Experiment read() {
        Experiment read = ExperimentFile.read(experiment, world, new Problems());
        Topology topology = read.topology();
        if (hosts != null) {
            topology = topology.withHosts(hosts);
        }
        if (tunnels != null) {
            topology = topology.withTunnels(tunnels);
        }
        if (loops != null) {
            topology = topology.withLoops(loops);
        }
        return read.withTopology(topology).withSeed(chosenSeed(read));
    }

    /** The same with another folder. */
    public RunRequest into(Path folder) {
        return new RunRequest(
                experiment, world, folder, seed, hosts, tunnels, loops, configuresHost);
    }

    private long chosenSeed(Experiment read) {
        Long chosen = seed != null ? seed : read.seed();
        return chosen == null ? DEFAULT_SEED : chosen;
    }
}
