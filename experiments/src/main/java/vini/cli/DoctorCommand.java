package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.List;
import java.util.concurrent.Callable;

/** Tries what Vini needs of the machine. */
@Command(
        name = "doctor",
        header = "Try what Vini needs of this machine, and say what is possible here.",
        footer = {
            "",
            "  vini doctor",
            "  sudo vini doctor",
            "  vini doctor --json",
            "",
            "Exit status: 0 experiments can run here (with builtin hosts at least), 3 they cannot."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Mixin private JsonOption json = new JsonOption();

    DoctorCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new Checkup(slices).all();
        if (json.wanted()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (Finding finding : findings) {
                list.addObject()
                        .put("what", finding.what())
                        .put("state", finding.state().word())
                        .put("says", finding.sentence());
            }
            json.print(list, terminal);
        } else {
            findings.forEach(this::say);
        }
        boolean lame = findings.stream().anyMatch(f -> f.state() == Finding.State.BROKEN);
        return (lame ? Exit.MACHINE_CANNOT : Exit.GOOD).status();
    }

    private void say(Finding finding) {
        String word = String.format("%-7s", finding.state().word());
        String painted =
                switch (finding.state()) {
                    case OK -> terminal.good(word);
                    case BROKEN -> terminal.bad(word);
                    case NO, LOW -> terminal.strong(word);
                };
        String line = String.format("%-22s ", finding.what()) + painted + " " + finding.sentence();
        terminal.say(line.stripTrailing());
    }
}
