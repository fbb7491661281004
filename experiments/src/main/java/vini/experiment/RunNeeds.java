package vini.experiment;

import vini.experiment.probe.ProgramSpec;
import vini.experiment.probe.TcpSpec;
import vini.experiment.spec.Experiment;
import vini.experiment.spec.NamedProbe;
import vini.overlay.host.Capabilities;
import vini.overlay.host.KernelStack;
import vini.overlay.host.MachineException;
import vini.overlay.host.NamespaceProgram;
import vini.overlay.host.Possibility;
import vini.overlay.topology.HostsMode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the programs and outside hosts of an experiment need of the machine, before all else. */
final class RunNeeds {
    private static final List<String> CLIENT = List.of("wireguard-go", "wg");

    private RunNeeds() {}

    /**
     * Finds out whether the machine has it.
     *
     * @param environment variables of this process
     * @throws MachineException with all that is missing
     */
    static void check(Experiment experiment, Map<String, String> environment)
            throws MachineException {
        checkCongestion(experiment);
        Map<String, ProgramSpec> programs = experiment.programs();
        if (programs.isEmpty() && experiment.outside().isEmpty()) {
            return;
        }
        checkHosts(experiment);
        List<String> missing = new ArrayList<>();
        Set<String> tools = new LinkedHashSet<>();
        if (!programs.isEmpty()) {
            tools.addAll(NamespaceProgram.NEEDED);
        }
        if (experiment.outside().values().stream().anyMatch(host -> host.vpn())) {
            tools.addAll(CLIENT);
        }
        for (String tool : tools) {
            if (!isThere(tool, environment)) {
                missing.add(tool);
            }
        }
        programs.forEach(
                (probe, program) -> {
                    String command = program.command().getFirst();
                    // One with a slash is seen from its working folder, which is not made yet.
                    if ((!command.contains("/") || command.startsWith("/"))
                            && !isThere(command, environment)) {
                        missing.add(command + " (program " + probe + ")");
                    }
                });
        if (!missing.isEmpty()) {
            throw new MachineException(
                    "this machine lacks programs that the experiment needs: "
                            + String.join(", ", missing)
                            + "; install them, or mend PATH");
        }
    }

    /** At kernel hosts it is the kernel that must have the congestion control. */
    private static void checkCongestion(Experiment experiment) throws MachineException {
        boolean builtin =
                experiment.topology().hosts() == HostsMode.BUILTIN
                        || !Capabilities.kernelHosts().possible();
        for (NamedProbe probe : experiment.probes()) {
            if (builtin || !(probe.spec() instanceof TcpSpec tcp) || tcp.congestion() == null) {
                continue;
            }
            String wanted = tcp.congestion().kernelName();
            List<String> there = KernelStack.congestionControls();
            if (!there.contains(wanted)) {
                throw new MachineException(
                        "the probe "
                                + probe.name()
                                + " wants the congestion control "
                                + tcp.congestion().text()
                                + ", and this kernel has only "
                                + String.join(", ", there)
                                + ". Load the module tcp_"
                                + wanted
                                + ", or run it with --hosts builtin.");
            }
        }
    }

    private static void checkHosts(Experiment experiment) throws MachineException {
        Possibility possible = Capabilities.kernelHosts();
        if (!experiment.outside().isEmpty() && !possible.possible()) {
            throw new MachineException(
                    "outside hosts are network namespaces with real programs. "
                            + possible.sentence());
        }
        boolean builtin =
                experiment.topology().hosts() == HostsMode.BUILTIN || !possible.possible();
        for (Map.Entry<String, ProgramSpec> program : experiment.programs().entrySet()) {
            String on = program.getValue().on();
            if (builtin && experiment.topology().node(on) != null) {
                throw new MachineException(
                        "the program "
                                + program.getKey()
                                + " needs a kernel host at "
                                + on
                                + ", and hosts are builtin. "
                                + (possible.possible()
                                        ? "Run it with --hosts kernel."
                                        : possible.sentence()));
            }
        }
    }

    private static boolean isThere(String program, Map<String, String> environment) {
        if (program.startsWith("/")) {
            return isProgram(Path.of(program));
        }
        for (String folder : NamespaceProgram.path(environment).split(":", -1)) {
            if (!folder.isEmpty() && isProgram(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
