package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsComeFromTheKeysAndNumbersStandToTheRight() {
        Table table =
                Table.of(
                        Slices.json(
                                """
                                [{"destination": "10.77.0.1/32", "cost": 9, "next_hop": ["a", "b"]},
                                 {"destination": "10.77.0.12/32", "cost": 1741, "age_s": 12.34},
                                 {"age_s": 300}, {"age_s": 9000.5}, {"age_s": 345600}]
                                """));
        assertThat(table.lines())
                .containsExactly(
                        "destination    cost  next hop     age",
                        "10.77.0.1/32      9  a b",
                        "10.77.0.12/32  1741            12.3 s",
                        "                                5 min",
                        "                                2.5 h",
                        "                                4.0 d");
    }
}
