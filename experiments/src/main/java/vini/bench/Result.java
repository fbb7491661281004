package vini.bench;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What came of a scenario.
 *
 * @param unable why the machine could not; the sheet then has what was measured until then
 * @param seconds that it took, with building and warming up
 */
public record Result(Scenario scenario, Sheet sheet, @Nullable String unable, double seconds) {
    /** What did not hold. */
    public List<Bound> shortfalls() {
        return sheet.bounds().stream().filter(bound -> !bound.holds()).toList();
    }
}
