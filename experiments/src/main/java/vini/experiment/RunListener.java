package vini.experiment;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Outage;
import vini.experiment.analysis.Walk;
import vini.experiment.event.Script;
import vini.experiment.run.ArrivalRow;
import vini.experiment.run.BooksRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.RequestRow;
import vini.experiment.run.UdpRow;

import java.util.List;

/**
 * Hears how a run goes while it goes. Calls come one after the other, in the order in which things
 * happen; seconds count from the start of the experiment, when the network has converged.
 */
public interface RunListener {
    /**
     * What a run is about to do.
     *
     * @param world {@code live} or {@code virtual}
     * @param hosts {@code kernel} or {@code builtin}, as decided, not {@code auto}
     * @param tunnels {@code udp} or {@code direct}, as decided
     */
    record Start(
            String experiment,
            String world,
            String hosts,
            String tunnels,
            int nodes,
            int links,
            long seed,
            double durationS) {}

    /** The processes of the slice are being launched. */
    default void started(Start start) {}

    /**
     * The network has converged.
     *
     * @param full routers whose adjacencies are all full
     * @param routes entries of all FIBs together
     * @param startupS from the launch of the processes to now
     */
    default void up(int full, int routers, int routes, double startupS) {}

    /**
     * Something that the experiment is going to do.
     *
     * @param words for people: {@code fail dnvr-kscy (silent)}
     */
    record Coming(double atS, String words) {
        /** More than that nobody wants to be told of in advance. */
        private static final int COMING_MAX = 10_000;

        /** Those of a script; what is undone at the end is no news. */
        static List<Coming> of(List<Script.Scheduled> acts) {
            return acts.stream()
                    .filter(act -> !act.closing())
                    .limit(COMING_MAX)
                    .map(act -> new Coming(act.atNanos() / 1e9, act.act().deed().words()))
                    .distinct()
                    .toList();
        }
    }

    /** All that is planned, by time; before the start. */
    default void planned(List<Coming> events) {}

    /** What had become of all packets, about once a second. */
    default void books(BooksRow row) {}

    /** Time has passed: about ten times a second. */
    default void progress(double nowS) {}

    /** An answer has come, or an echo is given up; in the order of sending. */
    default void echo(String probe, EchoRow row) {}

    /** Bytes have arrived; the row counts from the start of the flow. */
    default void arrived(String probe, ArrivalRow row) {}

    /**
     * What has become of the datagrams that were sent in a slice of time, a little more than a
     * second later, when what has not arrived is lost.
     *
     * @param mbps that arrived of them, headers from IP on included
     */
    default void datagrams(String probe, UdpRow row, double mbps) {}

    /** A request was answered or has failed. */
    default void exchanged(String probe, RequestRow row) {}

    /** An event was carried out, or its effect was seen: called again with more in the row. */
    default void event(EventRow row) {}

    /**
     * The answers to a ping take another way, or come again after an outage.
     *
     * @param outage that has just ended; null if none has
     */
    default void way(String probe, double timeS, Walk way, double rttMs, @Nullable Outage outage) {}

    /** Anything else that one would want to read, as a sentence: a process died and is back. */
    default void note(double nowS, String sentence) {}
}
