package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import vini.forwarder.io.Errno;
import vini.forwarder.io.LibcException;
import vini.overlay.host.Exec;
import vini.overlay.host.JvmCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Becomes a program on a node. */
@Command(
        name = "exec",
        header = "Run a program on a node, as if the node were the machine it runs on.",
        description = {
            "%nThe program sees the node's addresses, and all nodes by their names. The slice needs"
                    + " kernel hosts."
        },
        footer = {
            "",
            "  vini exec abilene/wash -- ping -c 3 sttl",
            "  vini exec abilene/wash -- traceroute -n sttl",
            "  vini exec abilene/sttl -- bash",
            "",
            "Exit status: the program's own; 2 no such slice or node, 3 builtin hosts, 127 no such"
                    + " program."
        })
final class ExecCommand implements Callable<Integer> {
    private static final int NO_SUCH_PROGRAM = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final Pattern NAMESPACE = Pattern.compile("/proc/([0-9]+)/.*");

    private final Terminal terminal;
    private final Slices slices;

    @Parameters(
            index = "0",
            paramLabel = "SLICE/NODE",
            converter = NodeName.Converter.class,
            description = "A node of a slice that runs.")
    private NodeName node = new NodeName("", "");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "After --, the program and its arguments.")
    private List<String> command = List.of();

    ExecCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        slices.check(node);
        JsonNode host = slices.readJson(node.slice(), "keeper", "host." + node.node());
        if (host.path("kind").asString().equals("builtin")) {
            throw CommandException.machineCannot(
                    "the hosts of "
                            + node.slice()
                            + " are builtin, and no program can run there; kernel hosts (vini up"
                            + " --hosts kernel) need rights: see vini doctor");
        }
        String namespace = host.path("namespace").asString();
        terminal.out().flush();
        return status(enter(namespace, Path.of(host.path("hosts").asString())));
    }

    /** Does not return if the program could be started. */
    private LibcException enter(String namespace, Path hosts) throws IOException {
        Matcher holder = NAMESPACE.matcher(namespace);
        List<String> prefix =
                holder.matches()
                        ? Exec.prefixFor(Long.parseLong(holder.group(1)))
                        : List.<String>of();
        if (prefix.isEmpty()) {
            return Exec.into(namespace, hosts, command);
        }
        // The namespace belongs to a user namespace: this command again, from inside of that.
        List<String> again = new ArrayList<>(prefix);
        List<String> arguments = new ArrayList<>(List.of("exec", node.toString(), "--"));
        arguments.addAll(command);
        again.addAll(JvmCommand.of(JvmCommand.Role.CLI, Main.class.getName(), arguments));
        return Exec.replace(again);
    }

    private int status(LibcException failure) {
        boolean missing = failure.errno() == Errno.ENOENT;
        terminal.complain(
                command.getFirst()
                        + (missing
                                ? ": no such program on this machine"
                                : ": does not start (" + failure.getMessage() + ")"));
        return missing ? NO_SUCH_PROGRAM : NOT_EXECUTABLE;
    }
}
