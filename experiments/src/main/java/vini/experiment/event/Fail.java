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

import java.util.List;

/** A link, all links of a fiber, or a node with its links and doors, stop carrying packets. */
@Called("failure")
@ExactlyOne({"link", "node", "fiber"})
@Doc("A link, or a node with all its links and doors, stops carrying packets.")
public record Fail(
        @Doc("The two nodes of the link; a oneway failure is from the first.")
                @Nullable LinkName link,
        @Doc("The node.") @Ref("node") @Nullable String node,
        @Doc("What several links ride on, as the topology's \"fibers\" says: all of them fail.")
                @Ref("fiber")
                @Nullable String fiber,
        @Doc("down: both ends are told; silent: packets vanish; oneway: they vanish one way only.")
                @Default("down")
                FailureMode mode)
        implements Event {
    public Fail {
        if (link == null && mode == FailureMode.ONEWAY) {
            throw new WrongKey(
                    "mode",
                    "a "
                            + (node == null ? "fiber" : "node")
                            + " fails both ways: write \"down\" or \"silent\"");
        }
    }

    @Override
    public String words() {
        return "fail " + Failures.subject(link, node, fiber) + Failures.manner(mode);
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void plan(Script script) {
        if (node != null) {
            script.begin(Failures.fail(node, mode, script.cause(), words()));
            script.end(Failures.restore(node, script.cause()));
            return;
        }
        List<LinkName> links = Failures.links(script.topology(), link, fiber);
        script.begin(Failures.fail(links, mode, script.cause(), words()));
        script.end(Failures.restore(links, script.cause()));
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
