package vini.experiment.event;

import org.jspecify.annotations.Nullable;

import vini.overlay.json.JsonFile;
import vini.overlay.json.Place;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of lines that an event names instead of having its data in it. */
final class DataFile {
    private static final long MOST_BYTES = 16 << 20;

    /** Enough mistakes of one file to see what is wrong with it. */
    private static final int MISTAKES_MAX = 5;

    /** A line of it, without what is around it. */
    record Line(int number, String text) {}

    /** Makes something of a line; throws IllegalArgumentException with a sentence for the user. */
    interface Reader<T> {
        T read(String line);
    }

    private final Place place;
    private final String shown;
    private final List<Line> lines;

    private DataFile(Place place, String shown, List<Line> lines) {
        this.place = place;
        this.shown = shown;
        this.lines = lines;
    }

    /** Reads the file of that path, seen from the experiment's; null after a mistake's report. */
    static @Nullable DataFile read(Place place, String written) {
        try {
            Path path = place.file().folder().resolve(written).normalize();
            if (!Files.isRegularFile(path)) {
                place.wrong(
                        "there is no file "
                                + written
                                + " (paths start from the experiment's folder)"
                                + JsonFile.similar(path));
                return null;
            }
            if (Files.size(path) > MOST_BYTES) {
                place.wrong(written + " has more than " + (MOST_BYTES >> 20) + " MB");
                return null;
            }
            List<Line> lines = new ArrayList<>();
            int number = 0;
            for (String line : Files.readAllLines(path)) {
                number++;
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    lines.add(new Line(number, text));
                }
            }
            return new DataFile(place, written, lines);
        } catch (MalformedInputException e) {
            place.wrong(written + " is no text");
        } catch (InvalidPathException e) {
            place.wrong(place.value().shown() + " is no path");
        } catch (IOException e) {
            place.wrong(written + " cannot be read: " + e.getMessage());
        }
        return null;
    }

    /** The lines that are neither empty nor comments, from {@code #}. */
    List<Line> lines() {
        return lines;
    }

    /** Reads all lines, leaving out a first one that names columns; null after mistakes. */
    <T> @Nullable List<T> rows(Reader<T> reader) {
        List<T> rows = new ArrayList<>();
        int mistakes = 0;
        for (Line line : lines) {
            try {
                rows.add(reader.read(line.text));
            } catch (IllegalArgumentException e) {
                boolean names = rows.isEmpty() && mistakes == 0 && line.text.matches("[A-Za-z].*");
                if (!names || !line.equals(lines.getFirst())) {
                    mistakes++;
                    wrong(line.number, e.getMessage());
                }
            }
            if (mistakes == MISTAKES_MAX) {
                break;
            }
        }
        if (mistakes == 0 && rows.isEmpty()) {
            place.wrong(shown + " has no line with data");
        }
        return mistakes == 0 && !rows.isEmpty() ? rows : null;
    }

    private void wrong(int line, @Nullable String text) {
        place.wrongPlain(shown + ":" + line + ": " + text);
    }
}
