package vini.experiment.event;

import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.topology.LinkName;

import java.time.Duration;
import java.util.Locale;

/** One line of a failure trace. */
@Called("recorded change")
public record RecordedChange(
        @Doc("Since the beginning of the replay.") Duration at,
        @Doc("The two nodes of the link.") LinkName link,
        @Doc("up, down, silent or oneway.") Becomes becomes) {
    /** What a link becomes. */
    public enum Becomes {
        UP,
        DOWN,
        SILENT,
        ONEWAY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
