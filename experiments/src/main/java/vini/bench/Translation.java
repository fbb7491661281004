package vini.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What address and port translation costs when it has many flows. */
final class Translation implements Scenario {
    private static final int FEW = 100_000;
    private static final double NANOS = 150;
    private static final double MEMORY = 256;
    private static final double MEGABYTE = 1 << 20;

    @Override
    public String name() {
        return "napt";
    }

    @Override
    public String title() {
        return "packets of many UDP flows in turn through the NAPT of an egress and through"
                + " IPRewriter, in memory";
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        boolean quick = sheet.effort().quick();
        String few = Integer.toString(FEW);
        String many = quick ? "300000" : "1000000";
        Sides napt = new Sides(sheet, "NAPT", "napt", few);
        Sides naptMany = new Sides(sheet, "NAPT", "napt", many);
        Sides rewriter = new Sides(sheet, "IPRewriter", "rewriter", few);
        Sides rewriterMany = new Sides(sheet, "IPRewriter", "rewriter", many);
        List<Side> sides =
                new ArrayList<>(
                        List.of(
                                napt.measuring(),
                                rewriter.measuring(),
                                naptMany.measuring(),
                                rewriterMany.measuring()));
        sides.addAll(
                ClickMemory.sides(
                        sheet,
                        "a packet of a random flow, IPRewriter",
                        "%,d flows".formatted(FEW),
                        () -> ClickPeer.napt(FEW)));
        sheet.rounds(sides);
        sheet.bound(Bound.atMost(napt.time, NANOS));
        sheet.bound(Bound.atMost(naptMany.memory, MEMORY));
        sheet.bound(Bound.atMost(rewriter.time, NANOS));
        sheet.bound(Bound.atMost(rewriterMany.memory, MEMORY));
        sheet.note(
                "Source, CheckIPHeader, NAPT or IPRewriter, Discard; each packet is of another flow"
                        + " than the one before it, 64 flows of each inside address. Processor time"
                        + " of one thread; memory of the flows.");
    }

    private static final class Sides {
        private final String name;
        private final String words;
        private final String flows;
        private final Figure time;
        private final Figure memory;

        Sides(Sheet sheet, String element, String words, String flows) {
            this.words = words;
            this.flows = flows;
            name = "%s, %,d flows".formatted(element, Integer.valueOf(flows));
            time = sheet.figure("a packet", name, "ns");
            memory = sheet.figure("memory", name, "MB");
        }

        Side measuring() {
            return new Side(
                    name,
                    () -> {
                        Map<String, Double> figures = Child.measure(words, flows);
                        time.add(Child.of(figures, "median"));
                        memory.add(Child.of(figures, "bytes") / MEGABYTE);
                    });
        }
    }
}
