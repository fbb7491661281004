package vini.experiment.event;

import com.google.auto.service.AutoService;

import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.world.SliceProcess;

/** A process of all nodes that dies; its supervisor starts it again. */
@Called("kill")
@Doc("A process of all nodes dies at once, and is started again by its supervisor.")
public record Kill(
        @Doc("forwarder: it moves packets and runs builtin hosts; router: it routes.")
                SliceProcess process)
        implements Event {
    @Override
    public String words() {
        return "kill the " + process;
    }

    @Override
    public boolean lasts() {
        return false;
    }

    @Override
    public void plan(Script script) {
        script.begin(Breakdowns.kill(process));
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return "kill";
        }

        @Override
        public Class<Kill> form() {
            return Kill.class;
        }
    }
}
