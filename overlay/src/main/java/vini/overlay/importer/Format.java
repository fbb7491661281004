package vini.overlay.importer;

import java.util.List;

/**
 * A format that can be imported.
 *
 * @param name what {@code --format} takes
 * @param title for people
 * @param suffixes of file names, which decide where the content does not
 * @param folders whether a whole folder is read as well
 */
public record Format(
        String name, String title, List<String> suffixes, boolean folders, Importer importer) {
    @Override
    public String toString() {
        return name;
    }
}
