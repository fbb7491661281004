package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.AddedDelay;
import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.ExpectationResult;
import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Spread;
import vini.experiment.analysis.Summary;
import vini.experiment.analysis.Walk;
import vini.experiment.run.EventRow;
import vini.experiment.run.PacketBooks;
import vini.experiment.run.Run;
import vini.experiment.run.RunFolder;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/** The tables of a report: phases, events, expectations, packets. */
final class ReportTables {
    /** A page of more rows than that nobody reads, and no browser likes. */
    private static final int ROWS_MAX = 300;

    private final HtmlPage page;
    private final Summary summary;
    private final Run run;

    private ReportTables(HtmlPage page, Summary summary) {
        this.page = page;
        this.summary = summary;
        this.run = summary.analysis().run();
    }

    /** Adds them to the page; one without rows is left out. */
    static void add(HtmlPage page, Summary summary) {
        ReportTables tables = new ReportTables(page, summary);
        tables.phases();
        ProgramTable.add(page, summary.analysis().programs());
        tables.events();
        tables.expectations();
        tables.packets();
    }

    /** How faithful the machine was, if it was asked. */
    static void fidelity(HtmlPage page, Analysis analysis) {
        Run run = analysis.run();
        List<List<String>> rows = new ArrayList<>();
        run.environment()
                .path("fidelity")
                .forEach(
                        one ->
                                rows.add(
                                        List.of(
                                                one.path("what").asString(""),
                                                one.path("found").asString(""),
                                                one.path("limit").asString(""),
                                                one.path("holds").asBoolean(false)
                                                        ? "✓"
                                                        : "✗ too much")));
        AddedDelay added = AddedDelay.of(analysis);
        if (!rows.isEmpty() && added != null) {
            rows.add(
                    List.of(
                            "round-trip time above the links' delays",
                            Decimals.fixed(added.millis(), 2)
                                    + " ms above "
                                    + Decimals.fixed(added.linksMs(), 1)
                                    + " ms",
                            Decimals.shortest(AddedDelay.MILLIS_MAX, 1) + " ms",
                            added.holds() ? "✓" : "✗ too much"));
        }
        if (!rows.isEmpty()) {
            page.raw("<details")
                    .raw(rows.stream().allMatch(row -> row.getLast().equals("✓")) ? "" : " open")
                    .raw(">\n<summary>How faithful the machine was</summary>\n");
            page.table(List.of("measure", "found", "at most", ""), rows);
            page.raw("</details>\n");
        }
    }

    /** The first of many rows; the others are in {@code summary.json}. */
    private static List<List<String>> limited(List<List<String>> rows) {
        return rows.subList(0, Math.min(ROWS_MAX, rows.size()));
    }

    private void more(List<List<String>> rows, String file) {
        if (rows.size() > ROWS_MAX) {
            page.element(
                    "p",
                    "note",
                    "The first "
                            + ROWS_MAX
                            + " of "
                            + Decimals.count(rows.size())
                            + "; all of them are in "
                            + file
                            + ".");
        }
    }

    private void phases() {
        List<List<String>> pings = new ArrayList<>();
        List<List<String>> tcps = new ArrayList<>();
        for (ProbeResult result : summary.analysis().probes()) {
            switch (result) {
                case ProbeResult.Ping ping -> ping.phases().forEach(p -> pings.add(row(ping, p)));
                case ProbeResult.Tcp tcp -> tcp.phases().forEach(p -> tcps.add(row(tcp, p)));
                case ProbeResult.Program _ -> {}
            }
        }
        if (pings.isEmpty() && tcps.isEmpty()) {
            return;
        }
        page.element("h2", "", "Phases");
        if (!pings.isEmpty()) {
            List<String> headers =
                    List.of(
                            "probe", ">from", ">to", "after", ">min", ">median", ">max", ">lost",
                            "path");
            page.table(headers, limited(pings));
            more(pings, RunFolder.SUMMARY);
        }
        if (!tcps.isEmpty()) {
            page.table(
                    List.of("probe", ">from", ">to", "after", ">steady rate", ">received"),
                    limited(tcps));
            more(tcps, RunFolder.SUMMARY);
        }
        page.element(
                "p",
                "note",
                "Times in seconds, round-trip times in milliseconds. Round-trip times and rates are"
                    + " of the steady part of each phase, which begins two seconds after its last"
                    + " FIB change and interruption.");
    }

