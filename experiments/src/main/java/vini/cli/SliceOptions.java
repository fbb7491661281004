package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import vini.forwarder.io.LoopsFile;
import vini.overlay.topology.HostsMode;
import vini.overlay.topology.TunnelsMode;

/** What a command line may say otherwise than the topology. */
final class SliceOptions {
    @Option(
            names = "--hosts",
            paramLabel = "KIND",
            description =
                    "kernel, tap, builtin or auto, whatever the topology says; kernel and tap never"
                            + " fall back.")
    private @Nullable HostsMode hosts;

    @Option(
            names = "--tunnels",
            paramLabel = "KIND",
            description = "udp, direct or auto, whatever the topology says.")
    private @Nullable TunnelsMode tunnels;

    @Option(
            names = "--loops",
            paramLabel = "N",
            description = "How many threads of the forwarder move packets, 1-64.")
    private @Nullable Integer loops;

    @Option(names = "--seed", paramLabel = "N", description = "Of all chance in the slice.")
    private @Nullable Long seed;

    @Option(
            names = "--configure-host",
            description =
                    "Let the machine forward and masquerade what leaves by an egress; undone at the"
                            + " end.")
    private boolean configuresHost;

    @Option(names = UserNamespace.INSIDE, hidden = true)
    private boolean insideUserNamespace;

    boolean configuresHost() {
        return configuresHost;
    }

    boolean insideUserNamespace() {
        return insideUserNamespace;
    }

    @Nullable HostsMode hosts() {
        return hosts;
    }

    @Nullable TunnelsMode tunnels() {
        return tunnels;
    }

    /**
     * The number of loops, checked.
     *
     * @throws CommandException it is none
     */
    @Nullable Integer loops() {
        if (loops != null && (loops < 1 || loops > LoopsFile.LOOPS_MAX)) {
            throw CommandException.wrongInput("--loops " + loops + " is outside 1-64");
        }
        return loops;
    }

    @Nullable Long seed() {
        return seed;
    }
}
