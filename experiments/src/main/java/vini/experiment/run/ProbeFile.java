package vini.experiment.run;

import tools.jackson.databind.JsonNode;

import vini.net.Quantity;

import java.util.List;
import java.util.function.Function;

/** What the reader of a probe has before it: what the experiment asks for, and the rows. */
public final class ProbeFile {
    private final String name;
    private final JsonNode asked;
    private final int ports;
    private final boolean whole;
    private final Lines lines;
    private final List<String> problems;

    ProbeFile(
            String name,
            JsonNode asked,
            int ports,
            boolean whole,
            Lines lines,
            List<String> problems) {
        this.name = name;
        this.asked = asked;
        this.ports = ports;
        this.whole = whole;
        this.lines = lines;
        this.problems = problems;
    }

    /** The probe's name. */
    public String name() {
        return name;
    }

    /** What stands below the type's key in the experiment. */
    public JsonNode asked() {
        return asked;
    }

    /** What FIBs hash of the probe's packets; 0 if that was not recorded. */
    public int ports() {
        return ports;
    }

    /** Whether the run came to write its end: if it was killed, what came last may be missing. */
    public boolean isWhole() {
        return whole;
    }

    /** The text of a key; empty if it has none. */
    public String text(String key) {
        return asked.path(key).asString("");
    }

    /** The size of a key in bytes; 0 if it is absent. */
    public long bytes(String key) {
        return quantity(key, Quantity::bytes);
    }

    /** The time of a key in seconds; 0 if it is absent. */
    public double seconds(String key) {
        return quantity(key, Quantity::nanos) / 1e9;
    }

    private long quantity(String key, Function<String, Long> read) {
        JsonNode node = asked.path(key);
        try {
            return node.isNumber()
                    ? node.longValue()
                    : node.isMissingNode() || node.isNull() ? 0 : read.apply(node.asString(""));
        } catch (IllegalArgumentException e) {
            problem(RunFolder.EXPERIMENT + ": " + key + ": " + e.getMessage());
            return 0;
        }
    }

    /** The rows of its table under that header, each read from its cells. */
    public <T> List<T> rows(String header, Function<String[], T> read) {
        return lines.rows(name, header, read);
    }

    /** The lines of its {@code .jsonl} file. */
    public <T> List<T> objects(Function<JsonNode, T> read) {
        return lines.objects(RunFolder.jsonl(name), true, read);
    }

    /** Says what is wrong with it. */
    public void problem(String sentence) {
        problems.add(sentence);
    }

    /** The number in a cell, which must be finite. */
    public static double number(String cell) {
        double value = Double.parseDouble(cell.strip());
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(cell.strip());
        }
        return value;
    }

    /** The number in a cell; NaN if it is empty. */
    public static double numberOrNone(String cell) {
        return cell.isBlank() ? Double.NaN : number(cell);
    }

    /** The whole number in a cell. */
    public static long count(String cell) {
        return Long.parseLong(cell.strip());
    }
}
