package vini.experiment;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.BooksRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.PacketBooks;
import vini.experiment.run.Turn;
import vini.overlay.host.MachineSample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How faithfully the machine has played its part in a live run: each measure with what was found,
 * how much is allowed, and a sentence for the doubt if it was more.
 */
final class Fidelity {
    /** Of the packets may leave a link more than 1 ms late, or delays are not the topology's. */
    private static final double LATE_SHARE_MAX = 0.01;

    /** Of the late ones in one second are worth to be told when. */
    private static final double CROWDED_SHARE = 0.2;

    /** As late as that may an event be. */
    private static final double EVENT_LATE_S_MAX = 0.010;

    /** Of the seconds may find all processors busy. */
    private static final double SATURATED_SHARE_MAX = 0.10;

    /** A second is full when the processors are busy for so much of it. */
    private static final double BUSY_SHARE_FULL = 0.95;

    /** Of the processors' time may be stolen. */
    private static final double STOLEN_SHARE_MAX = 0.01;

    /** Of the processors' time may be withheld. */
    private static final double WITHHELD_SHARE_MAX = 0.01;

    /** The unit of /proc/stat: USER_HZ is 100 on all that Linux runs on today. */
    private static final double TICK_NANOS = 1e7;

    /** As long as that may a process stand still to collect garbage. */
    private static final long PAUSE_MS_MAX = 10;

    /** By so much may the time of day move against the monotonic clock from second to second. */
    private static final double JUMP_S_MAX = 0.050;

    /** So much later than it should may a reading come. */
    private static final double STANDSTILL_S_MAX = 0.5;

    /**
     * One of them.
     *
     * @param doubt why the run should not be trusted; empty if it is as it should be
     */
    record Measure(String what, String found, String limit, String doubt) {}

    private final List<Measure> measures = new ArrayList<>();

    /** All that were taken, in the order of a report. */
    List<Measure> measures() {
        return measures;
    }

    /** Reasons not to trust the run. */
    List<String> doubts() {
        return measures.stream().map(Measure::doubt).filter(doubt -> !doubt.isEmpty()).toList();
    }

    /** What {@code environment.json} says. */
    void write(ArrayNode into) {
        for (Measure measure : measures) {
            ObjectNode one = into.addObject();
            one.put("what", measure.what);
            one.put("found", measure.found);
            one.put("limit", measure.limit);
            one.put("holds", measure.doubt.isEmpty());
        }
    }

    private void add(boolean holds, String what, String found, String limit, String doubt) {
        measures.add(new Measure(what, found, limit, holds ? "" : doubt));
    }

    /** How late events were carried out. */
    void events(List<EventRow> events) {
        double[] late = new double[events.size()];
        int known = 0;
        for (EventRow event : events) {
            Double issued = event.issuedS();
            if (issued != null) {
                late[known++] = Math.max(0, issued - event.plannedS());
            }
        }
        if (known == 0) {
            return;
        }
        late = Arrays.copyOf(late, known);
        Arrays.sort(late);
        double worst = late[known - 1];
        add(
                worst <= EVENT_LATE_S_MAX,
                "events behind their time",
                String.format(
                        Locale.ROOT,
                        "median %.1f ms, worst %.1f ms",
                        late[known / 2] * 1e3,
                        worst * 1e3),
                String.format(Locale.ROOT, "worst %.0f ms", EVENT_LATE_S_MAX * 1e3),
                String.format(
                        Locale.ROOT,
                        "an event came %.0f ms late: the machine was busy",
                        worst * 1e3));
    }

    /** How late packets left links; of readings that were taken one after the other. */
    void links(List<LinksReading> readings) {
        if (readings.isEmpty()) {
            return;
        }
        LinksReading all = readings.getLast();
        double worstMs = all.worstNanos() / 1e6;
        String when = latestTime(readings);
        add(
                all.lateShare() <= LATE_SHARE_MAX,
                "packets that left a link late",
                String.format(
                        Locale.ROOT,
                        "%.2f %% more than 1 ms%s, worst %.1f ms, half of them up to %.2f ms,"
                                + " 99 %% up to %.2f ms",
                        all.lateShare() * 100,
                        when.isEmpty() ? "" : " (" + when + ")",
                        worstMs,
                        all.halfNanos() / 1e6,
                        all.mostNanos() / 1e6),
                String.format(Locale.ROOT, "%.0f %%", LATE_SHARE_MAX * 100),
                String.format(
                        Locale.ROOT,
                        "%.1f %% of the packets left a link more than 1 ms late (worst %.0f ms%s):"
                                + " the machine was busy; repeat it on a quieter one",
                        all.lateShare() * 100,
                        worstMs,
                        when.isEmpty() ? "" : "; " + when));
    }

