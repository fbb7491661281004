package vini.experiment.report;

import vini.experiment.run.RunFolder;

import java.util.List;
import java.util.Map;

/** Text that becomes HTML element by element; what goes in as text is escaped. */
final class HtmlPage {
    private final StringBuilder out = new StringBuilder(1 << 17);

    /** Begins the page, as far as its text. */
    void head(String title) {
        raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>").text(title);
        raw("</title>\n<style>\n").raw(PageStyle.css()).raw("</style>\n</head>\n<body>\n<main>\n");
    }

    /** Adds a figure with its number and caption; {@code again} says how it is drawn anew. */
    void figure(Figure figure, int number, String again) {
        raw("<figure id=\"" + figure.name() + "\">\n").raw(SvgRenderer.inline(figure));
        raw("<figcaption><b>Figure " + number + ".</b> ").text(figure.caption());
        raw(" <span class=\"again\">").text(RunFolder.FIGURES + "/" + figure.name() + ".svg");
        raw(again).raw("</span></figcaption>\n</figure>\n");
    }

    /** Ends it. */
    void foot() {
        raw("</main>\n</body>\n</html>\n");
    }

    /** Adds what is HTML already. */
    HtmlPage raw(String html) {
        out.append(html);
        return this;
    }

    /** Adds text. */
    HtmlPage text(String text) {
        return raw(Html.escape(text));
    }

    /** Adds an element that holds text; {@code kind} is its class, or empty. */
    void element(String name, String kind, String text) {
        out.append('<').append(name);
        if (!kind.isEmpty()) {
            out.append(" class=\"").append(kind).append('"');
        }
        out.append('>').append(Html.escape(text)).append("</").append(name).append(">\n");
    }

    /** Adds a list of names and what they are. */
    void pairs(String kind, Map<String, String> rows) {
        out.append("<dl class=\"").append(kind).append("\">\n");
        rows.forEach(
                (key, value) -> {
                    element("dt", "", key);
                    element("dd", "", value);
                });
        out.append("</dl>\n");
    }

    /**
     * Adds a table. A header that begins with {@code >} is of numbers, which stand to the right.
     */
    void table(List<String> headers, List<List<String>> rows) {
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

    /** All of it so far. */
    String html() {
        return out.toString();
    }
}
