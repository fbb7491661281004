package vini.experiment.spec;

import vini.experiment.probe.ProbeSpec;
import vini.experiment.probe.ProbeType;
import vini.overlay.json.Called;
import vini.overlay.json.Declares;
import vini.overlay.json.Doc;
import vini.overlay.json.OneOf;

/** A probe of an experiment and the name of its figures. */
@Called("probe")
@Doc("Something that measures.")
public record NamedProbe(
        @Doc("The name of its file and of its figures.") @Declares(NamedProbe.SORT) String name,
        @OneOf(ProbeType.class) ProbeSpec spec) {
    static final String SORT = "probe";
}
