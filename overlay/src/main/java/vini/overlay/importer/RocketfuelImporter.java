package vini.overlay.importer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Rocketfuel's inferred link weights and latencies (Mahajan et al., IMW 2002): lines of two
 * routers, each a place and a number, and a figure. A folder may hold both files; a file whose name
 * says latency has one-way milliseconds, any other weights.
 */
final class RocketfuelImporter implements Importer {
    private static final Pattern LINE =
            Pattern.compile(
                    "\\s*(\\S*[A-Za-z]\\S*)\\s+(\\S*[A-Za-z]\\S*)\\s+([0-9]+(?:\\.[0-9]+)?)\\s*");

    private static final int ENOUGH = 50;
    private static final double MILLI = 1e6;

    @Override
    public boolean recognises(List<Source> files) {
        return files.size() <= 2 && files.stream().allMatch(RocketfuelImporter::recognises);
    }

    private static boolean recognises(Source file) {
        List<String> lines =
                file.head().lines().filter(line -> !isEmpty(line)).limit(ENOUGH).toList();
        // The last one may be cut off at the end of the head.
        long good = lines.stream().filter(line -> LINE.matcher(line).matches()).count();
        return good > 0 && good >= lines.size() - 1;
    }

    private static boolean isEmpty(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private static boolean isLatencies(Source file) {
        return file.fileName().toLowerCase(java.util.Locale.ROOT).contains("latenc");
    }

    @Override
    public void read(List<Source> files, Draft draft) {
        Map<String, DraftLink> links = new LinkedHashMap<>();
        boolean weights = files.stream().anyMatch(file -> !isLatencies(file));
        for (Source file : files) {
            if (!isLatencies(file)) {
                read(file, draft, links, true);
            }
        }
        for (Source file : files) {
            if (isLatencies(file)) {
                read(file, draft, links, !weights);
            }
        }
    }

    private static void read(
            Source file, Draft draft, Map<String, DraftLink> links, boolean makesLinks) {
        int number = 0;
        for (String line : file.lines()) {
            number++;
            if (isEmpty(line)) {
                continue;
            }
            var form = LINE.matcher(line);
            if (!form.matches()) {
                file.wrong(
                        number,
                        "a line is: router router figure, as in: Paris,+France1 Rome,+Italy2 7");
                continue;
            }
            String pair = form.group(1) + " " + form.group(2);
            if (makesLinks && !links.containsKey(pair)) {
                DraftLink link =
                        draft.link(
                                node(form.group(1), file, draft, number),
                                node(form.group(2), file, draft, number),
                                file,
                                number);
                link.oneWay = true;
                links.put(pair, link);
            }
            DraftLink link = links.get(pair);
            if (link == null) {
                draft.notes().add("latencies of links that have no weight, left out", pair);
            } else if (isLatencies(file)) {
                double ms = Double.parseDouble(form.group(3));
                link.forward.delayNanos = ms > 1e6 ? Long.MAX_VALUE : (long) (ms * MILLI);
            } else {
                link.forward.cost = Double.parseDouble(form.group(3));
            }
        }
    }

    private static DraftNode node(String key, Source file, Draft draft, int line) {
        DraftNode node = draft.node(key, file, line);
        node.label = key.replace('+', ' ');
        return node;
    }
}
