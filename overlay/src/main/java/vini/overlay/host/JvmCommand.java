package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The command line that starts another process of Vini: this process's Java and class path, with
 * the flags that {@code jvm.options} beside this class gives to a role. The launcher reads the same
 * file, so that the flags of all processes stand in one place.
 */
public final class JvmCommand {
    private static final String ANY = "any";

    /** Names the folder for the records of a training run, from which AOT caches are made. */
    private static final String TRAIN = "vini.train";

    private JvmCommand() {}

    /** What a process is for, as {@code jvm.options} names it. */
    public enum Role {
        /** The {@code vini} command, and a keeper in the background. */
        CLI,
        FORWARDER,
        ROUTER
    }

    /** Java, flags, class path, main class, arguments: ready for a {@link ProcessBuilder}. */
    public static List<String> of(Role role, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(role, Runtime.version().feature()));
        command.addAll(ahead(role));
        for (String property :
                List.of("vini.home", "vini.build", "vini.java.build", "vini.terminal")) {
            String value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + "=" + value);
            }
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** The flags of a role on a release of Java, in the file's order. */
    static List<String> flags(Role role, int release) {
        String name = role.name().toLowerCase(Locale.ROOT);
        List<String> flags = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        JvmCommand.class.getResourceAsStream("jvm.options")),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] column = line.split(" +", 3);
                if (column.length == 3
                        && (column[0].equals("all") || column[0].equals(name))
                        && (column[1].equals(ANY) || column[1].equals(Integer.toString(release)))) {
                    flags.add(column[2]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return flags;
    }

    /**
     * Whether the processes of this one record what they load, which takes them time at the end.
     */
    static boolean isTraining() {
        return System.getProperty(TRAIN) != null;
    }

    private static List<String> ahead(Role role) {
        String records = System.getProperty(TRAIN);
        if (records != null && role != Role.CLI) {
            String name = role.name().toLowerCase(Locale.ROOT) + ".conf";
            return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + Path.of(records, name));
        }
        Path cache = cache(role);
        return cache == null ? List.of() : List.of("-XX:AOTCache=" + cache);
    }

    /** The AOT cache that the launcher made for this build, role and Java, if it is there. */
    private static @Nullable Path cache(Role role) {
        String build = System.getProperty("vini.build");
        String java = System.getProperty("vini.java.build");
        if (build == null || java == null) {
            return null;
        }
        Path cache = Path.of(build, "aot", java, role.name().toLowerCase(Locale.ROOT) + ".aot");
        return Files.isReadable(cache) ? cache : null;
    }
}
