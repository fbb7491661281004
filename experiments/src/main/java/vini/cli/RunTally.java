package vini.cli;

import vini.experiment.RunListener.Coming;
import vini.experiment.analysis.Outage;
import vini.experiment.run.EchoRow;
import vini.experiment.run.RequestRow;
import vini.experiment.run.UdpRow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a run stands while it goes: what was lost, what is in doubt, what is still to come. */
final class RunTally {
    private final Deque<Coming> coming = new ArrayDeque<>();
    private final List<Outage> outages = new ArrayList<>();
    private final SortedMap<String, DatagramTally> datagrams = new TreeMap<>();
    private final SortedMap<String, RequestTally> requests = new TreeMap<>();
    private long echoes;
    private long lost;
    private int doubts;

    void planned(List<Coming> events) {
        coming.addAll(events);
    }

    void echo(EchoRow row) {
        echoes++;
        lost += row.answered() ? 0 : 1;
    }

    void datagrams(String probe, UdpRow row, double mbps) {
        datagrams.computeIfAbsent(probe, name -> new DatagramTally()).add(row, mbps);
    }

    void exchanged(String probe, RequestRow row) {
        requests.computeIfAbsent(probe, name -> new RequestTally()).add(row);
    }

    /** The flows of datagrams of which something is known, by the names of their probes. */
    SortedMap<String, DatagramTally> datagrams() {
        return datagrams;
    }

    /** Requests likewise. */
    SortedMap<String, RequestTally> requests() {
        return requests;
    }

    void outage(Outage outage) {
        outages.add(outage);
    }

    void doubt() {
        doubts++;
    }

    long echoes() {
        return echoes;
    }

    long lost() {
        return lost;
    }

    /** {@code 34.0 s restore dnvr-kscy, and 2 more}; empty if nothing more is to come. */
    String next(double nowS) {
        while (!coming.isEmpty() && coming.getFirst().atS() <= nowS) {
            coming.removeFirst();
        }
        if (coming.isEmpty()) {
            return "";
        }
        Coming next = coming.getFirst();
        int more = coming.size() - 1;
        return String.format(Locale.ROOT, "%.1f s  %s", next.atS(), next.words())
                + (more == 0 ? "" : ", and " + more + " more");
    }

    /** {@code 520 echoes, 11 lost (2.1 %), outage 7.3 s}; empty if there is nothing to say. */
    String standing() {
        List<String> parts = new ArrayList<>();
        if (echoes > 0) {
            parts.add(
                    echoes
                            + (echoes == 1 ? " echo" : " echoes")
                            + (lost == 0
                                    ? ", none lost"
                                    : String.format(
                                            Locale.ROOT,
                                            ", %d lost (%.1f %%)",
                                            lost,
                                            100.0 * lost / echoes)));
        }
        long sent = datagrams.values().stream().mapToLong(DatagramTally::sent).sum();
        long gone = datagrams.values().stream().mapToLong(DatagramTally::lost).sum();
        if (sent > 0) {
            parts.add(sent + " datagrams, " + (gone == 0 ? "none" : gone) + " lost");
        }
        long answered = requests.values().stream().mapToLong(RequestTally::answered).sum();
        long failed = requests.values().stream().mapToLong(RequestTally::failed).sum();
        if (answered + failed > 0) {
            parts.add(
                    answered
                            + failed
                            + " requests, "
                            + (failed == 0 ? "none" : failed)
                            + " failed");
        }
        for (Outage outage : outages) {
            Double length = outage.durationS();
            if (length != null) {
                parts.add(String.format(Locale.ROOT, "outage %.1f s", length));
            }
        }
        if (doubts > 0) {
            parts.add(doubts + (doubts == 1 ? " thing went wrong" : " things went wrong"));
        }
        return String.join(", ", parts);
    }
}
