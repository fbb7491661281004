package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Phase;
import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Quantiles;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A row in the table of phases: which phase of which probe, and then what it saw in it. */
final class PhaseRow {
    private static final String NONE = "–";

    private final List<String> cells = new ArrayList<>();

    PhaseRow(ProbeResult result, Phase phase) {
        String after = phase.after();
        cells.add(result.probe().name());
        cells.add(Decimals.seconds(phase.fromS()));
        cells.add(Decimals.seconds(phase.toS()));
        cells.add(after == null ? "" : after);
    }

    /** The heads of such a table; those of what the probe saw come last. */
    static List<String> heads(String... seen) {
        List<String> heads = new ArrayList<>(List.of("probe", ">from", ">to", "after"));
        heads.addAll(List.of(seen));
        return heads;
    }

    PhaseRow text(String text) {
        cells.add(text);
        return this;
    }

    PhaseRow count(long count) {
        return text(Decimals.count(count));
    }

    PhaseRow rate(@Nullable Double mbps) {
        return text(mbps == null ? NONE : Decimals.rate(mbps));
    }

    /** A number with so many digits. */
    PhaseRow number(@Nullable Double value, int digits) {
        return text(value == null ? NONE : Decimals.fixed(value, digits));
    }

    /** Some of the quantiles. */
    PhaseRow quantiles(@Nullable Quantiles values, List<Function<Quantiles, Double>> which) {
        which.forEach(each -> number(values == null ? null : each.apply(values), 1));
        return this;
    }

    List<String> cells() {
        return List.copyOf(cells);
    }
}
