package vini.experiment.event;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.ExactlyOne;
import vini.overlay.json.Ref;
import vini.overlay.json.WrongKey;
import vini.overlay.topology.LinkName;
import vini.overlay.world.FailureMode;
import vini.overlay.world.World;

import java.io.IOException;

/** A link, or all links of a node and its doors, stop carrying packets. */
@Called("failure")
@ExactlyOne({"link", "node"})
@Doc("A link, or a node with all its links and doors, stops carrying packets.")
public record Fail(
        @Doc("The two nodes of the link; a oneway failure is from the first.")
                @Nullable LinkName link,
        @Doc("The node.") @Ref("node") @Nullable String node,
        @Doc("down: both ends are told; silent: packets vanish; oneway: they vanish one way only.")
                @Default("down")
                FailureMode mode)
        implements Event {
    public Fail {
        if (node != null && mode == FailureMode.ONEWAY) {
            throw new WrongKey("mode", "a node fails both ways: write \"down\" or \"silent\"");
        }
    }

    @Override
    public String key() {
        return "fail";
    }

    @Override
    public String words() {
        return "fail "
                + (link == null ? node : link)
                + (mode == FailureMode.DOWN ? "" : " (" + mode + ")");
    }

    @Override
    public void happen(World world) throws IOException {
        if (link != null) {
            world.fail(link, mode);
        } else {
            world.fail(Subject.node(world, node), mode);
        }
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
