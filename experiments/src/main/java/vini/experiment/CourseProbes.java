package vini.experiment;

import vini.experiment.probe.ProbeStart;
import vini.experiment.probe.RunningProbe;
import vini.experiment.spec.NamedProbe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The probes of a course: which of them still can be asked, and which do not answer. */
final class CourseProbes {
    /** Says what a probe starts with. */
    interface Starting {
        /**
         * Makes what a probe needs.
         *
         * @param number of the probe in the experiment
         * @param hosts hears where it has apps
         */
        ProbeStart of(String name, int number, Consumer<String> hosts);
    }

    private final List<NamedProbe> wanted;
    private final List<RunningProbe> running = new ArrayList<>();

    /** Where each has its apps. */
    private final List<Set<String>> hostsOf = new ArrayList<>();

    /** Those whose apps died with the forwarder or with a node: there is nobody to ask any more. */
    private final Set<Integer> gone = new TreeSet<>();

    /** Those that did not answer when they were last asked, and what stood in the way. */
    private final Map<Integer, String> silent = new TreeMap<>();

    CourseProbes(List<NamedProbe> wanted) {
        this.wanted = wanted;
    }

    void start(Starting starting) throws IOException {
        for (int i = 0; i < wanted.size(); i++) {
            Set<String> hosts = new TreeSet<>();
            hostsOf.add(hosts);
            running.add(wanted.get(i).spec().start(starting.of(name(i), i, hosts::add)));
        }
    }

    private String name(int probe) {
        return wanted.get(probe).name();
    }

    /** Gives those up whose apps died where they were, and returns what is to be said of them. */
    String lose(Predicate<Set<String>> died) {
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).isInForwarder() && died.test(hostsOf.get(i)) && gone.add(i)) {
                silent.remove(i);
                running.get(i).gone();
                lost.add(name(i));
            }
        }
        return lost.isEmpty()
                ? ""
                : ", and with it what it hosts: no more of " + String.join(", ", lost);
    }

    /**
     * Reads what they have seen. What is not read now is read later, so that one which is silent
     * for a while loses nothing.
     */
    void poll(double seconds) {
        for (int i = 0; i < running.size(); i++) {
            if (gone.contains(i)) {
                continue;
            }
            try {
                running.get(i).poll();
                silent.remove(i);
            } catch (IOException e) {
                silent.putIfAbsent(
                        i,
                        String.format(
                                Locale.ROOT,
                                "probe %s is silent since %.1f s: %s",
                                name(i),
                                seconds,
                                e.getMessage()));
            }
        }
    }

    /** Stops all that can still be asked, and returns what is wrong. */
    List<String> stop() {
        List<String> faults = new ArrayList<>(silent.values());
        for (int i = 0; i < running.size(); i++) {
            if (!gone.contains(i) && !silent.containsKey(i)) {
                try {
                    running.get(i).stop();
                } catch (IOException e) {
                    faults.add("probe " + name(i) + " could not be stopped: " + e.getMessage());
                }
            }
        }
        return faults;
    }

    /** Whether nothing more is to come of them after {@link #stop}. */
    boolean areOver() {
        return running.stream().allMatch(RunningProbe::isOver);
    }

    /** Reasons not to trust what they have seen. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            doubts.addAll(Doubts.ofProbe(name(i), running.get(i).lost()));
        }
        return doubts;
    }

    /** One of them, by its place in the experiment. */
    RunningProbe probe(int index) {
        return running.get(index);
    }
}
