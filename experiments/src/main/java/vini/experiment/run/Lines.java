package vini.experiment.run;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads files line by line and says in a sentence each what could not be read. */
final class Lines {
    /** Files of a run that are larger are not ours. */
    private static final long BYTES_MAX = 512L << 20;

    private static final long TREE_BYTES_MAX = 64L << 20;
    private static final int PROBLEMS_PER_FILE_MAX = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RunFolder folder;
    private final List<String> problems;

    Lines(RunFolder folder, List<String> problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /** The object in a file, or an empty one. */
    JsonNode tree(String name) {
        Path file = folder.file(name);
        if (!readable(file, name, TREE_BYTES_MAX)) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            if (node.isObject()) {
                return node;
            }
            problems.add(name + ": not a JSON object");
        } catch (IOException e) {
            problems.add(name + ": cannot be read: " + e.getMessage());
        } catch (JacksonException e) {
            problems.add(name + place(e) + ": " + e.getOriginalMessage());
        }
        return JSON.createObjectNode();
    }

    /** One object per line; {@code required} says whether its absence is worth a sentence. */
    <T> List<T> objects(String name, boolean required, Function<JsonNode, T> read) {
        if (!required && !Files.exists(folder.file(name))) {
            return List.of();
        }
        return each(name, null, line -> read.apply(JSON.readTree(line)));
    }

    /** The rows of a probe's table, under its header. */
    <T> List<T> rows(String probe, String header, Function<String[], T> read) {
        int columns = header.split(",", -1).length;
        return each(
                probe + ".csv",
                header,
                line -> {
                    String[] cells = line.split(",", -1);
                    if (cells.length != columns) {
                        throw new IllegalArgumentException(
                                cells.length + " columns, not " + columns);
                    }
                    return read.apply(cells);
                });
    }

    /** The rows of a table whose head says what its columns are; none if there is no such file. */
    <T> List<T> table(String name, BiFunction<String[], String[], T> read) {
        if (!Files.exists(folder.file(name))) {
            return List.of();
        }
        List<String[]> head = new ArrayList<>(1);
        List<Optional<T>> rows =
                each(
                        name,
                        null,
                        line -> {
                            String[] cells = line.split(",", -1);
                            if (head.isEmpty()) {
                                head.add(cells);
                                return Optional.empty();
                            }
                            return Optional.of(read.apply(head.getFirst(), cells));
                        });
        return rows.stream().flatMap(Optional::stream).toList();
    }

    private <T> List<T> each(String name, @Nullable String header, Function<String, T> read) {
        List<T> rows = new ArrayList<>();
        Path file = folder.file(name);
        if (!readable(file, name, BYTES_MAX)) {
            return rows;
        }
        int number = 0;
        int wrong = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (line.isBlank() || (number == 1 && line.strip().equals(header))) {
                    continue;
                }
                try {
                    rows.add(read.apply(line));
                } catch (IllegalArgumentException | JacksonException e) {
                    if (wrong++ < PROBLEMS_PER_FILE_MAX) {
                        problems.add(name + ":" + number + ": left out: " + reason(e));
                    }
                }
            }
        } catch (MalformedInputException e) {
            problems.add(name + ":" + (number + 1) + ": not UTF-8 text; the rest is left out");
        } catch (IOException e) {
            problems.add(name + ": cannot be read: " + e.getMessage());
        }
        if (wrong > PROBLEMS_PER_FILE_MAX) {
            problems.add(name + ": " + wrong + " lines in all were left out");
        }
        return rows;
    }

    private boolean readable(Path file, String name, long bytesMax) {
        try {
            long size = Files.size(file);
            if (size <= bytesMax) {
                return true;
            }
            problems.add(name + ": " + size + " bytes is more than a run writes; not read");
        } catch (NoSuchFileException e) {
            problems.add(name + ": missing");
        } catch (IOException e) {
            problems.add(name + ": cannot be read: " + e.getMessage());
        }
        return false;
    }

    /** A finite number, or an exception with a sentence. */
    static double number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("\"" + key + "\" is not a number");
        }
        return number;
    }

    private static String reason(RuntimeException e) {
        return switch (e) {
            case JacksonException json -> "not JSON: " + json.getOriginalMessage();
            case NumberFormatException number -> "not a number: " + number.getMessage();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String place(JacksonException e) {
        var at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : ":" + at.getLineNr() + ":" + at.getColumnNr();
    }
}
