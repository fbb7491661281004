package vini.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the checkout is, and what is in it. */
final class House {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("vini");

    private House() {}

    /** The root of the checkout: tests run in a module's folder, or above it. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no checkout around " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }

    /** All classes that are shipped. */
    static JavaClasses classes() {
        return CLASSES;
    }

    /** All Java files of all modules below {@code src/SET/java}, sorted. */
    static List<Path> sources(String... sets) throws IOException {
        try (Stream<Path> modules = Files.list(root())) {
            return modules.flatMap(
                            module ->
                                    Stream.of(sets).map(s -> module.resolve("src/" + s + "/java")))
                    .filter(Files::isDirectory)
                    .flatMap(House::javaFiles)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
