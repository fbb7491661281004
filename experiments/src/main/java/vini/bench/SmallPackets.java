package vini.bench;

import vini.overlay.world.Holdings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** 64-byte packets through one forwarder: the most that it passes with less than 1 % lost. */
final class SmallPackets implements Scenario {
    private static final int VINI_PORT = 5000;
    private static final int PACKETS_PORT = 6000;
    private static final int CLICK_PORT = 7000;
    private static final double LOST_MAX = 0.01;
    private static final double START_PER_SECOND = 20_000;
    private static final double GROWTH = 2.5;
    private static final double CLOSE_ENOUGH = 1.15;
    private static final int TRIALS_MAX = 16;
    private static final double TRIAL_S = 0.5;
    private static final double BACK = 0.6;
    private static final double REACHED = 0.9;
    private static final double FACTOR = 3;

    @Override
    public String name() {
        return "small";
    }

    @Override
    public String title() {
        return "64-byte UDP packets through one forwarder, beside the same with a system call for"
                + " each packet";
    }

    @Override
    public List<Need> needs() {
        return Needs.TESTBED;
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        String subject = "64-byte packets, less than 1 % lost";
        Figure ours = sheet.figure(subject, "vini", "packets/s");
        Figure single = sheet.figure(subject, "vini, one packet a call", "packets/s");
        try (Holdings held = new Holdings()) {
            sheet.doing("building the testbed");
            Testbed bed = Testbed.create();
            held.add(bed::close);
            List<Side> sides = new ArrayList<>();
            sides.add(side(sheet, held, bed, Chain.Units.OFFLOAD, VINI_PORT, ours));
            sides.add(side(sheet, held, bed, Chain.Units.PACKETS, PACKETS_PORT, single));
            Click click = sheet.click();
            if (click != null) {
                Guest guest = new Guest();
                Figure figure = guest.own(sheet.figure(subject, "click", "packets/s"));
                guest.attempt(() -> sides.add(click(sheet, held, bed, click, figure, guest)));
            }
            sheet.rounds(sides);
        }
        sheet.bound(Bound.timesAtLeast(ours, FACTOR, single));
        sheet.note(
                "Both get the same: trains of up to 64 packets, as a neighbour's tunnel sends them;"
                    + " the rate is sought by halves, and too high where two trials lose. The"
                    + " forwarder's graph is a whole node's, and what came out of it is counted at"
                    + " Sink.");
    }

    private static Side side(
            Sheet sheet, Holdings held, Testbed bed, Chain.Units units, int port, Figure figure)
            throws IOException, InterruptedException {
        Chain chain = Chain.startMiddle(bed, units, port);
        held.add(chain::close);
        Load load = new Load(sheet, figure, chain::processes, () -> chain.drops().toString());
        return load.open(held, bed, chain.address(0), chain.address(2), port);
    }

    private static Side click(
            Sheet sheet, Holdings held, Testbed bed, Click click, Figure figure, Guest guest)
            throws IOException, InterruptedException {
        ClickChain chain = new ClickChain(click, bed, CLICK_PORT);
        held.add(chain::close);
        String src = ClickPeer.address(0);
        String snk = ClickPeer.address(2);
        chain.startMiddle(src, snk);
        Load load =
                new Load(
                        sheet,
                        figure,
                        chain::processes,
                        () -> {
                            chain.mustRun();
                            return "no word of it";
                        });
        Side side = load.open(held, bed, src, snk, CLICK_PORT);
        return guest.side(
                side.name(),
                () -> {
                    side.measurement().run();
                    chain.mustRun();
                });
    }

    /** What a forwarder says of packets that did not come through. */
    private interface Excuse {
        String words() throws IOException;
    }

    /** Who is loaded, and where that is written down. */
    private record Load(
            Sheet sheet, Figure figure, Supplier<List<Processor.Of>> processes, Excuse excuse) {
        Side open(Holdings held, Testbed bed, String source, String destination, int port)
                throws IOException, InterruptedException {
            Blast blast = Blast.open(bed, source, destination, port);
            held.add(blast::close);
            sheet.doing("warming up: " + figure.side());
            Blast.Outcome first = blast.offer(START_PER_SECOND, 2);
            if (first.arrived() == 0) {
                throw new IOException("nothing came through the forwarder: " + excuse.words());
            }
            return new Side(figure.side(), () -> measure(blast));
        }

        private void measure(Blast blast) throws IOException, InterruptedException {
            double start = figure.values().isEmpty() ? START_PER_SECOND : figure.median() * BACK;
            Processor processor = new Processor(processes.get());
            figure.add(most(blast, start));
            processor.report(sheet, figure.side());
        }
    }

    /** The most that arrived of any rate at which less than 1 % was lost. */
    private static double most(Blast blast, double start) throws InterruptedException {
        double best = 0;
        double good = 0;
        double bad = Double.POSITIVE_INFINITY;
        double rate = start;
        for (int trial = 0; trial < TRIALS_MAX && bad > good * CLOSE_ENOUGH; trial++) {
            Blast.Outcome outcome = blast.offer(rate, TRIAL_S);
            if (outcome.lost() >= LOST_MAX) {
                // A processor that somebody else had for a moment is no limit of the forwarder's.
                outcome = blast.offer(rate, TRIAL_S);
            }
            if (outcome.lost() < LOST_MAX) {
                best = Math.max(best, outcome.arrived());
                good = rate;
                if (outcome.sent() < rate * REACHED) {
                    break; // more cannot be sent here
                }
            } else {
                bad = rate;
            }
            rate =
                    bad == Double.POSITIVE_INFINITY
                            ? rate * GROWTH
                            : good == 0 ? rate / 2 : Math.sqrt(good * bad);
        }
        return best;
    }
}
