package vini.experiment;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.Run;
import vini.experiment.spec.Experiment;

import java.util.Locale;

/** What {@code environment.json} says in both worlds. */
final class RunEnvironment {
    private RunEnvironment() {}

    /** Adds that a run has not come to its end: what stays if it is killed. */
    static void addUnfinished(ObjectNode environment) {
        ending(environment, Run.Ending.INTERRUPTED);
    }

    /**
     * Adds how a run has ended, and what only its course knows.
     *
     * @param done null if the run has ended before its course began
     */
    static void addEnd(
            ObjectNode environment,
            Experiment experiment,
            Run.Ending ending,
            @Nullable Course done) {
        ending(environment, ending);
        environment.put("ended_s", done == null ? 0 : Math.round(done.endS() * 1e3) / 1e3);
        if (done == null) {
            return;
        }
        addCourse(environment, experiment, done);
        if (!done.fidelity().measures().isEmpty()) {
            done.fidelity().write(environment.putArray("fidelity"));
        }
        done.doubts().forEach(environment.putArray("warnings")::add);
    }

    private static void ending(ObjectNode environment, Run.Ending ending) {
        environment.put("ending", ending.name().toLowerCase(Locale.ROOT));
    }

    /** Adds what a reader needs to tell the ways of packets, addresses, and what has crashed. */
    static void addCourse(ObjectNode environment, Experiment experiment, Course course) {
        ObjectNode flows = environment.putObject("flows");
        for (int i = 0; i < experiment.probes().size(); i++) {
            int ports = course.probe(i).ports();
            if (ports != 0) {
                flows.put(experiment.probes().get(i).name(), ports);
            }
        }
        RecordedRoutes recorded = course.history().recorded();
        if (!recorded.areAll()) {
            recorded.hosts().forEach(environment.putArray("routes_to")::add);
        }
        if (!course.addresses().isEmpty()) {
            course.addresses().forEach(environment.putObject("addresses")::put);
        }
        if (!course.faults().isEmpty()) {
            environment.put("crash", String.join("; ", course.faults()));
        }
    }
}
