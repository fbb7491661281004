package vini.experiment.event;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.ExactlyOne;
import vini.overlay.json.Ref;
import vini.overlay.topology.LinkName;
import vini.overlay.world.World;

import java.io.IOException;

/** A failed link, or all links of a node and its doors, carry packets again. */
@Called("restoration")
@ExactlyOne({"link", "node"})
@Doc("A failed link, or a node with all its links and doors, carries packets again, both ways.")
public record Restore(
        @Doc("The two nodes of the link.") @Nullable LinkName link,
        @Doc("The node.") @Ref("node") @Nullable String node)
        implements Event {
    @Override
    public String key() {
        return "restore";
    }

    @Override
    public String words() {
        return "restore " + (link == null ? node : link);
    }

    @Override
    public void happen(World world) throws IOException {
        if (link != null) {
            world.restore(link);
        } else {
            world.restore(Subject.node(world, node));
        }
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
