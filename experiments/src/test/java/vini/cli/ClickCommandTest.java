package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;

@Timeout(60)
class ClickCommandTest {
    private static final String FIVE =
            "InfiniteSource(LIMIT 5, STOP true) -> c :: Counter -> d :: Discard;";

    private final CommandRun command = new CommandRun();

    @Test
    void oneHandlerIsPrintedBareAndSeveralWithTheirNames() {
        assertThat(command.run("click", "-e", FIVE, "-h", "c.count")).isZero();
        assertThat(command.out()).isEqualTo("5\n");
        CommandRun several = new CommandRun();
        assertThat(several.run("click", "--simtime", "-e", FIVE, "-h", "?.count")).isZero();
        assertThat(several.out()).isEqualTo("c.count:\n5\n\nd.count:\n5\n\n");
    }

    @Test
    void aHandlerOfAClassIsThatOfAllItsElements() {
        String two = "Idle -> a :: Counter -> b :: Counter -> Discard;";
        assertThat(command.run("click", "-q", "-e", two, "-h", "Counter.count")).isZero();
        assertThat(command.out()).isEqualTo("a.count:\n0\n\nb.count:\n0\n\n");
        CommandRun none = new CommandRun();
        assertThat(none.run("click", "-q", "-e", two, "-h", "Queue.length"))
                .isEqualTo(Exit.WRONG_INPUT.status());
        assertThat(none.err()).contains("No element named 'Queue'");
    }

    @Test
    void theExitStatusMayComeFromAHandler() {
        assertThat(command.run("click", "-e", FIVE, "-x", "c.count")).isEqualTo(5);
        String script = "s :: Script(TYPE PASSIVE, return $(eq 1 2));";
        assertThat(command.run("click", "-q", "-e", script, "-x", "s.run")).isEqualTo(1);
        assertThat(command.run("click", "-q", "-e", script, "-x", "s.name"))
                .isEqualTo(Exit.WRONG_INPUT.status());
        assertThat(command.err()).contains("-x s.name");
    }

    @Test
    void readsAFileWithVariables(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.click");
        Files.writeString(
                file, "define($N 1); InfiniteSource(LIMIT $N, STOP true) -> c :: Counter -> Idle;");
        assertThat(command.run("click", file.toString(), "N=7", "-h", "c.count")).isZero();
        assertThat(command.out()).isEqualTo("7\n");
    }

    @Test
    void virtualTimeDoesNotWait() {
        String text = "Script(wait 1h, print \"an hour\", wait 1h, stop);";
        assertThat(command.run("click", "--simtime", "-e", text)).isZero();
        assertThat(command.out()).isEqualTo("an hour\n");
    }

    @Test
    void aChainMayBeLong(@TempDir Path folder) throws Exception {
        StringBuilder text = new StringBuilder("InfiniteSource(LIMIT 3, STOP true)");
        for (int i = 0; i < 10_000; i++) {
            text.append(" -> c").append(i).append(" :: Counter");
        }
        Path file = Files.writeString(folder.resolve("long.click"), text + " -> Discard;");
        for (String time : new String[] {"--simtime", "--seed=1"}) {
            CommandRun run = new CommandRun();
            assertThat(run.run("click", time, file.toString(), "-h", "c9999.count")).isZero();
            assertThat(run.out()).isEqualTo("3\n");
        }
    }

    @Test
    void aNewConfigurationTakesOverWhatTheOldOneHeld() {
        String text =
                "InfiniteSource(LIMIT 3) -> q :: Queue -> Unqueue(ACTIVE false) -> Discard;"
                        + "Script(wait 1s, writeq hotconfig \"q :: Queue(7); Idle -> q -> Unqueue"
                        + " -> c :: Counter -> Discard;\");";
        assertThat(
                        command.run(
                                "click",
                                "--simtime",
                                "-R",
                                "-e",
                                text,
                                "-h",
                                "c.count",
                                "-h",
                                "q.capacity"))
                .isZero();
        assertThat(command.out()).isEqualTo("c.count:\n3\n\nq.capacity:\n7\n\n");
        assertThat(command.err()).isEmpty();
    }

    @Test
    void aWrongNewConfigurationLeavesTheOldOne() {
        String text =
                "Idle -> c :: Counter -> Discard;"
                        + " Script(writeq hotconfig \"Idle -> Wrong;\", wait 1s, stop);";
        assertThat(command.run("click", "--simtime", "-R", "-e", text, "-h", "c.count")).isZero();
        assertThat(command.out()).isEqualTo("0\n");
        assertThat(command.err()).contains("unknown element class 'Wrong'");
    }

    @Test
    void followsPackets() {
        assertThat(command.run("click", "--simtime", "--trace", "2", "-e", FIVE)).isZero();
        assertThat(command.err().lines().filter(line -> line.startsWith("packet 2: ")))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("packet 2: c [0] -> [0] d, ");
        assertThat(command.err()).doesNotContain("packet 3");
    }

    @Test
    void showsTheManualOfAnElement() {
        assertThat(command.run("click", "--help", "Queue")).isZero();
        assertThat(command.out()).startsWith("Queue\n\nStores packets");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-e | Idle -> Foo -> Discard | -e:1: 'Foo@2 :: Foo': unknown element class 'Foo'",
                "-e | Idle -> -> Discard | -e:1: syntax error near '->'; expected an element",
                "--help | Queu | there is no element class 'Queu'; did you mean 'Queue'?",
                "a.click | b.click | 'b.click' is one configuration too many, and not NAME=VALUE",
                "-f | no-such-file.click | no-such-file.click",
                "-f | . | . is a folder",
                "--trace | -3 | --trace -3 is no number of packets",
            })
    void refuses(String first, String second, String message) {
        assertThat(command.run("click", first, second)).isEqualTo(Exit.WRONG_INPUT.status());
        assertThat(command.err()).contains(message);
    }
}
