package vini.forwarder.elements.rewrite;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.net.wire.Ipv4Header;

/**
 * Rewrites addresses and ports of UDP packets, and of TCP packets as well, as IPRewriter does; see
 * there for the INPUTSPECs and what happens when the table is full. A flow is told by addresses and
 * ports alone, so an UDPRewriter should see one of the two protocols. Packets of other protocols
 * and fragments but the first are dropped, unless the input has {@code pass}.
 *
 * <p>Keywords, times in seconds unless a unit is given: TIMEOUT (default 300), STREAMING_TIMEOUT
 * (as TIMEOUT; flows of three packets or more, in both directions), GUARANTEE (5), REAP_INTERVAL
 * (900), MAPPING_CAPACITY (flows, default 65536, or a rewriter's name), DST_ANNO (default true),
 * REPLY_ANNO.
 *
 * <pre>{@code
 * nat :: UDPRewriter(pattern 203.0.113.1 1024-65535 - - 0 1, drop);
 * }</pre>
 *
 * <p>Handlers: {@code table}, {@code table_size}, {@code nmappings}, {@code size}, {@code
 * capacity}, {@code mapping_failures}, {@code patterns}, {@code patternN}, {@code lookup}, {@code
 * clear}, as those of IPRewriter; {@code mappings} is another name of {@code table}.
 */
@AutoService(Element.class)
@ElementClass(
        name = "UDPRewriter",
        ports = "1-/1-256",
        processing = "h/h",
        drops = {"dropInput", "noMapping", "notRewritable"})
public final class UdpRewriter extends PortRewriter {
    private PlainLifetimes lifetimes = PlainLifetimes.NONE;
    private long streamingTimeout;

    @Override
    void configureLifetimes(Arguments arguments) throws ConfigException {
        lifetimes = PlainLifetimes.of(arguments);
        streamingTimeout =
                arguments.keyword("STREAMING_TIMEOUT", ArgumentTypes::nanos, lifetimes.timeout());
    }

    @Override
    boolean accepts(int protocolNumber) {
        return protocolNumber == Ipv4Header.UDP || protocolNumber == Ipv4Header.TCP;
    }

    @Override
    int keyProtocol() {
        return 0;
    }

    @Override
    public long guarantee(int flowProtocol) {
        return lifetimes.guarantee();
    }

    @Override
    public long timeout(int flowProtocol, long state) {
        return isStreaming(state) ? streamingTimeout : lifetimes.timeout();
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("lookup", (Handlers.Read) text -> RewriterHandlers.lookup(this, 0, text));
    }
}
