package vini.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What arrived at an iperf3 server, interval by interval, and when nothing did. Times are seconds
 * since the transfer began.
 */
record Arrivals(List<Gap> gaps, double longestOfAStream, double seconds) {
    private static final String SUM = "SUM";

    /** The summaries at the end have {@code receiver} behind the rate, and are not intervals. */
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\[ *(SUM|[0-9]+)\\] +([0-9.]+)-([0-9.]+) +sec +([0-9.]+) [KMGT]?Bytes"
                            + " +[0-9.]+ [KMGT]?bits/sec *$");

    /** A time in which nothing arrived by any stream. */
    record Gap(double from, double to) {
        double seconds() {
            return to - from;
        }
    }

    /**
     * Reads what {@code iperf3 -s -i} printed of a transfer by several streams.
     *
     * @param text intervals of each stream and their sum
     */
    static Arrivals of(String text) {
        Map<String, List<Gap>> gaps = new LinkedHashMap<>();
        double seconds = 0;
        Matcher row = ROW.matcher(text);
        while (row.find()) {
            List<Gap> own = gaps.computeIfAbsent(row.group(1), stream -> new ArrayList<>());
            double from = Double.parseDouble(row.group(2));
            double to = Double.parseDouble(row.group(3));
            seconds = Math.max(seconds, to);
            if (Double.parseDouble(row.group(4)) > 0) {
                continue;
            }
            boolean goesOn = !own.isEmpty() && own.getLast().to() >= from;
            double began = goesOn ? own.removeLast().from() : from;
            own.add(new Gap(began, to));
        }
        double longest =
                gaps.entrySet().stream()
                        .filter(stream -> !stream.getKey().equals(SUM))
                        .flatMap(stream -> stream.getValue().stream())
                        .mapToDouble(Gap::seconds)
                        .max()
                        .orElse(0);
        return new Arrivals(List.copyOf(gaps.getOrDefault(SUM, List.of())), longest, seconds);
    }
}
