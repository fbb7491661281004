package vini.experiment.event;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.ExactlyOne;
import vini.overlay.json.Ref;
import vini.overlay.world.SliceProcess;

/** A node, or a process of all nodes, that stands still for a while and goes on as it was. */
@Called("freeze")
@ExactlyOne({"node", "process"})
@Doc("A node, or a process of all nodes, stands still; at the end it goes on with all it knew.")
public record Freeze(
        @Doc("The node.") @Ref("node") @Nullable String node,
        @Doc("forwarder: no packet moves; router: no routing protocol does.")
                @Nullable SliceProcess process)
        implements Event {
    @Override
    public String words() {
        return "freeze " + (process == null ? node : "the " + process);
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void plan(Script script) {
        if (node != null) {
            script.begin(Breakdowns.freeze(node, script.cause()));
            script.end(Breakdowns.thaw(node, script.cause()));
        }
        if (process != null) {
            script.begin(Breakdowns.freeze(process, script.cause()));
            script.end(Breakdowns.thaw(process, script.cause()));
        }
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return "freeze";
        }

        @Override
        public Class<Freeze> form() {
            return Freeze.class;
        }
    }
}
