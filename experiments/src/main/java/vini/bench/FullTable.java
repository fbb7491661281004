package vini.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A full table: how it is loaded, what it takes, how it is changed. */
final class FullTable implements Scenario {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEGABYTE = 1 << 20;
    private static final double LOAD_SECONDS = 1;
    private static final double MEMORY = 64;
    private static final double UPDATES = 100_000;
    private static final double STALL_MILLIS = 1;

    @Override
    public String name() {
        return "fib";
    }

    @Override
    public String title() {
        return "a table of 1,000,000 IPv4 and one of 200,000 IPv6 prefixes: loading, memory,"
                + " updates while packets are forwarded";
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        boolean quick = sheet.effort().quick();
        String small = quick ? ", a fifth" : "";
        Sides four = new Sides(sheet, "IPv4" + small);
        Figure updates = sheet.figure("single updates", "IPv4", "/s");
        Figure longest = sheet.figure("longest single update", "IPv4", "ms");
        Sides six = new Sides(sheet, quick ? "IPv6, a quarter" : "IPv6");
        Figure lookup = sheet.figure("a packet and its lookup", "IPv6", "ns");
        sheet.rounds(
                List.of(
                        new Side(
                                "IPv4",
                                () -> {
                                    Map<String, Double> figures =
                                            Child.measure("fib", quick ? "200000" : "1000000");
                                    four.add(figures);
                                    double nanos = Child.of(figures, "update");
                                    updates.add(NANOS_PER_SECOND / nanos);
                                    longest.add(Child.of(figures, "longest") / NANOS_PER_MILLI);
                                }),
                        new Side(
                                "IPv6",
                                () -> {
                                    Map<String, Double> figures =
                                            Child.measure("fib6", quick ? "50000" : "200000");
                                    six.add(figures);
                                    lookup.add(Child.of(figures, "median"));
                                })));
        four.bound(sheet);
        sheet.bound(Bound.atLeast(updates, UPDATES));
        sheet.bound(Bound.atMost(longest, STALL_MILLIS));
        six.bound(sheet);
        sheet.note(
                "Loaded as a router does it, in one transaction of text; memory is all that the"
                        + " process has more than before, its journal included. Of each two updates"
                        + " one takes a route away and the next gives it back, with 64 packets"
                        + " forwarded in between.");
    }

    /** What is measured of either family. */
    private static final class Sides {
        private final Figure load;
        private final Figure memory;

        Sides(Sheet sheet, String family) {
            load = sheet.figure("loading", family, "s");
            memory = sheet.figure("memory", family, "MB");
        }

        void add(Map<String, Double> figures) throws IOException {
            load.add(Child.of(figures, "load") / NANOS_PER_SECOND);
            memory.add(Child.of(figures, "bytes") / MEGABYTE);
        }

        void bound(Sheet sheet) {
            sheet.bound(Bound.atMost(load, LOAD_SECONDS));
            sheet.bound(Bound.atMost(memory, MEMORY));
        }
    }
}
