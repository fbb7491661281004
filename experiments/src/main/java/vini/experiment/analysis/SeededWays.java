package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.net.FlowHash;
import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.time.Seed;

/** Chooses among equal-cost next hops exactly as the FIBs of a run with that seed did. */
public record SeededWays(long seed) implements WayPicker {
    @Override
    public int pick(String node, Flow flow, int ways) {
        return FlowHash.pick(
                new Seed(seed).derive(node + "/fib"),
                bits(flow.source()),
                bits(flow.destination()),
                flow.protocol(),
                flow.ports(),
                ways);
    }

    private static int bits(@Nullable IpAddress address) {
        return address instanceof Ipv4Address v4 ? v4.bits() : 0;
    }
}
