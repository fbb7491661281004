package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads capture files as Wireshark does. */
final class Tshark {
    private Tshark() {}

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "tshark")));
    }

    /** A field of each packet; checksums are checked. */
    static List<String> lines(Path file, String field, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        command.addAll(List.of("-o", "tcp.check_checksum:TRUE", "-T", "fields", "-e", field));
        command.addAll(List.of(options));
        Process tshark =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tshark.waitFor()).as(String.join(" ", command)).isZero();
        return said.lines().toList();
    }
}
