package vini.overlay.importer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "'Washington, DC', washington-dc",
        "Kraków, krakow",
        "Łódź, lodz",
        "Sankt Pölten, sankt-polten",
        "at1.at, at1-at",
        "'Stone Mt?', stone-mt",
        "St John's, st-johns",
        "101, n101",
        "--x--, x",
        "Blanchardstown Dun Laoghaire Tallaght, blanchardstown-dun-laoghaire-tal",
    })
    void namesStayReadable(String label, String name) {
        assertThat(new Names().unique(label, "key", 'n')).isEqualTo(name);
    }

    @Test
    void secondOnesAreNumberedAndStayShort() {
        Names names = new Names();
        assertThat(names.unique("Oslo", "1", 'n')).isEqualTo("oslo");
        assertThat(names.unique("oslo", "2", 'n')).isEqualTo("oslo-2");
        assertThat(names.unique("Oslo!", "3", 'n')).isEqualTo("oslo-3");
        String longName = "a".repeat(40);
        assertThat(names.unique(longName, "4", 'n')).hasSize(32);
        assertThat(names.unique(longName, "5", 'n')).isEqualTo("a".repeat(30) + "-2");
    }

    @Test
    void whereNothingCanBeReadTheKeyServes() {
        assertThat(new Names().unique("東京", "17", 'n')).isEqualTo("n17");
        assertThat(new Names().unique("東京", "京", 'n')).isEqualTo("n1");
    }
}
