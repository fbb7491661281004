package vini.cli;

import java.nio.file.Path;

/** The way from a file that is written to its JSON Schema. */
final class SchemaPath {
    private SchemaPath() {}

    /** Relative inside the checkout, else absolute; {@code kind} is topology or experiment. */
    static String from(Path file, String kind) {
        Path home = Path.of(System.getProperty("vini.home", "")).toAbsolutePath();
        Path schema = home.resolve("docs/schema/" + kind + ".schema.json");
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder != null && folder.startsWith(home)
                ? folder.relativize(schema).toString()
                : schema.toUri().toString();
    }
}
