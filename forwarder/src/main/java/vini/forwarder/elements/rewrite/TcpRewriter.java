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
 * Rewrites addresses and ports of TCP packets, as IPRewriter does; see there for the INPUTSPECs and
 * what happens when the table is full. Packets of other protocols and fragments but the first are
 * dropped, unless the input has {@code pass}. Nothing here changes sequence numbers: that needs a
 * mapper that changes data, and there is none.
 *
 * <p>Keywords, times in seconds unless a unit is given: TCP_TIMEOUT (default 24 h),
 * TCP_NODATA_TIMEOUT (300), TCP_DONE_TIMEOUT (240), TCP_GUARANTEE or GUARANTEE (5), REAP_INTERVAL
 * (900), MAPPING_CAPACITY (flows, default 65536, or a rewriter's name), DST_ANNO (default true),
 * REPLY_ANNO.
 *
 * <pre>{@code
 * nat :: TCPRewriter(pattern 203.0.113.1 1024-65535# - - 0 1, drop);
 * }</pre>
 *
 * <p>Handlers: {@code table}, {@code table_size}, {@code nmappings}, {@code size}, {@code
 * capacity}, {@code mapping_failures}, {@code patterns}, {@code patternN}, {@code lookup}, {@code
 * clear}, as those of IPRewriter.
 */
@AutoService(Element.class)
@ElementClass(
        name = "TCPRewriter",
        ports = "1-/1-256",
        processing = "h/h",
        drops = {"dropInput", "noMapping", "notRewritable"})
public final class TcpRewriter extends PortRewriter {
    private TcpLifetimes lifetimes = new TcpLifetimes(0, 0, 0, 0);

    @Override
    void configureLifetimes(Arguments arguments) throws ConfigException {
        long guarantee = arguments.keyword("GUARANTEE", ArgumentTypes::nanos, 5 * SECOND);
        lifetimes = TcpLifetimes.of(arguments, guarantee);
    }

    @Override
    boolean accepts(int protocolNumber) {
        return protocolNumber == Ipv4Header.TCP;
    }

    @Override
    int seen(int before, Packet packet, int end, int reference) {
        return TcpLifetimes.seen(before, packet, transport, end, reference);
    }

    @Override
    public long guarantee(int flowProtocol) {
        return lifetimes.guarantee();
    }

    @Override
    public long timeout(int flowProtocol, long state) {
        return lifetimes.timeout(state);
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read(
                "lookup",
                (Handlers.Read) text -> RewriterHandlers.lookup(this, Ipv4Header.TCP, text));
    }
}
