package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.spec.ExperimentFile;
import vini.overlay.json.InputException;
import vini.overlay.json.JsonFile;
import vini.overlay.json.Place;
import vini.overlay.json.Problem;
import vini.overlay.json.Problems;
import vini.overlay.json.Shown;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Checks topologies and experiments. */
@Command(
        name = "validate",
        header = "Check topology and experiment files: all mistakes, with file, line and column.",
        footer = {
            "",
            "  vini validate experiments/abilene-failure.json",
            "  vini validate topologies/abilene.json --addresses",
            "",
            "Exit status: 0 all are good, 2 there are mistakes."
        })
final class ValidateCommand implements Callable<Integer> {
    /** Keys that only an experiment has. */
    private static final List<String> OF_EXPERIMENTS =
            List.of("topology", "duration", "probes", "events", "expect");

    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Topologies or experiments.")
    private List<Path> files = List.of();

    @Option(names = "--addresses", description = "Print which address each node and link has.")
    private boolean addresses;

    @Option(names = "--json", description = "Print mistakes and addresses as JSON.")
    private boolean json;

    private final ArrayNode results = JsonNodeFactory.instance.arrayNode();
    private int mistakes;

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        for (Path file : files) {
            check(file);
        }
        if (json) {
            terminal.out().println(results.toPrettyString());
        } else if (mistakes > 0) {
            terminal.complain(Shown.count(mistakes, "mistake"));
        }
        return (mistakes == 0 ? Exit.GOOD : Exit.WRONG_INPUT).status();
    }

    private void check(Path file) {
        Problems problems = new Problems();
        ObjectNode result = results.addObject().put("file", file.toString());
        List<Problem> found = new ArrayList<>();
        try {
            Topology topology = read(file, problems);
            result.put("good", true);
            if (!json) {
                problems.notes().forEach(note -> terminal.say("note: " + note));
                terminal.say(
                        file
                                + ": good, "
                                + Shown.count(topology.nodes().size(), "node")
                                + ", "
                                + Shown.count(topology.links().size(), "link"));
            }
            if (addresses) {
                AddressPlan plan = AddressPlan.of(topology);
                result.set("addresses", plan.json());
                if (!json) {
                    terminal.out().print(plan.table());
                    terminal.out().flush();
                }
            }
        } catch (InputException e) {
            mistakes += e.count();
            result.put("good", false);
            found.addAll(e.problems());
            if (!json) {
                terminal.complain(String.valueOf(e.getMessage()));
            }
        }
        list(result.putArray("mistakes"), found);
        list(result.putArray("notes"), problems.notes());
    }

    private static Topology read(Path file, Problems problems) {
        return isExperiment(file)
                ? ExperimentFile.read(file, problems).topology()
                : TopologyFile.read(file, problems);
    }

    /** By its keys; what cannot be read is reported as either. */
    private static boolean isExperiment(Path file) {
        Place root = JsonFile.read(file, file.toString(), new Problems());
        return root != null && OF_EXPERIMENTS.stream().anyMatch(key -> root.member(key) != null);
    }

    private static void list(ArrayNode into, List<Problem> problems) {
        for (Problem problem : problems) {
            into.addObject()
                    .put("file", problem.file())
                    .put("line", problem.at().line())
                    .put("column", problem.at().column())
                    .put("text", problem.text());
        }
    }
}
