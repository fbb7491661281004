package vini.experiment.probe;

import vini.overlay.json.Variant;

/** Makes a type of probe known, as a service. */
public interface ProbeType extends Variant<ProbeSpec> {}
