package vini.overlay.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A second JVM with the tests' class path. */
final class ForkedJvm {
    private ForkedJvm() {}

    static List<String> command(Class<?> main, String... arguments) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        all.addAll(List.of(arguments));
        return all;
    }
}
