package vini.experiment.event;

import java.time.Duration;

/**
 * From a time on, a property has a value.
 *
 * @param at since the beginning of the trace
 */
public record TracePoint(Duration at, String value) {}
