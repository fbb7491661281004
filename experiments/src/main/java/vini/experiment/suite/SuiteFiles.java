package vini.experiment.suite;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.run.RunFolder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The experiment files below some folders. A file counts as one if it is no JSON at all (then it is
 * a broken one), or has a key that only experiments have.
 *
 * @param experiments their names, unique, and where they are; in the order of their paths
 * @param skipped sentences on JSON files and folders that hold no experiments
 */
public record SuiteFiles(Map<String, Path> experiments, List<String> skipped) {
    private static final List<String> KEYS =
            List.of("topology", "duration", "probes", "events", "expect");
    private static final String JSON = ".json";

    /** Larger files are no experiments. */
    private static final long BYTES_MAX = 64L << 20;

    /**
     * Looks for them.
     *
     * @param given folders, which are looked through to the bottom, and files, which are taken
     */
    public static SuiteFiles below(List<Path> given) throws IOException {
        SuiteFiles found = new SuiteFiles(new LinkedHashMap<>(), new ArrayList<>());
        for (Path path : given) {
            if (Files.isDirectory(path)) {
                found.walk(path);
            } else if (Files.exists(path)) {
                found.take(Objects.requireNonNull(path.toAbsolutePath().getParent()), path);
            } else {
                throw new NoSuchFileException(path.toString());
            }
        }
        return found;
    }

    private void walk(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
                        boolean hidden =
                                !folder.equals(root)
                                        && folder.getFileName().toString().startsWith(".");
                        if (!hidden && isRun(folder)) {
                            skipped.add(folder + " is the folder of a run");
                        }
                        return hidden || isRun(folder)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                        if (file.toString().endsWith(JSON)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        for (Path file : files) {
            String why = whyNone(file);
            if (why.isEmpty()) {
                take(root, file);
            } else {
                skipped.add(file + " is no experiment: " + why);
            }
        }
    }

    private static boolean isRun(Path folder) {
        return Files.exists(folder.resolve(RunFolder.ENVIRONMENT))
                && Files.exists(folder.resolve(RunFolder.EXPERIMENT));
    }

    /** Why a file is none, or nothing. */
    private static String whyNone(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            return "it is too large";
        }
        try {
            JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(file));
            return KEYS.stream().anyMatch(root::has)
                    ? ""
                    : "it has none of " + String.join(", ", KEYS);
        } catch (JacksonException e) {
            return "";
        }
    }

    private void take(Path root, Path file) {
        String path = root.toAbsolutePath().relativize(file.toAbsolutePath()).toString();
        String name = path.endsWith(JSON) ? path.substring(0, path.length() - JSON.length()) : path;
        String free = name;
        for (int n = 2; experiments.containsKey(free); n++) {
            free = name + "-" + n;
        }
        experiments.put(free, file);
    }
}
