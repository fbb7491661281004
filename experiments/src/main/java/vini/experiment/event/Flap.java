package vini.experiment.event;

import com.google.auto.service.AutoService;

import vini.net.Quantity;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.topology.LinkName;
import vini.overlay.world.FailureMode;

import java.time.Duration;
import java.util.List;

/** A link that fails and works in turn, beginning with a failure. */
@Called("flap")
@Doc("A link fails and works in turn, beginning with a failure; at the end it works.")
public record Flap(
        @Doc("The two nodes of the link; a oneway failure is from the first.") LinkName link,
        @Doc("How long it has failed each time.") @Bounds(min = "1ms") Duration down,
        @Doc("How long it works in between.") @Bounds(min = "1ms") Duration up,
        @Doc("down: both ends are told; silent: packets vanish; oneway: they vanish one way only.")
                @Default("down")
                FailureMode mode)
        implements Event {
    @Override
    public String words() {
        return "flap "
                + link
                + " "
                + Quantity.ofNanos(down.toNanos())
                + "/"
                + Quantity.ofNanos(up.toNanos())
                + Failures.manner(mode);
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void plan(Script script) {
        List<LinkName> links = List.of(link);
        String fails = "fail " + link + Failures.manner(mode);
        long period = down.toNanos() + up.toNanos();
        for (long at = 0; at < script.lengthNanos(); at += period) {
            script.at(at, Failures.fail(links, mode, script.cause(), fails));
            script.at(at + down.toNanos(), Failures.restore(links, script.cause()));
        }
        script.end(Failures.restore(links, script.cause()));
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return "flap";
        }

        @Override
        public Class<Flap> form() {
            return Flap.class;
        }
    }
}
