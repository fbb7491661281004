package vini.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a packet costs in the graph alone. */
final class PureGraph implements Scenario {
    private static final String SUBJECT = "a packet through six elements, in memory";
    private static final double SMALL_NANOS = 40;
    private static final double LARGE_NANOS = 70;
    private static final double CLASSES = 1.3;
    private static final int FEW = 1000;
    private static final int MANY = 1_000_000;
    private static final int MANY_QUICK = 200_000;
    private static final long SEED = 7;

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
        int full = quick ? MANY_QUICK : MANY;
        Figure large = sheet.figure(SUBJECT, "%,d prefixes".formatted(full), "ns");
        List<Side> sides = new ArrayList<>();
        sides.add(side(small, FEW, 5));
        sides.add(side(more, FEW, 9));
        sides.add(side(large, full, 5));
        for (int prefixes : new int[] {FEW, full}) {
            sides.addAll(
                    ClickMemory.sides(
                            sheet,
                            SUBJECT + ", destinations of all addresses",
                            "%,d prefixes".formatted(prefixes),
                            () -> ClickPeer.graph(new RandomRoutes(prefixes, SEED))));
        }
        sheet.rounds(sides);
        sheet.bound(Bound.atMost(small, SMALL_NANOS));
        sheet.bound(Bound.atMost(large, LARGE_NANOS));
        sheet.bound(Bound.timesAtMost(more, CLASSES, small));
        sheet.note(
                "Source (a packet of the pool is written), CheckIPHeader, DecIPTTL, RadixIPLookup,"
                        + " Counter, Discard; prefixes and destinations are random. Processor time"
                        + " of one thread in a process with the forwarder's flags.");
    }

    private static Side side(Figure figure, int prefixes, int classes) {
        String[] words = {"graph", Integer.toString(prefixes), Integer.toString(classes)};
        return new Side(figure.side(), () -> figure.add(Child.of(Child.measure(words), "median")));
    }
}
