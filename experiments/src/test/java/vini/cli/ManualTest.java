package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The documents and the commands say the same. */
class ManualTest {
    private static final Path ROOT = Path.of(System.getProperty("user.dir")).resolveSibling("");
    private static final Pattern FENCE = Pattern.compile("(?s)```\\w*\\n(.*?)```");
    private static final Pattern USE = Pattern.compile("(?m)^(?:\\$ )?(?:\\./)?vini ([a-z]+)");

    private final CommandRun vini = new CommandRun();

    @Test
    void theManualIsThatOfTheseCommands() throws Exception {
        assertThat(vini.run("manual")).isZero();
        assertThat(vini.out())
                .as("./vini manual > docs/cli.md")
                .isEqualTo(Files.readString(ROOT.resolve("docs/cli.md")));
    }

    @Test
    void theTableOfElementsIsThatOfTheseElements() throws Exception {
        assertThat(vini.run("manual", "--elements")).isZero();
        assertThat(vini.out())
                .as(ManualCommand.ELEMENTS)
                .isEqualTo(Files.readString(ROOT.resolve("docs/elements.md")));
    }

    @Test
    void whatTheReadmeUsesExists() throws Exception {
        CommandLine line = vini.commandLine();
        List<String> used = new ArrayList<>();
        Matcher fence = FENCE.matcher(Files.readString(ROOT.resolve("README.md")));
        while (fence.find()) {
            USE.matcher(fence.group(1)).results().forEach(use -> used.add(use.group(1)));
        }
        assertThat(used).isNotEmpty();
        assertThat(line.getSubcommands()).containsKeys(used.toArray(String[]::new));
    }

    /** Whoever reads a command's help learns from an example, and what its status means. */
    @Test
    void everyCommandHasExamplesAndExitStatus() {
        List<String> without = new ArrayList<>();
        collect(vini.commandLine(), without);
        assertThat(without).isEmpty();
    }

    private static void collect(CommandLine command, List<String> without) {
        String help = command.getUsageMessage();
        if (!command.getCommandSpec().usageMessage().hidden()
                && !(help.contains("  vini ") && help.contains("Exit status:"))) {
            without.add(command.getCommandSpec().qualifiedName());
        }
        command.getSubcommands().values().forEach(sub -> collect(sub, without));
    }
}
