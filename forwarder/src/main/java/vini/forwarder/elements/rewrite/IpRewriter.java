package vini.forwarder.elements.rewrite;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;

/**
 * Rewrites addresses and ports of TCP and UDP packets, with their checksums: network address and
 * port translation. A packet's flow (both addresses, both ports, protocol) is looked up in a table
 * that says how it is rewritten and to which output it goes. Where it is not found, the INPUTSPEC
 * of the input says what happens; most put the flow into the table, together with that of the
 * replies, which are rewritten back. There are as many inputs as INPUTSPECs. The network header
 * must be marked.
 *
 * <p>An INPUTSPEC is one of:
 *
 * <ul>
 *   <li>{@code drop} or {@code discard}: the packet is dropped.
 *   <li>{@code pass OUTPUT} or {@code nochange OUTPUT}: it goes to that output as it is; no flow is
 *       made.
 *   <li>{@code keep FOUTPUT ROUTPUT}: it makes a flow that is not changed; its packets go to
 *       FOUTPUT, replies to ROUTPUT.
 *   <li>{@code pattern SADDR SPORT DADDR DPORT FOUTPUT ROUTPUT}: it makes a flow that is rewritten
 *       to these; a dash leaves a field as it is. SADDR may be a range {@code L-H} or a prefix,
 *       SPORT a range. In a range of ports the packet's own is taken if it is free, else any; with
 *       {@code #} at the end the next in turn, with {@code ?} or {@code *}, any. If none is free,
 *       the packet is dropped.
 *   <li>{@code pattern NAME FOUTPUT ROUTPUT}: the same with a pattern of IPRewriterPatterns.
 *   <li>the name of a mapper, such as RoundRobinIPMapper.
 * </ul>
 *
 * <p>Packets of other protocols and fragments but the first are dropped, unless the input has
 * {@code pass}. ICMP errors about flows are rewritten by ICMPRewriter.
 *
 * <p>Keywords, all times in seconds unless a unit is given: TCP_TIMEOUT (default 24 h; connections
 * with data in both directions), TCP_NODATA_TIMEOUT (300; all others), TCP_DONE_TIMEOUT (240; after
 * a reset or FINs), UDP_TIMEOUT (300), UDP_STREAMING_TIMEOUT (as UDP_TIMEOUT; flows of three
 * packets or more, in both directions), TCP_GUARANTEE and UDP_GUARANTEE (5; in this time after a
 * packet a flow is not removed for want of room), GUARANTEE (for both), REAP_INTERVAL (900; how
 * often stale flows are removed), MAPPING_CAPACITY (flows, 1-16777216, default 65536; or the name
 * of a rewriter whose room is shared), DST_ANNO (default true: set the destination annotation to
 * the new destination), REPLY_ANNO (an annotation of one byte, such as PAINT, that replies get from
 * the packet which made the flow).
 *
 * <p>When the table is full, a new flow takes the place of the one that would time out first among
 * those without a guarantee; if there is none, the packet is dropped.
 *
 * <pre>{@code
 * nat :: IPRewriter(pattern 203.0.113.1 1024-65535 - - 0 1, drop);
 * inside -> [0]nat; outside -> [1]nat;
 * nat[0] -> to_outside; nat[1] -> to_inside;
 * }</pre>
 *
 * <p>Handlers: {@code table}, {@code tcp_table}, {@code udp_table} (read: a line for each direction
 * of each flow, with both outputs, that of the line starred, the input, and the seconds until it is
 * stale), {@code table_size}, {@code nmappings} (its flows), {@code size} (also of those it shares
 * room with), {@code capacity} (read and write: flows, and a reservation), {@code mapping_failures}
 * (new flows that were refused), {@code patterns} (read), {@code patternN} (read and write the
 * INPUTSPEC of input N; the flows of the old one end), {@code lookup}, {@code tcp_lookup}, {@code
 * udp_lookup} (read with {@code SADDR SPORT DADDR DPORT}), {@code clear} (write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "IPRewriter",
        ports = "1-/1-256",
        processing = "h/h",
        drops = {"dropInput", "noMapping", "notRewritable"})
public final class IpRewriter extends PortRewriter {
    private TcpLifetimes tcp = new TcpLifetimes(0, 0, 0, 0);
    private long udpTimeout;
    private long udpStreamingTimeout;
    private long udpGuarantee;

    @Override
    void configureLifetimes(Arguments arguments) throws ConfigException {
        long guarantee = arguments.keyword("GUARANTEE", ArgumentTypes::nanos, 5 * SECOND);
        tcp = TcpLifetimes.of(arguments, guarantee);
        udpTimeout = arguments.keyword("UDP_TIMEOUT", ArgumentTypes::nanos, 300 * SECOND);
        udpStreamingTimeout =
                arguments.keyword("UDP_STREAMING_TIMEOUT", ArgumentTypes::nanos, udpTimeout);
        udpGuarantee = arguments.keyword("UDP_GUARANTEE", ArgumentTypes::nanos, guarantee);
    }

    @Override
    boolean accepts(int protocolNumber) {
        return protocolNumber == Ipv4Header.TCP || protocolNumber == Ipv4Header.UDP;
    }

    @Override
    int seen(int before, Packet packet, int end, int reference) {
        return protocol == Ipv4Header.TCP
                ? TcpLifetimes.seen(before, packet, transport, end, reference)
                : super.seen(before, packet, end, reference);
    }

    @Override
    public long guarantee(int flowProtocol) {
        return flowProtocol == Ipv4Header.TCP ? tcp.guarantee() : udpGuarantee;
    }

    @Override
    public long timeout(int flowProtocol, long state) {
        if (flowProtocol == Ipv4Header.TCP) {
            return tcp.timeout(state);
        }
        return isStreaming(state) ? udpStreamingTimeout : udpTimeout;
    }

    private String table(int flowProtocol) {
        return RewriterHandlers.table(
                this, flow -> FlowKey.protocol(table().ports(flow << 1)) == flowProtocol);
    }

    private static Handlers.Read lookup(Rewriter rewriter, int flowProtocol) {
        return text -> RewriterHandlers.lookup(rewriter, flowProtocol, text);
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("tcp_table", () -> table(Ipv4Header.TCP));
        handlers.read("tcp_mappings", () -> table(Ipv4Header.TCP));
        handlers.read("udp_table", () -> table(Ipv4Header.UDP));
        handlers.read("udp_mappings", () -> table(Ipv4Header.UDP));
        handlers.read("lookup", lookup(this, Ipv4Header.TCP));
        handlers.read("tcp_lookup", lookup(this, Ipv4Header.TCP));
        handlers.read("udp_lookup", lookup(this, Ipv4Header.UDP));
    }
}
