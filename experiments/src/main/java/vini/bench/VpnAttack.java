package vini.bench;

import vini.forwarder.io.Endpoint;
import vini.vpn.wireguard.Event;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a user keeps while strangers ask the server for handshakes. All ends share this machine's
 * processors, so that the strangers and the kernel's way to the server take from the user by
 * themselves: what the server does about it is what is lost beyond that, beside the same flood to a
 * port of its machine that nobody reads.
 */
final class VpnAttack {
    private static final int PER_SECOND = 10_000;

    /** That so many came at least shows that it was an attack. */
    private static final int CAME = 9_000;

    private static final double KEPT = 0.8;

    private static final int DEAF_PORT = 51823;
    private static final int WARM_UP_S = 2;

    /** Until the server has seen that it is too much, and done what it had let in. */
    private static final long BEGIN_MS = 2000;

    /** All that may become of what strangers send. */
    private static final List<Event> OUTCOMES =
            List.of(
                    Event.COOKIE_SENT,
                    Event.COOKIE_WITHHELD,
                    Event.RATE_LIMITED,
                    Event.QUEUE_FULL,
                    Event.UNKNOWN_PEER,
                    Event.FORGED_HANDSHAKE,
                    Event.WRONG_MAC);

    private final Sheet sheet;
    private final Testbed bed;
    private final VpnEnds ends;
    private final Figure came;
    private final Figure cookies;

    private VpnAttack(Sheet sheet, Testbed bed, VpnEnds ends) {
        this.sheet = sheet;
        this.bed = bed;
        this.ends = ends;
        came = sheet.figure("attack", "initiations of strangers that came", "1/s");
        cookies = sheet.figure("attack", "of them answered with a cookie", "1/s");
    }

    /** Measures it with Vini as the user; the ends are warm. */
    static void run(Sheet sheet, Testbed bed, VpnEnds ends)
            throws IOException, InterruptedException {
        new VpnAttack(sheet, bed, ends).run();
    }

    private void run() throws IOException, InterruptedException {
        sheet.doing("warming up");
        try (VpnFlood _ = flood(ends.viniServerEndpoint())) {
            Iperf _ = ends.up(true, true, WARM_UP_S);
            Iperf _ = ends.down(true, true, WARM_UP_S);
        }
        Rates quiet = new Rates("quiet");
        Rates beside = new Rates("strangers at another port");
        Rates attacked = new Rates("attacked");
        sheet.rounds(
                List.of(
                        new Side("quiet", quiet::measure),
                        new Side("flood of another port", () -> floodBeside(beside)),
                        new Side("attacked", () -> attack(attacked))));
        sheet.bound(Bound.timesAtLeast(attacked.up, KEPT, beside.up));
        sheet.bound(Bound.timesAtLeast(attacked.down, KEPT, beside.down));
        sheet.bound(Bound.atLeast(came, CAME));
        sheet.note(
                "Attacked, a user keeps %s of the quiet rate to the server and %s of that from it;"
                                .formatted(
                                        Numbers.of(attacked.up.times(quiet.up)),
                                        Numbers.of(attacked.down.times(quiet.down)))
                        + " with the strangers at a port that nobody reads, %s and %s."
                                .formatted(
                                        Numbers.of(beside.up.times(quiet.up)),
                                        Numbers.of(beside.down.times(quiet.down))));
    }

    /** The strangers and the kernel do what they do in an attack; the server hears none of it. */
    private void floodBeside(Rates rates) throws IOException, InterruptedException {
        Endpoint nobody = Endpoint.parse(Testbed.FWD_SRC + ":" + DEAF_PORT);
        try (DeafPort _ = new DeafPort(bed.fwd(), nobody);
                VpnFlood _ = flood(nobody)) {
            Thread.sleep(BEGIN_MS);
            rates.measure();
        }
    }

    private void attack(Rates rates) throws IOException, InterruptedException {
        try (VpnFlood _ = flood(ends.viniServerEndpoint())) {
            Thread.sleep(BEGIN_MS);
            Map<Event, Long> before = counts();
            long begin = System.nanoTime();
            rates.measure();
            double seconds = Processor.seconds(System.nanoTime() - begin);
            Map<Event, Long> after = counts();
            long all = 0;
            for (Event event : OUTCOMES) {
                all += difference(before, after, event);
            }
            came.add(all / seconds);
            cookies.add(difference(before, after, Event.COOKIE_SENT) / seconds);
        }
    }

    private VpnFlood flood(Endpoint at) throws IOException, InterruptedException {
        return new VpnFlood(bed, ends.viniServerKey(), at, PER_SECOND);
    }

    private static long difference(Map<Event, Long> before, Map<Event, Long> after, Event event) {
        return after.getOrDefault(event, 0L) - before.getOrDefault(event, 0L);
    }

    private Map<Event, Long> counts() throws IOException {
        Map<Event, Long> counts = new EnumMap<>(Event.class);
        for (String line : ends.counts().split("\n", -1)) {
            for (Event event : OUTCOMES) {
                if (line.startsWith(event + " ")) {
                    counts.put(event, Long.valueOf(line.substring(event.name().length() + 1)));
                }
            }
        }
        return counts;
    }

    /** What iperf3 measures. */
    private final class Rates {
        private final Figure up;
        private final Figure down;

        Rates(String side) {
            up = sheet.figure("to the server, attacked or not", side, "Gb/s");
            down = sheet.figure("from the server, attacked or not", side, "Gb/s");
        }

        void measure() throws IOException, InterruptedException {
            int seconds = sheet.effort().seconds();
            up.add(ends.up(true, true, seconds).gigabits());
            down.add(ends.down(true, true, seconds).gigabits());
        }
    }
}
