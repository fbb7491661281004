package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import vini.experiment.WorldKind;
import vini.experiment.probe.ProgramSpec;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Declares;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Name;
import vini.overlay.json.NamesSchema;
import vini.overlay.json.Range;
import vini.overlay.json.ReadBy;
import vini.overlay.topology.Topology;
import vini.overlay.world.OutsideHost;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a researcher wants to be done and measured. The topology and the outside hosts come before
 * the probes and events, whose reading needs their names.
 *
 * @param outageMin how many consecutive unanswered echoes are an outage
 * @param seed of all chance in the run; null leaves the choice to the command
 * @param world in which it runs; null leaves the choice to the command
 */
@Called("experiment")
@NamesSchema
@Doc("What is done to a network, what is measured, and what must be seen.")
public record Experiment(
        @Doc("The name of the experiment and of its run folders.") @Name(most = 64) String name,
        @Doc("Path of a topology file, from this file's folder; or the topology itself.")
                @ReadBy(TopologyKind.class)
                Topology topology,
        @Doc("Machines outside of the slice that are made for the run, by name.")
                @Declares(OutsideHost.SORT)
                @Range(max = 100)
                @Default("{}")
                Map<String, Outside> outside,
        @Doc("How long it runs after the network has converged.")
                @Bounds(min = "100ms", max = "168h")
                Duration duration,
        @Doc("How many consecutive unanswered echoes are an outage.")
                @Range(min = 1, max = 1_000_000)
                @Default("3")
                int outageMin,
        @Doc("Seed of all chance in the run.") @Range(max = Long.MAX_VALUE) @Nullable Long seed,
        @Doc("live or virtual: in which world it runs if the command says nothing.")
                @Nullable WorldKind world,
        @Doc("What is measured.") @Range(max = 1000) @Default("[]") List<NamedProbe> probes,
        @Doc("What is done to the network.") @Range(max = 100_000) @Default("[]")
                List<TimedEvent> events,
        @Doc("What must be seen, or else the verdict is failed.")
                @Range(max = 10_000)
                @Default("[]")
                List<Expectation> expect) {
    public Experiment {
        outside = Collections.unmodifiableMap(new LinkedHashMap<>(outside));
        probes = List.copyOf(probes);
        events = List.copyOf(events);
        expect = List.copyOf(expect);
    }

    /** The outside hosts, in the order of the file. */
    public List<OutsideHost> outsideHosts() {
        List<OutsideHost> hosts = new ArrayList<>();
        outside.forEach((host, is) -> hosts.add(is.host(host)));
        return hosts;
    }

    /** The node at which a host is: the node itself, or the one that an outside host is behind. */
    public String nodeOf(String host) {
        Outside is = outside.get(host);
        return is == null ? host : is.behind();
    }

    /** The probes that are programs, by name. */
    public Map<String, ProgramSpec> programs() {
        Map<String, ProgramSpec> programs = new LinkedHashMap<>();
        for (NamedProbe probe : probes) {
            if (probe.spec() instanceof ProgramSpec program) {
                programs.put(probe.name(), program);
            }
        }
        return programs;
    }

    /** Whether nothing of it needs real time or real machines. */
    public boolean canBeVirtual() {
        return programs().isEmpty() && outside.isEmpty();
    }

    public Experiment withTopology(Topology other) {
        return new Experiment(
                name, other, outside, duration, outageMin, seed, world, probes, events, expect);
    }

    public Experiment withSeed(long other) {
        return new Experiment(
                name, topology, outside, duration, outageMin, other, world, probes, events, expect);
    }
}
