package vini.forwarder.elements.rewrite;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;

/** How long flows of TCP live, by what their segments have shown; spans in nanoseconds. */
record TcpLifetimes(long timeout, long doneTimeout, long noDataTimeout, long guarantee) {
    /** Reads the keywords that begin with {@code TCP_}. */
    static TcpLifetimes of(Arguments arguments, long guarantee) throws ConfigException {
        return new TcpLifetimes(
                arguments.keyword("TCP_TIMEOUT", ArgumentTypes::nanos, 86_400 * Rewriter.SECOND),
                arguments.keyword("TCP_DONE_TIMEOUT", ArgumentTypes::nanos, 240 * Rewriter.SECOND),
                arguments.keyword(
                        "TCP_NODATA_TIMEOUT", ArgumentTypes::nanos, 300 * Rewriter.SECOND),
                arguments.keyword("TCP_GUARANTEE", ArgumentTypes::nanos, guarantee));
    }

    /** The timeout of a flow in that state. */
    long timeout(long state) {
        int seen = FlowState.seen(state);
        if ((seen & FlowState.BOTH_DONE) == FlowState.BOTH_DONE) {
            return doneTimeout;
        }
        return (seen & FlowState.BOTH_SEEN) == FlowState.BOTH_SEEN ? timeout : noDataTimeout;
    }

    /**
     * What has been seen once a segment is counted: data and FIN for its direction, a reset for
     * both. A new SYN opens a flow again that was done.
     *
     * @param transport where the TCP header begins, all of which is there
     */
    static int seen(int before, Packet packet, int transport, int end, int reference) {
        int flags = packet.u8(transport + TcpHeader.FLAGS_AT);
        int header = packet.u8(transport + TcpHeader.DATA_OFFSET_AT) >> 4 << 2;
        int direction = reference & 1;
        int after = before;
        if ((flags & (TcpHeader.SYN | TcpHeader.ACK)) == TcpHeader.SYN) {
            after &= ~FlowState.BOTH_DONE;
        }
        if (transport + header < end) {
            after |= FlowState.FORWARD_SEEN << direction;
        }
        if ((flags & TcpHeader.RST) != 0) {
            after |= FlowState.BOTH_DONE;
        } else if ((flags & TcpHeader.FIN) != 0) {
            after |= FlowState.FORWARD_DONE << direction;
        }
        return after;
    }

    /** Whether it is about that protocol. */
    static boolean isOf(int protocol) {
        return protocol == Ipv4Header.TCP;
    }
}
