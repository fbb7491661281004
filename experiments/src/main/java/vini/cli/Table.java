package vini.cli;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows under headings, two spaces between columns, numbers to the right. */
final class Table {
    private static final String GAP = "  ";
    private static final String SECONDS = "_s";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = List.of(headings);
    }

    private Table(List<String> headings) {
        this.headings = List.copyOf(headings);
    }

    /** A table of a JSON list of objects: one column per key, in order of appearance. */
    static Table of(JsonNode list) {
        Set<String> keys = new LinkedHashSet<>();
        list.forEach(entry -> keys.addAll(entry.propertyNames()));
        Table table = new Table(keys.stream().map(Table::heading).toList());
        for (JsonNode entry : list) {
            table.rows.add(keys.stream().map(key -> cell(key, entry.path(key))).toList());
        }
        return table;
    }

    private static String heading(String key) {
        String name = key.endsWith(SECONDS) ? key.substring(0, key.length() - 2) : key;
        return name.replace('_', ' ');
    }

    private static String cell(String key, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isContainer()) {
            return value.values().stream()
                    .map(item -> cell("", item))
                    .collect(Collectors.joining(" "));
        }
        if (key.endsWith(SECONDS) && value.isNumber()) {
            return span(value.asDouble());
        }
        return value.isIntegralNumber() || !value.isNumber()
                ? value.asString()
                : round(value.asDouble());
    }

    /** In the unit that says it with two or three digits. */
    private static String span(double seconds) {
        double magnitude = Math.abs(seconds);
        double minutes = seconds / 60;
        return magnitude < 120
                ? round(seconds) + " s"
                : magnitude < 2 * 3600
                        ? Math.round(minutes) + " min"
                        : magnitude < 2 * 86_400
                                ? round(minutes / 60) + " h"
                                : round(minutes / 60 / 24) + " d";
    }

    private static String round(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    void row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells, " + headings + " wanted");
        }
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, headings first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(headings));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            int width = width(i);
            String cell = cells.get(i);
            String pad = " ".repeat(width - cell.length());
            line.append(i == 0 ? "" : GAP).append(isNumeric(i) ? pad + cell : cell + pad);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int width = headings.get(column).length();
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }

    private boolean isNumeric(int column) {
        return rows.stream()
                .allMatch(row -> row.get(column).matches("|-?[0-9]+(\\.[0-9]+)?( [a-z]+)?"));
    }
}