    /** Between which readings the most of the late ones came, if that is worth to know. */
    private static String latestTime(List<LinksReading> readings) {
        long most = 0;
        int at = 0;
        for (int i = 1; i < readings.size(); i++) {
            long late = readings.get(i).late() - readings.get(i - 1).late();
            if (late > most) {
                most = late;
                at = i;
            }
        }
        double share = (double) most / Math.max(1, readings.getLast().late());
        return share < CROWDED_SHARE
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.0f %% of those from %.1f s to %.1f s",
                        share * 100,
                        readings.get(at - 1).timeS(),
                        readings.get(at).timeS());
    }

    /** What the processors did, one reading a second. */
    void processors(List<MachineSample> samples) {
        if (samples.size() < 2) {
            return;
        }
        int full = 0;
        for (int i = 1; i < samples.size(); i++) {
            MachineSample before = samples.get(i - 1);
            MachineSample now = samples.get(i);
            long all = now.allTicks() - before.allTicks();
            long busy = now.busyTicks() - before.busyTicks();
            long stolen = now.stolenTicks() - before.stolenTicks();
            full += all > 0 && busy + stolen >= BUSY_SHARE_FULL * all ? 1 : 0;
        }
        MachineSample first = samples.getFirst();
        MachineSample last = samples.getLast();
        double all = Math.max(1, last.allTicks() - first.allTicks());
        double busy = (last.busyTicks() - first.busyTicks()) / all;
        double stolen = (last.stolenTicks() - first.stolenTicks()) / all;
        int seconds = samples.size() - 1;
        add(
                full <= SATURATED_SHARE_MAX * seconds,
                "processors busy",
                String.format(
                        Locale.ROOT,
                        "%.0f %%; all of them in %d of %d seconds",
                        busy * 100,
                        full,
                        seconds),
                String.format(
                        Locale.ROOT,
                        "all of them in %.0f %% of the seconds",
                        SATURATED_SHARE_MAX * 100),
                String.format(
                        Locale.ROOT,
                        "the processors were saturated in %d of %d seconds",
                        full,
                        seconds));
        share(
                "stolen",
                stolen,
                STOLEN_SHARE_MAX,
                "stolen: the machine is virtual, and its host was busy");
        share(
                "withheld",
                (last.withheldNanos() - first.withheldNanos()) / (all * TICK_NANOS),
                WITHHELD_SHARE_MAX,
                "withheld by the quota of a control group: give the container more, or none");
    }

    /** A share of the processors' time that others took away. */
    private void share(String how, double share, double most, String doubt) {
        add(
                share <= most,
                "processor time " + how,
                String.format(Locale.ROOT, "%.2f %%", share * 100),
                String.format(Locale.ROOT, "%.0f %%", most * 100),
                String.format(
                        Locale.ROOT, "%.1f %% of the processors' time was %s", share * 100, doubt));
    }

    /** What the clocks did, in the same readings, so many seconds apart. */
    void clocks(List<MachineSample> samples, double apartS) {
        if (samples.size() < 2) {
            return;
        }
        double jump = 0;
        double gap = 0;
        for (int i = 1; i < samples.size(); i++) {
            double wall = (samples.get(i).wallNanos() - samples.get(i - 1).wallNanos()) / 1e9;
            double monotonic =
                    (samples.get(i).monotonicNanos() - samples.get(i - 1).monotonicNanos()) / 1e9;
            jump = Math.max(jump, Math.abs(wall - monotonic));
            gap = Math.max(gap, monotonic - apartS);
        }
        add(
                jump <= JUMP_S_MAX,
                "jumps of the clock",
                String.format(Locale.ROOT, "%.0f ms", jump * 1e3),
                String.format(Locale.ROOT, "%.0f ms", JUMP_S_MAX * 1e3),
                String.format(
                        Locale.ROOT,
                        "the time of day jumped by %.0f ms: the machine slept, or its clock was"
                                + " set",
                        jump * 1e3));
        add(
                gap <= STANDSTILL_S_MAX,
                "standstill of the keeper",
                String.format(Locale.ROOT, "%.0f ms", gap * 1e3),
                String.format(Locale.ROOT, "%.0f ms", STANDSTILL_S_MAX * 1e3),
                String.format(Locale.ROOT, "everything stood still for %.1f s", gap));
    }

    /** How processes stood still, see {@link vini.overlay.world.World#pauses}. */
    void pauses(Map<String, String> processes) {
        processes.forEach(
                (process, text) -> {
                    String[] word = text.strip().split(" ", -1);
                    if (word.length == 3) {
                        pauses(process, word);
                    }
                });
    }

    private void pauses(String process, String[] word) {
        long worst = Long.parseLong(word[2]);
        add(
                worst <= PAUSE_MS_MAX,
                "pauses of the " + process,
                String.format(
                        Locale.ROOT, "%s, %s ms in all, longest %d ms", word[0], word[1], worst),
                String.format(Locale.ROOT, "longest %d ms", PAUSE_MS_MAX),
                String.format(
                        Locale.ROOT,
                        "the %s stood still for %d ms to collect garbage",
                        process,
                        worst));
    }

    /**
     * What sockets between the processes dropped, which the last row of the books tells. Where a
     * node crashed, or the underlay failed, it tells as well what was sent to a socket that is no
     * more, or into the void, and nobody knows which is which.
     */
    void tunnels(List<BooksRow> books, List<EventRow> events) {
        if (books.isEmpty()) {
            return;
        }
        long lost = books.getLast().dropped(PacketBooks.TUNNEL_LOST);
        boolean explained = events.stream().anyMatch(Fidelity::cutsTunnels);
        add(
                lost == 0 || explained,
                "packets lost between processes",
                lost + (lost > 0 && explained ? ", with what was sent to whom nobody heard" : ""),
                explained ? "any, as a tunnel was cut" : "0",
                String.format(
                        Locale.ROOT,
                        "%d packets were lost between the processes, where no link is emulated:"
                                + " a socket's buffer was full",
                        lost));
    }

    private static boolean cutsTunnels(EventRow event) {
        return event.turn() == Turn.WORSE && List.of("crash", "underlay").contains(event.event())
                || event.event().equals("restart");
    }
}
