package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    private final CommandRun vini = new CommandRun();

    @Test
    void helpNamesTheCommandsAndWhereToStart() {
        assertThat(vini.run("--help")).isZero();
        assertThat(vini.out()).contains("Usage: vini", "Commands:", "  new ", "Start here:");
        assertThat(vini.err()).isEmpty();
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        assertThat(vini.run()).isZero();
        assertThat(vini.out()).contains("Usage: vini");
    }

    @Test
    void anUnknownCommandIsRefusedWithASuggestion() {
        assertThat(vini.run("completoin")).isEqualTo(2);
        assertThat(vini.err())
                .contains("'completoin'", "did you mean \"completion\"?", "see: vini --help");
        assertThat(vini.out()).isEmpty();
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThat(vini.run("new", "ring", "--shpae", "ring:3")).isEqualTo(2);
        assertThat(vini.err()).contains("'--shpae'", "--shape");
    }

    @Test
    void choicesAreSaidAsOneWritesThem() {
        assertThat(vini.run("node", "crush", "abilene", "kscy")).isEqualTo(2);
        assertThat(vini.err()).contains("expected one of down, up, crash, start, freeze, thaw");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(vini.run("--version")).isZero();
        assertThat(vini.out()).containsPattern("^vini [0-9]+\\.[0-9]+");
    }
}
