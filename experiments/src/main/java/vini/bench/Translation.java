package vini.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What address and port translation costs when it has many flows. */
final class Translation implements Scenario {
    private static final double NANOS = 150;
    private static final double MEMORY = 256;
    private static final double MEGABYTE = 1 << 20;

    @Override
    public String name() {
        return "napt";
    }

    @Override
    public String title() {
        return "packets of many UDP flows in turn through IPRewriter, in memory";
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        Sides some = new Sides(sheet, "100,000 flows");
        boolean quick = sheet.effort().quick();
        Sides many = new Sides(sheet, quick ? "300,000 flows" : "1,000,000 flows");
        sheet.rounds(
                List.of(
                        some.measuring("100000"),
                        many.measuring(quick ? "300000" : "1000000")));
        sheet.bound(Bound.atMost(some.time, NANOS));
        sheet.bound(Bound.atMost(many.memory, MEMORY));
        sheet.note(
                "Source, CheckIPHeader, IPRewriter, Discard; each packet is of another flow than"
                        + " the one before it. Processor time of one thread; memory of the flows.");
    }

    private static final class Sides {
        private final String name;
        private final Figure time;
        private final Figure memory;

        Sides(Sheet sheet, String name) {
            this.name = name;
            time = sheet.figure("a packet", name, "ns");
            memory = sheet.figure("memory", name, "MB");
        }

        Side measuring(String flows) {
            return new Side(
                    name,
                    () -> {
                        Map<String, Double> figures = Child.measure("napt", flows);
                        time.add(Child.of(figures, "median"));
                        memory.add(Child.of(figures, "bytes") / MEGABYTE);
                    });
        }
    }
}
