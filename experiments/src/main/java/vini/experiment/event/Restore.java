package vini.experiment.event;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.Turn;
import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.ExactlyOne;
import vini.overlay.json.Ref;
import vini.overlay.topology.LinkName;
import vini.overlay.world.Cause;

import java.util.List;

/** A failed link, or a node with all its links and doors, carries packets again. */
@Called("restoration")
@ExactlyOne({"link", "node", "fiber"})
@Doc("A failed link, or a node with all its links and doors, carries packets again, both ways.")
public record Restore(
        @Doc("The two nodes of the link.") @Nullable LinkName link,
        @Doc("The node.") @Ref("node") @Nullable String node,
        @Doc("What several links ride on.") @Ref("fiber") @Nullable String fiber)
        implements Event {
    @Override
    public String words() {
        return "restore " + Failures.subject(link, node, fiber);
    }

    @Override
    public boolean lasts() {
        return false;
    }

    @Override
    public void plan(Script script) {
        if (node != null) {
            script.begin(
                    Act.of(
                            Deed.node("restore", Turn.BETTER, node, null, words()),
                            world -> world.restore(Failures.node(world, node), Cause.OPERATOR)));
            return;
        }
        List<LinkName> links = Failures.links(script.topology(), link, fiber);
        script.begin(
                Act.of(
                        Deed.links("restore", Turn.BETTER, links, null, words()),
                        world -> {
                            for (LinkName each : links) {
                                world.restore(each, Cause.OPERATOR);
                            }
                        }));
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return "restore";
        }

        @Override
        public Class<Restore> form() {
            return Restore.class;
        }
    }
}
