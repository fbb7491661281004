package vini.experiment.event;

import com.google.auto.service.AutoService;

import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.topology.LinkName;
import vini.overlay.world.FailureMode;
import vini.overlay.world.World;

import java.io.IOException;

/** A link stops carrying packets. */
@Called("failure")
@Doc("A link stops carrying packets.")
public record Fail(
        @Doc("The two nodes of the link; a oneway failure is from the first.") LinkName link,
        @Doc("down: both ends are told; silent: packets vanish; oneway: they vanish one way only.")
                @Default("down")
                FailureMode mode)
        implements Event {
    @Override
    public String key() {
        return "fail";
    }

    @Override
    public String words() {
        return "fail " + link + (mode == FailureMode.DOWN ? "" : " (" + mode + ")");
    }

    @Override
    public void happen(World world) throws IOException {
        world.fail(link, mode);
    }

    @Override
    public String manner() {
        return mode.toString();
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
