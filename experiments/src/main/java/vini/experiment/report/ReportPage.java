package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/** The page of a run: one file of HTML with its figures in it, nothing loaded, no script. */
final class ReportPage {
    private final Summary summary;
    private final Analysis analysis;
    private final Run run;
    private final StringBuilder out = new StringBuilder(1 << 17);

    private ReportPage(Summary summary) {
        this.summary = summary;
        this.analysis = summary.analysis();
        this.run = analysis.run();
    }

    static String of(Summary summary, List<Figure> figures) {
        ReportPage page = new ReportPage(summary);
        page.head();
        page.inputs();
        page.figures(figures);
        page.phases();
        page.events();
        page.expectations();
        page.packets();
        page.environment();
        page.out.append("</main>\n</body>\n</html>\n");
        return page.out.toString();
    }

    private void head() {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width,"
                                + " initial-scale=1\"/>\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>")
                .append(Html.escape(run.name()))
                .append("</title>\n<style>\n")
                .append(PageStyle.css())
                .append("</style>\n</head>\n<body>\n<main>\n");
        element("h1", "", run.name());
        String mark = summary.verdict().word();
        String line = Transcript.UNICODE.verdict(summary);
        out.append("<p class=\"verdict ").append(mark).append("\"><strong>").append(mark);
        out.append("</strong>").append(Html.escape(line.substring(mark.length()))).append("</p>\n");
        element("p", "story", Story.of(analysis));
    }

    private void inputs() {
        Map<String, String> rows = new LinkedHashMap<>();
        JsonNode topology = run.experiment().path("topology");
        rows.put(
                "network",
                run.network().name()
                        + ", "
                        + run.network().nodes().size()
                        + " nodes, "
                        + run.network().links().size()
                        + " links"
                        + (topology.isString() ? " (" + topology.stringValue() + ")" : ""));
        StringJoiner routing = new StringJoiner(", ");
        run.topology()
                .path("routing")
                .properties()
                .forEach(
                        e ->
                                routing.add(
                                        (e.getKey().equals("protocol") ? "" : e.getKey() + " ")
                                                + text(e.getValue())));
        if (routing.length() > 0) {
            rows.put("routing", routing.toString());
        }
        rows.put("world", words("world", "hosts", "tunnels"));
        List<String> probes = new ArrayList<>();
        for (JsonNode probe : run.experiment().path("probes")) {
            for (Map.Entry<String, JsonNode> entry : probe.properties()) {
                if (entry.getValue().isObject()) {
                    JsonNode what = entry.getValue();
                    StringJoiner more = new StringJoiner(", ");
                    more.add(
                            what.path("from").asString("?")
                                    + " to "
                                    + what.path("to").asString("?"));
                    for (Map.Entry<String, JsonNode> option : what.properties()) {
                        if (!List.of("from", "to").contains(option.getKey())) {
                            more.add(option.getKey() + " " + text(option.getValue()));
                        }
                    }
                    probes.add(
                            probe.path("name").asString("?") + ": " + entry.getKey() + " " + more);
                }
            }
        }
        rows.put("probes", probes.isEmpty() ? "none" : String.join("; ", probes));
        List<String> events = new ArrayList<>();
        run.events()
                .forEach(
                        e ->
                                events.add(
                                        e.words()
                                                + " at "
                                                + Decimals.shortest(e.plannedS(), 3)
                                                + " s"));
        rows.put("events", events.isEmpty() ? "none" : String.join("; ", events));
        rows.put(
                "duration",
                Decimals.shortest(run.endS(), 1)
                        + " s"
                        + (run.endS() < run.durationS() - 0.05
                                ? " of " + Decimals.shortest(run.durationS(), 1) + " s planned"
                                : ""));
        pairs("inputs", rows);
    }

    private void figures(List<Figure> figures) {
        int number = 0;
        for (Figure figure : figures) {
            number++;
            out.append("<figure id=\"").append(figure.name()).append("\">\n");
            out.append(SvgRenderer.inline(figure));
            out.append("<figcaption><b>Figure ").append(number).append(".</b> ");
            out.append(Html.escape(figure.caption()));
            out.append(" <span class=\"again\">").append(RunFolder.FIGURES).append('/');
            out.append(Html.escape(figure.name()));
            out.append(".svg, drawn by <code>vini report .</code></span>");
            out.append("</figcaption>\n</figure>\n");
        }
    }

    private void phases() {
        List<List<String>> pings = new ArrayList<>();
        List<List<String>> tcps = new ArrayList<>();
        for (ProbeResult result : analysis.probes()) {
            switch (result) {
                case ProbeResult.Ping ping -> ping.phases().forEach(p -> pings.add(row(ping, p)));
                case ProbeResult.Tcp tcp -> tcp.phases().forEach(p -> tcps.add(row(tcp, p)));
            }
        }
        if (pings.isEmpty() && tcps.isEmpty()) {
            return;
        }
        element("h2", "", "Phases");
        if (!pings.isEmpty()) {
            List<String> headers =
                    List.of(
                            "probe", ">from", ">to", "after", ">min", ">median", ">max", ">lost",
                            "path");
            table(headers, pings);
        }
        if (!tcps.isEmpty()) {
            table(List.of("probe", ">from", ">to", "after", ">steady rate", ">received"), tcps);
        }
        element(
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
        element("h2", "", "Events");
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
        table(List.of("event", ">planned", ">issued", ">effective", ">observed"), rows);
        element("p", "note", "Times in seconds. Observed is when a probe first saw an effect.");
    }

    private void expectations() {
        if (summary.expectations().isEmpty()) {
            return;
        }
        element("h2", "", "Expectations");
        List<List<String>> rows = new ArrayList<>();
        for (ExpectationResult result : summary.expectations()) {
            boolean none = result.value().isMissingNode() || result.value().isNull();
            rows.add(
                    List.of(
                            result.that(),
                            result.wanted(),
                            none ? "–" : text(result.value()),
                            (result.holds() ? "✓ holds" : "✗ does not hold")
                                    + (result.note().isEmpty() ? "" : ": " + result.note())));
        }
        table(List.of("that", "should be", "is", ""), rows);
    }

    private void packets() {
        PacketBooks books = run.packets();
        if (books == null) {
            return;
        }
        element("h2", "", "Packets");
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
            table(List.of("dropped because of", ">packets", "where"), rows);
        }
        element(
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
                        + (books.loops() == null
                                ? ""
                                : " Packets that died in a loop after a phase's last FIB change: "
                                        + Decimals.count(books.loops())
                                        + "."));
    }

    private void environment() {
        element("h2", "", "Made with");
        Map<String, String> rows = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : run.environment().properties()) {
            if (entry.getValue().isValueNode() && !entry.getKey().equals("crash")) {
                rows.put(
                        entry.getKey().replace('_', ' ').replace(" s", " (s)"),
                        text(entry.getValue()));
            }
        }
        pairs("made", rows);
        for (String problem : run.problems()) {
            element("p", "problem", problem);
        }
    }

    private String words(String... keys) {
        StringJoiner words = new StringJoiner(", ");
        for (String key : keys) {
            String value = run.environment().path(key).asString("");
            if (!value.isEmpty()) {
                words.add(key.equals("world") ? value : key + " " + value);
            }
        }
        return words.length() == 0 ? "unknown" : words.toString();
    }

    private void pairs(String kind, Map<String, String> rows) {
        out.append("<dl class=\"").append(kind).append("\">\n");
        rows.forEach(
                (key, value) -> {
                    element("dt", "", key);
                    element("dd", "", value);
                });
        out.append("</dl>\n");
    }

    /** A header that begins with {@code >} is that of numbers, which stand to the right. */
    private void table(List<String> headers, List<List<String>> rows) {
        out.append("<table>\n<thead><tr>");
        for (String header : headers) {
            boolean number = header.startsWith(">");
            out.append(number ? "<th class=\"n\">" : "<th>");
            out.append(Html.escape(number ? header.substring(1) : header)).append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                out.append(headers.get(i).startsWith(">") ? "<td class=\"n\">" : "<td>");
                // A path of a figure may break after its dots, not inside of its words.
                out.append(Html.escape(row.get(i)).replace("].", "].<wbr/>")).append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n");
    }

    private void element(String name, String kind, String text) {
        out.append('<').append(name);
        if (!kind.isEmpty()) {
            out.append(" class=\"").append(kind).append('"');
        }
        out.append('>').append(Html.escape(text)).append("</").append(name).append(">\n");
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

    private static String text(JsonNode node) {
        if (node.isArray()) {
            StringJoiner words = new StringJoiner(" ");
            node.forEach(item -> words.add(text(item)));
            return words.toString();
        }
        return node.isString() ? node.stringValue() : node.toString();
    }
}
