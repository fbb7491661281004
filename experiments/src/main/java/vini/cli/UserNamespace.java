package vini.cli;

import picocli.CommandLine.Model.CommandSpec;

import vini.forwarder.io.LibcException;
import vini.overlay.host.Capabilities;
import vini.overlay.host.Exec;
import vini.overlay.host.JvmCommand;
import vini.overlay.topology.HostsMode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Kernel hosts for a user without rights: the whole command again, as root of his own namespace.
 */
final class UserNamespace {
    /** Says that the command is the one inside, so that it does not go on for ever. */
    static final String INSIDE = "--inside-user-namespace";

    private UserNamespace() {}

    /**
     * Replaces this process by the same command in a user namespace, if that is what makes kernel
     * hosts possible; else returns, and the slice gets what there is.
     *
     * @param hosts what the topology, or the command line over it, asks for
     */
    static void enterFor(HostsMode hosts, SliceOptions options, CommandSpec spec)
            throws IOException {
        if (hosts == HostsMode.BUILTIN
                || options.insideUserNamespace()
                || Capabilities.kernelHosts().possible()
                || !Capabilities.kernelHostsByUserNamespace().possible()) {
            return;
        }
        List<String> arguments =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        arguments.add(INSIDE);
        List<String> again = JvmCommand.of(JvmCommand.Role.CLI, Main.class.getName(), arguments);
        LibcException failure = Exec.replace(Capabilities.asRootOfAUserNamespace(again));
        throw CommandException.machineCannot(
                "no user namespace, though it was possible a moment ago: " + failure.getMessage());
    }
}
