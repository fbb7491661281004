package vini.experiment.event;

import vini.overlay.json.Variant;

/** Makes a type of event known, as a service. */
public interface EventType extends Variant<Event> {}
