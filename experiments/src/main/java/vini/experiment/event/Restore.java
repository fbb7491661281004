package vini.experiment.event;

import com.google.auto.service.AutoService;

import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.topology.LinkName;
import vini.overlay.world.World;

import java.io.IOException;

/** A failed link carries packets again, in both directions. */
@Called("restoration")
@Doc("A failed link carries packets again, in both directions.")
public record Restore(@Doc("The two nodes of the link.") LinkName link) implements Event {
    @Override
    public String key() {
        return "restore";
    }

    @Override
    public String words() {
        return "restore " + link;
    }

    @Override
    public void happen(World world) throws IOException {
        world.restore(link);
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
