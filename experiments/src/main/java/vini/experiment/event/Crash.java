package vini.experiment.event;

import com.google.auto.service.AutoService;

import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.Ref;

/** A node that is gone, as a machine that loses its power, and comes again without a memory. */
@Called("crash")
@Doc("A node is gone at once and nobody is told; at the end it comes again, with no memory.")
public record Crash(@Doc("The node.") @Ref("node") String node) implements Event {
    @Override
    public String words() {
        return "crash " + node;
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void plan(Script script) {
        script.begin(Breakdowns.crash(node, script.cause()));
        script.end(Breakdowns.start(node, script.cause()));
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return "crash";
        }

        @Override
        public Class<Crash> form() {
            return Crash.class;
        }
    }
}
