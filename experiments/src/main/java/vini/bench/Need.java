package vini.bench;

import vini.overlay.host.Capabilities;
import vini.overlay.host.Possibility;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Something that a scenario needs of the machine.
 *
 * @param name for people
 * @param trial tries whether it is there
 */
public record Need(String name, Supplier<Possibility> trial) {
    /** Network namespaces with tun devices in them, entered by their paths: in practice root. */
    public static final Need NAMESPACES = new Need("network namespaces", Capabilities::kernelHosts);

    /** A program on PATH, and the package of Debian's that has it. */
    public static Need program(String program, String of) {
        return new Need(program, () -> find(program, of));
    }

    private static Possibility find(String program, String of) {
        boolean found =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        return new Possibility(
                found,
                found
                        ? program + " is there."
                        : "The program " + program + " is missing; Debian has it in " + of + ".");
    }
}
