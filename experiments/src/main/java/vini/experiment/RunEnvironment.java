package vini.experiment;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.Run;
import vini.experiment.spec.Experiment;

import java.util.Locale;

/** What {@code environment.json} says in both worlds. */
final class RunEnvironment {
    private RunEnvironment() {}

    /**
     * Adds how a run has ended, and what only its course knows.
     *
     * @param ending null while it goes on: if it is killed, this is what stays
     * @param done null if the run has ended before its course began
     */
    static void addEnd(
            ObjectNode environment,
            Experiment experiment,
            Run.@Nullable Ending ending,
            @Nullable Course done) {
        if (ending != null) {
            environment.put("ending", ending.name().toLowerCase(Locale.ROOT));
            environment.put("ended_s", done == null ? 0 : Math.round(done.endS() * 1e3) / 1e3);
        }
        if (done == null) {
            return;
        }
        ObjectNode flows = environment.putObject("flows");
        for (int i = 0; i < experiment.probes().size(); i++) {
            if (done.ports(i) != 0) {
                flows.put(experiment.probes().get(i).name(), done.ports(i));
            }
        }
        RecordedRoutes recorded = done.history().recorded();
        if (!recorded.areAll()) {
            recorded.hosts().forEach(environment.putArray("routes_to")::add);
        }
        if (!done.addresses().isEmpty()) {
            done.addresses().forEach(environment.putObject("addresses")::put);
        }
        if (!done.fidelity().measures().isEmpty()) {
            done.fidelity().write(environment.putArray("fidelity"));
        }
        done.doubts().forEach(environment.putArray("warnings")::add);
        if (!done.faults().isEmpty()) {
            environment.put("crash", String.join("; ", done.faults()));
        }
    }
}
