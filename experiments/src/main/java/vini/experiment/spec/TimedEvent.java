package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import vini.experiment.event.Event;
import vini.experiment.event.EventType;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.Key;
import vini.overlay.json.OneOf;
import vini.overlay.json.Range;
import vini.overlay.json.WrongKey;

import java.time.Duration;

/**
 * An event of an experiment.
 *
 * @param at since the start of the run, which is when the network had converged
 * @param lasting how long each occurrence lasts; null for up to {@code until}, or the end of the
 *     run
 * @param until when it is over, however often it was to happen; null for the end of the run
 * @param every from one occurrence to the next, jitter left aside; null if it happens once
 * @param jitter each occurrence begins up to so much later, uniformly
 * @param count how many occurrences there are at most
 */
@Called("event")
@Doc("Something that is done to the network.")
public record TimedEvent(
        @Doc("When, since the start; before the end of the run.") Duration at,
        @Doc("How long it lasts; then what it did is undone.") @Key("for") @Bounds(min = "1ms")
                @Nullable Duration lasting,
        @Doc("When it is over, since the start; then what it did is undone.")
                @Nullable Duration until,
        @Doc("It happens again and again, so much later each time.") @Bounds(min = "1ms")
                @Nullable Duration every,
        @Doc("Each time it begins up to so much later, at random.") @Nullable Duration jitter,
        @Doc("How often it happens at most.") @Range(min = 1, max = 100_000)
                @Nullable Integer count,
        @OneOf(EventType.class) Event event) {
    public TimedEvent {
        if (until != null && until.compareTo(at) <= 0) {
            throw new WrongKey("until", "not after \"at\"");
        }
        if (lasting != null && until != null && every == null) {
            throw new WrongKey("until", "there is a \"for\" already; leave one of them out");
        }
        if (!event.lasts() && lasting != null) {
            throw new WrongKey("for", "this is done in an instant and has no end");
        }
        if (!event.lasts() && until != null && every == null) {
            throw new WrongKey("until", "this is done in an instant and has no end");
        }
        if (count != null && every == null) {
            throw new WrongKey("count", "needs an \"every\"");
        }
        if (event.lasts() && every != null) {
            if (lasting == null) {
                throw new WrongKey("every", "needs a \"for\": how long it lasts each time");
            }
            Duration longest = jitter == null ? lasting : lasting.plus(jitter);
            if (longest.compareTo(every) >= 0) {
                throw new WrongKey(
                        "every", "it would begin anew before it ends; make it longer than \"for\"");
            }
        }
    }

    /** An event that happens once, and lasts as long as the run if it lasts at all. */
    public TimedEvent(Duration at, Event event) {
        this(at, null, null, null, null, null, event);
    }
}
