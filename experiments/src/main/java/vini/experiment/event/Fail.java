package vini.experiment.event;

import com.google.auto.service.AutoService;

import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.topology.LinkName;

import java.util.Locale;

/** A link stops carrying packets. */
@Called("failure")
@Doc("A link stops carrying packets.")
public record Fail(
        @Doc("The two nodes of the link; a oneway failure is from the first.") LinkName link,
        @Doc("down: both ends are told; silent: packets vanish; oneway: they vanish one way only.")
                @Default("down")
                Mode mode)
        implements Event {
    /** How a link fails. */
    public enum Mode {
        /** Both ends are told. */
        DOWN,
        /** Packets of both directions vanish, and nobody is told. */
        SILENT,
        /** Packets from the first named node vanish, and nobody is told. */
        ONEWAY
    }

    @Override
    public String key() {
        return "fail";
    }

    @Override
    public String words() {
        return "fail "
                + link
                + (mode == Mode.DOWN ? "" : " (" + mode.name().toLowerCase(Locale.ROOT) + ")");
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return "fail";
        }

        @Override
        public Class<Fail> form() {
            return Fail.class;
        }
    }
}
