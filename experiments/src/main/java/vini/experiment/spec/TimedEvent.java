package vini.experiment.spec;

import vini.experiment.event.Event;
import vini.experiment.event.EventType;
import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.OneOf;

import java.time.Duration;

/**
 * An event of an experiment.
 *
 * @param at since the start of the run, which is when the network had converged
 */
@Called("event")
@Doc("Something that is done to the network.")
public record TimedEvent(
        @Doc("When, since the start; before the end of the run.") Duration at,
        @OneOf(EventType.class) Event event) {}
