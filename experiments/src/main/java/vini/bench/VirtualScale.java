package vini.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How large a slice the virtual world holds, and how long its life takes there. */
final class VirtualScale implements Scenario {
    private static final double GIB = 1024.0 * 1024 * 1024;
    private static final double KIB = 1024;
    private static final int MIB_PER_GIB = 1024;
    private static final int PATIENCE_S = 1800;
    private static final double HOP_NS_MAX = 1000;

    /**
     * A network.
     *
     * @param words for {@link LargeSlice}
     * @param seconds the most that cold start, failure and repair may take together
     * @param gibibytes the most that the process may take, heap and all
     */
    private record Size(
            String name, int routers, List<String> words, double seconds, int gibibytes) {}

    private static final List<Size> QUICK =
            List.of(new Size("grid of 100", 100, List.of("grid", "10", "10"), 5, 1));

    private static final List<Size> FULL =
            List.of(
                    QUICK.getFirst(),
                    new Size("random 300, degree 4", 300, List.of("random", "300", "4"), 10, 1),
                    new Size("grid of 754", 754, List.of("grid", "29", "26"), 20, 2),
                    new Size("random 1,000, degree 4", 1000, List.of("random", "1000", "4"), 60, 2),
                    new Size("grid of 3,025", 3025, List.of("grid", "55", "55"), 600, 8));

    @Override
    public String name() {
        return "world";
    }

    @Override
    public String title() {
        return "slices of up to 3,025 routers in the virtual world: cold start to full FIBs, a"
                + " failure, its repair, memory, and what a packet's hop takes";
    }

    @Override
    public Effort effort(boolean quick) {
        return new Effort(1, 1, quick);
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        List<Size> sizes = sheet.effort().quick() ? QUICK : FULL;
        Figure hop = sheet.figure("a simulated packet's hop", "a chain of 51", "ns");
        List<Side> sides = new ArrayList<>();
        sides.add(new Side("a chain of 51", () -> hop.add(value(measure(1, "hops"), "hop_ns"))));
        List<Runnable> bounds = new ArrayList<>();
        for (Size size : sizes) {
            Row row = Row.of(sheet, size);
            sides.add(new Side(size.name(), () -> row.add(size, measure(size))));
            bounds.add(
                    () -> {
                        sheet.bound(Bound.atMost(row.whole(), size.seconds()));
                        sheet.bound(Bound.atMost(row.peak(), size.gibibytes()));
                    });
        }
        sheet.rounds(sides);
        sheet.bound(Bound.atMost(hop, HOP_NS_MAX));
        bounds.forEach(Runnable::run);
        sheet.note(
                "Each slice has a process of its own, whose heap may be the bound less a quarter."
                        + " All is wall time. The whole is cold start, a failure and its repair,"
                        + " each of these two with ten seconds of virtual time, in which each node"
                        + " says hello twice to each of its neighbours.");
        sheet.note(
                "The heap is measured after a collection, with all routes in place. A router has a"
                        + " route to each router and to each link, so that its memory grows with"
                        + " the network, and that of all with its square: docs/scale.md.");
    }

    private static Map<String, Double> measure(Size size) throws IOException, InterruptedException {
        return measure(size.gibibytes(), size.words().toArray(String[]::new));
    }

    private static Map<String, Double> measure(int gibibytes, String... words)
            throws IOException, InterruptedException {
        return LargeSlice.measure(gibibytes * MIB_PER_GIB * 3 / 4, PATIENCE_S, words);
    }

    private static double value(Map<String, Double> figures, String name) throws IOException {
        return Child.of(figures, name);
    }

    /** What is seen of a size. */
    private record Row(
            Figure build,
            Figure start,
            Figure failure,
            Figure repair,
            Figure whole,
            Figure minute,
            Figure routes,
            Figure peak,
            Figure router,
            Figure route) {
        static Row of(Sheet sheet, Size size) {
            String side = size.name();
            return new Row(
                    sheet.figure("graphs and routers are made", side, "s"),
                    sheet.figure("cold start to full FIBs", side, "s"),
                    sheet.figure("a link fails", side, "s"),
                    sheet.figure("it is repaired", side, "s"),
                    sheet.figure("the whole", side, "s"),
                    sheet.figure("a minute in which nothing happens", side, "s"),
                    sheet.figure("routes of all routers", side, "thousand"),
                    sheet.figure("memory of the process at most", side, "GiB"),
                    sheet.figure("heap in use per router", side, "KiB"),
                    sheet.figure("heap in use per route", side, "bytes"));
        }

        void add(Size size, Map<String, Double> figures) throws IOException {
            build.add(value(figures, "build_s"));
            start.add(value(figures, "start_s") + value(figures, "settle_s"));
            failure.add(value(figures, "failure_s"));
            repair.add(value(figures, "repair_s"));
            minute.add(value(figures, "idle_s"));
            whole.add(
                    value(figures, "build_s")
                            + value(figures, "start_s")
                            + value(figures, "settle_s")
                            + value(figures, "failure_s")
                            + value(figures, "repair_s"));
            routes.add(value(figures, "routes") / 1000);
            peak.add(value(figures, "peak_b") / GIB);
            router.add(value(figures, "heap_b") / KIB / size.routers());
            route.add(value(figures, "heap_b") / value(figures, "routes"));
        }
    }
}
