package vini.bench;

import java.io.IOException;
import java.util.List;

/** What a packet costs in the graph alone. */
final class PureGraph implements Scenario {
    private static final String SUBJECT = "a packet through six elements, in memory";
    private static final double SMALL_NANOS = 40;
    private static final double LARGE_NANOS = 70;
    private static final double CLASSES = 1.3;

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public String title() {
        return "packets of 64 bytes in memory, made, checked, looked up, counted and thrown away,"
                + " with small and full tables";
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        Figure small = sheet.figure(SUBJECT, "1,000 prefixes", "ns");
        Figure more = sheet.figure(SUBJECT, "1,000 prefixes, 9 element classes", "ns");
        boolean quick = sheet.effort().quick();
        String full = quick ? "200000" : "1000000";
        Figure large =
                sheet.figure(SUBJECT, quick ? "200,000 prefixes" : "1,000,000 prefixes", "ns");
        sheet.rounds(
                List.of(side(small, "1000", "5"), side(more, "1000", "9"), side(large, full, "5")));
        sheet.bound(Bound.atMost(small, SMALL_NANOS));
        sheet.bound(Bound.atMost(large, LARGE_NANOS));
        sheet.bound(Bound.timesAtMost(more, CLASSES, small));
        sheet.note(
                "Source (a packet of the pool is written), CheckIPHeader, DecIPTTL, RadixIPLookup,"
                        + " Counter, Discard; prefixes and destinations are random. Processor time"
                        + " of one thread in a process with the forwarder's flags.");
    }

    private static Side side(Figure figure, String prefixes, String classes) {
        return new Side(
                figure.side(),
                () -> figure.add(Child.of(Child.measure("graph", prefixes, classes), "median")));
    }
}
