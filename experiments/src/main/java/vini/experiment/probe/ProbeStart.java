package vini.experiment.probe;

import vini.experiment.EchoWatch;
import vini.experiment.RunListener;
import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Node;
import vini.overlay.world.Host;
import vini.overlay.world.World;

import java.io.IOException;

/**
 * What a probe needs to start.
 *
 * @param name the probe's, unique in the experiment
 * @param number of the probe in the experiment, from 0, for what must not collide at a host
 * @param startNanos t = 0 on the world's clock
 * @param durationNanos of the experiment
 * @param watch hears of echoes in the order of sending
 */
public record ProbeStart(
        World world,
        String name,
        int number,
        long startNanos,
        long durationNanos,
        RunListener listener,
        EchoWatch watch) {
    private static final double SECOND = 1e9;

    /** The host of a node that the experiment names. */
    Host host(String node) {
        return world.host(node(node));
    }

    private Node node(String name) {
        Node node = world.topology().node(name);
        if (node == null) {
            throw new IllegalStateException("no node " + name + " in a checked experiment");
        }
        return node;
    }

    /** The address of a node, for who sends to it. */
    Ipv4Address address(String node) throws IOException {
        IpAddress address = AddressPlan.of(world.topology()).nodeAddresses(node(node)).getFirst();
        if (address instanceof Ipv4Address v4) {
            return v4;
        }
        throw new IOException(node + " has no IPv4 address");
    }

    /** A time of the clock in seconds since t = 0. */
    double seconds(long nanos) {
        return (nanos - startNanos) / SECOND;
    }
}
