package vini.bench;

import vini.overlay.host.JvmCommand;

import java.nio.file.Path;
import java.util.List;

/**
 * The user-level driver of Click, or another program that is called like it: {@code PROGRAM -u
 * SOCKET FILE} runs the configuration in FILE and serves its handlers on a Unix socket.
 *
 * @param name what its rows are called
 * @param command its first words
 * @param folder of the configurations that it runs, which this writes and does not remove
 */
public record Click(String name, List<String> command, Path folder) {
    public Click {
        command = List.copyOf(command);
    }

    /**
     * The one that a user has.
     *
     * @param program need not be there: then the rows of Click say so
     */
    public static Click at(Path program, Path folder) {
        return new Click("click", List.of(program.toAbsolutePath().toString()), folder);
    }

    /** Ourselves in its place, with the same texts. */
    Click ourselves() {
        List<String> command =
                JvmCommand.of(JvmCommand.Role.CLI, "vini.cli.Main", List.of("click"));
        return new Click("vini, Click's text", command, folder);
    }
}