    private static List<String> row(ProbeResult.Ping ping, ProbeResult.PingPhase phase) {
        Spread rtt = phase.rttMs();
        Walk path = phase.path();
        String after = phase.phase().after();
        String way = "–";
        if (path != null) {
            way = path.arrives() ? String.join(" ", path.nodes()) : String.valueOf(path.trouble());
        }
        return List.of(
                ping.probe().name(),
                seconds(phase.phase().fromS()),
                seconds(phase.phase().toS()),
                after == null ? "" : after,
                millis(rtt, Spread::min),
                millis(rtt, Spread::median),
                millis(rtt, Spread::max),
                Integer.toString(phase.sent() - phase.received()),
                way);
    }

    private static List<String> row(ProbeResult.Tcp tcp, ProbeResult.TcpPhase phase) {
        String after = phase.phase().after();
        Double mbps = phase.mbps();
        return List.of(
                tcp.probe().name(),
                seconds(phase.phase().fromS()),
                seconds(phase.phase().toS()),
                after == null ? "" : after,
                mbps == null ? "–" : Decimals.rate(mbps),
                Decimals.bytes(phase.bytes()));
    }

    private void events() {
        if (run.events().isEmpty()) {
            return;
        }
        page.element("h2", "", "Events");
        List<List<String>> rows = new ArrayList<>();
        for (EventRow event : run.events()) {
            rows.add(
                    List.of(
                            event.words(),
                            exact(event.plannedS()),
                            exact(event.issuedS()),
                            exact(event.effectiveS()),
                            exact(event.observedS())));
        }
        page.table(
                List.of("event", ">planned", ">issued", ">effective", ">observed"), limited(rows));
        more(rows, RunFolder.EVENTS);
        page.element(
                "p", "note", "Times in seconds. Observed is when a probe first saw an effect.");
    }

    private void expectations() {
        if (summary.expectations().isEmpty()) {
            return;
        }
        page.element("h2", "", "Expectations");
        List<List<String>> rows = new ArrayList<>();
        for (ExpectationResult result : summary.expectations()) {
            boolean none = result.value().isMissingNode() || result.value().isNull();
            rows.add(
                    List.of(
                            result.that(),
                            result.wanted(),
                            none ? "–" : ReportInputs.plain(result.value()),
                            (result.holds() ? "✓ holds" : "✗ does not hold")
                                    + (result.note().isEmpty() ? "" : ": " + result.note())));
        }
        page.table(List.of("that", "should be", "is", ""), rows);
    }

    private void packets() {
        PacketBooks books = run.packets();
        if (books == null) {
            return;
        }
        page.element("h2", "", "Packets");
        List<List<String>> rows = new ArrayList<>();
        books.dropped()
                .forEach(
                        (reason, count) -> {
                            StringJoiner where = new StringJoiner(", ");
                            books.byNode()
                                    .forEach(
                                            (node, counts) -> {
                                                Long here = counts.get(reason);
                                                if (here != null && here > 0) {
                                                    where.add(node + " " + Decimals.count(here));
                                                }
                                            });
                            rows.add(List.of(reason, Decimals.count(count), where.toString()));
                        });
        if (!rows.isEmpty()) {
            page.table(List.of("dropped because of", ">packets", "where"), rows);
        }
        page.element(
                "p",
                "note",
                Decimals.count(books.sent())
                        + " sent = "
                        + Decimals.count(books.delivered())
                        + " delivered + "
                        + Decimals.count(books.droppedInAll())
                        + " dropped + "
                        + Decimals.count(books.inFlight())
                        + " in flight at the end"
                        + (books.missing() == 0
                                ? ": the books balance."
                                : ", but for "
                                        + Decimals.count(books.missing())
                                        + ": they do not balance.")
                        + loops());
    }

    private String loops() {
        Long loops = summary.analysis().packets().loops();
        return loops == null
                ? ""
                : " Packets whose TTL ended although the FIBs were settled: "
                        + Decimals.count(loops)
                        + ".";
    }

    private static String millis(@Nullable Spread rtt, Function<Spread, Double> which) {
        return rtt == null ? "–" : Decimals.fixed(which.apply(rtt), 1);
    }

    private static String seconds(double value) {
        return Decimals.shortest(value, 3);
    }

    private static String exact(@Nullable Double value) {
        return value == null ? "–" : Decimals.fixed(value, 3);
    }
}
