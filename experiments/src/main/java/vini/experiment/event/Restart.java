package vini.experiment.event;

import com.google.auto.service.AutoService;

import vini.experiment.run.Turn;
import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.Ref;
import vini.overlay.topology.Node;
import vini.overlay.world.Cause;
import vini.overlay.world.World;

import java.io.IOException;

/** A node that begins anew: one that runs crashes and comes again in the same instant. */
@Called("restart")
@Doc("A node begins anew, with no memory: one that has crashed, or one that runs, at once.")
public record Restart(@Doc("The node.") @Ref("node") String node) implements Event {
    @Override
    public String words() {
        return "restart " + node;
    }

    @Override
    public boolean lasts() {
        return false;
    }

    @Override
    public void plan(Script script) {
        script.begin(Act.of(Deed.node("restart", Turn.BETTER, node, null, words()), this::happen));
    }

    private void happen(World world) throws IOException {
        Node subject = Failures.node(world, node);
        world.crash(subject, Cause.OPERATOR);
        // Whatever it was down for, and there is one reason at least.
        boolean _ = world.start(subject, Cause.OPERATOR);
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return "restart";
        }

        @Override
        public Class<Restart> form() {
            return Restart.class;
        }
    }
}
