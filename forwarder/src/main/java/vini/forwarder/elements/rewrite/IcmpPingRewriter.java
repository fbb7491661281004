package vini.forwarder.elements.rewrite;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.Checksum;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

/**
 * Rewrites addresses and identifiers of ICMP echo requests, and those of the replies back, so that
 * pings pass a NAT. A flow is the requests with one pair of addresses and one identifier, and the
 * replies to them. The network header must be marked.
 *
 * <p>The INPUTSPECs are those of IPRewriter, where the source port stands for the identifier:
 * {@code pattern SADDR SPORT DADDR DPORT FOUTPUT ROUTPUT} (DPORT means nothing), or {@code pattern
 * SADDR DADDR IDENTIFIER FOUTPUT ROUTPUT}, where the range may begin with 0. Replies of no known
 * flow, fragments but the first and all other packets are dropped, unless the input has {@code
 * pass}.
 *
 * <p>Keywords, times in seconds unless a unit is given: TIMEOUT (default 300), GUARANTEE (5),
 * REAP_INTERVAL (900), MAPPING_CAPACITY (flows, default 65536, or a rewriter's name), DST_ANNO
 * (default true), REPLY_ANNO.
 *
 * <pre>{@code
 * ping :: ICMPPingRewriter(pattern 203.0.113.1 - 0-65535 0 1, drop);
 * }</pre>
 *
 * <p>Handlers: {@code table}, {@code mappings}, {@code table_size}, {@code nmappings}, {@code
 * size}, {@code capacity}, {@code mapping_failures}, {@code patterns}, {@code patternN}, {@code
 * clear}, as those of IPRewriter.
 */
@AutoService(Element.class)
@ElementClass(
        name = "ICMPPingRewriter",
        ports = "1-/1-256",
        processing = "h/h",
        drops = {"dropInput", "noMapping", "notRewritable"})
public final class IcmpPingRewriter extends Rewriter {
    /** Stands in a key where the destination port would, for replies. */
    private static final int REPLY = 1;

    private PlainLifetimes lifetimes = PlainLifetimes.NONE;

    @Override
    void configureLifetimes(Arguments arguments) throws ConfigException {
        lifetimes = PlainLifetimes.of(arguments);
    }

    @Override
    boolean readKey(Packet packet, int end, boolean quoted) {
        if (protocol != Ipv4Header.ICMP
                || isLaterFragment()
                || transport + IcmpHeader.BYTES > end) {
            return false;
        }
        int type = packet.u8(transport + IcmpHeader.TYPE_AT);
        if (type != IcmpHeader.ECHO_REQUEST && type != IcmpHeader.ECHO_REPLY) {
            return false;
        }
        int kind = type == IcmpHeader.ECHO_REPLY ? REPLY : 0;
        int identifier = packet.u16(transport + IcmpHeader.ID_AT);
        ports = FlowKey.ports(owner(), protocol, FlowKey.ports(identifier, kind));
        return true;
    }

    @Override
    void turnAround() {
        addresses = FlowKey.swapped(addresses);
        ports ^= REPLY;
    }

    @Override
    boolean mayBegin() {
        return ((int) ports & REPLY) == 0;
    }

    @Override
    long replyPorts(int newPorts) {
        int identifier = newPorts >>> 16;
        return FlowKey.ports(owner(), Ipv4Header.ICMP, FlowKey.ports(identifier, REPLY));
    }

    @Override
    int transportDelta(int ipDelta, int oldPorts, int newPorts) {
        return FlowState.delta(oldPorts >>> 16, newPorts >>> 16);
    }

    @Override
    void rewriteTransport(Packet packet, int end, int reference, int delta, boolean quoted) {
        int identifier = FlowKey.sourcePort(table().ports(reference ^ 1));
        packet.set16(transport + IcmpHeader.ID_AT, identifier);
        int at = transport + IcmpHeader.CHECKSUM_AT;
        int mended = FlowState.checksum(packet.u16(at), delta);
        packet.set16(at, mended == 0 && !quoted ? zeroOf(packet, at, end) : mended);
    }

    /**
     * Which of the two zeros of ones' complement a checksum must be: a reply all of zeros has the
     * sum 0, which RFC 1624 does not think of.
     */
    private int zeroOf(Packet packet, int at, int end) {
        packet.set16(at, 0);
        return Checksum.of(packet.buffer(), packet.start() + transport, end - transport);
    }

    @Override
    public long guarantee(int flowProtocol) {
        return lifetimes.guarantee();
    }

    @Override
    public long timeout(int flowProtocol, long state) {
        return lifetimes.timeout();
    }

    @Override
    String text(long keyAddresses, long keyPorts) {
        return "("
                + AddressRewriter.address(FlowKey.source(keyAddresses))
                + ", "
                + AddressRewriter.address(FlowKey.destination(keyAddresses))
                + ", "
                + FlowKey.sourcePort(keyPorts)
                + ")";
    }

    @Override
    String rewrittenText(int reference) {
        long other = table().addresses(reference ^ 1);
        return text(FlowKey.swapped(other), table().ports(reference ^ 1));
    }
}
