package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;

/**
 * What a router may hash to choose among equal-cost paths.
 *
 * @param source the sender's address; null if unknown
 * @param protocol IP protocol number: 1, 6 or 17
 * @param ports as {@link vini.net.FlowHash} wants them; 0 where the run did not record them
 */
public record Flow(@Nullable IpAddress source, IpAddress destination, int protocol, int ports) {
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;

    /** The same with other ports. */
    public Flow with(int otherPorts) {
        return new Flow(source, destination, protocol, otherPorts);
    }
}
