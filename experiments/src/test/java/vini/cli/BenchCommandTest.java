package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.bench.Scenario;
import vini.bench.Scenarios;

class BenchCommandTest {
    private final CommandRun vini = new CommandRun();

    @Test
    void theListNamesEachScenario() {
        assertThat(vini.run("bench", "--list")).isZero();
        assertThat(vini.out().lines())
                .hasSize(Scenarios.all().size())
                .allMatch(line -> line.matches("[a-z0-9]+ · .*[^.]"));
        assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
    }

    @Test
    void anUnknownScenarioIsWrongInput() {
        assertThat(vini.run("bench", "table2", "tabel3")).isEqualTo(2);
        assertThat(vini.err())
                .startsWith("there is no scenario 'tabel3'; did you mean 'table3'? They are: ");
    }

    @Test
    void whatTakesMinutesRunsOnlyWhenItIsNamed() {
        assertThat(Scenarios.all().stream().filter(Scenario::onlyWhenNamed))
                .extracting(Scenario::name)
                .containsExactlyInAnyOrder("soak", "vpn", "world");
    }

    @Test
    void aFolderForClicksTextsWantsAClick() {
        assertThat(vini.run("bench", "graph", "--click-files", "texts")).isEqualTo(2);
        assertThat(vini.err()).startsWith("--click-files is where the configurations of --click");
    }

    @Test
    void numbersOutOfRangeAreWrongInput() {
        assertThat(vini.run("bench", "table3", "--rounds", "0")).isEqualTo(2);
        assertThat(vini.err()).isEqualTo("--rounds 0 is outside 1-100\n");
    }
}
