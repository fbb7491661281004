package vini.experiment.probe;

import org.jspecify.annotations.Nullable;

import vini.experiment.EchoWatch;
import vini.experiment.RunListener;
import vini.net.Ipv4Address;
import vini.net.Quantity;
import vini.overlay.world.Host;
import vini.overlay.world.World;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a probe needs to start.
 *
 * @param name the probe's, unique in the experiment
 * @param number of the probe in the experiment, from 0, for what must not collide at a host
 * @param startNanos t = 0 on the world's clock
 * @param durationNanos of the experiment
 * @param folder of the run
 * @param watch hears of echoes in the order of sending
 * @param uses hears at which hosts the probe has apps
 */
public record ProbeStart(
        World world,
        String name,
        int number,
        long startNanos,
        long durationNanos,
        Path folder,
        RunListener listener,
        EchoWatch watch,
        Consumer<String> uses) {
    private static final double SECOND = 1e9;

    /** The host of a node, or the outside host, that the experiment names, to start apps there. */
    Host host(String name) {
        uses.accept(name);
        return world.host(name);
    }

    /** The address of such a host, for who sends to it. */
    Ipv4Address address(String name) {
        return world.address(name);
    }

    /** The address of the node or the outside host of that name; null if there is none. */
    @Nullable Ipv4Address addressOrNull(String name) {
        try {
            return world.address(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What an app is told that is to run as long as the experiment. */
    String span() {
        return "AT " + startNanos + ", FOR " + Quantity.ofNanos(durationNanos);
    }

    /** A time of the clock in seconds since t = 0. */
    double seconds(long nanos) {
        return (nanos - startNanos) / SECOND;
    }
}
