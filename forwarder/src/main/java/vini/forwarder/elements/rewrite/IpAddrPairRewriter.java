package vini.forwarder.elements.rewrite;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Rewrites source and destination addresses of IPv4 packets, flow by flow, where a flow is a pair
 * of addresses. Checksums of the IP header, TCP and UDP are mended. Fragments are rewritten like
 * all others. The network header must be marked.
 *
 * <p>The INPUTSPECs are those of IPRewriter, without ports: {@code pattern SADDR DADDR FOUTPUT
 * ROUTPUT}. SADDR may be a range {@code L-H} or a prefix {@code ADDR/LENGTH}, whose network and
 * broadcast address are left out; of it any free address is taken, or with {@code #} at its end the
 * next in turn.
 *
 * <p>Keywords, times in seconds unless a unit is given: TIMEOUT (default 300), GUARANTEE (5),
 * REAP_INTERVAL (900), MAPPING_CAPACITY (flows, default 65536, or a rewriter's name), DST_ANNO
 * (default true), REPLY_ANNO.
 *
 * <pre>{@code
 * nat :: IPAddrPairRewriter(pattern 198.51.100.0/24 - 0 1, drop);
 * }</pre>
 *
 * <p>Handlers: {@code table}, {@code mappings}, {@code table_size}, {@code nmappings}, {@code
 * size}, {@code capacity}, {@code mapping_failures}, {@code patterns}, {@code patternN}, {@code
 * clear}, as those of IPRewriter.
 */
@AutoService(Element.class)
@ElementClass(
        name = "IPAddrPairRewriter",
        ports = "1-/1-256",
        processing = "h/h",
        drops = {"dropInput", "noMapping", "notRewritable"})
public final class IpAddrPairRewriter extends AddressRewriter {
    @Override
    long replyPorts(int newPorts) {
        return FlowKey.ports(owner(), 0, 0);
    }

    @Override
    String text(long keyAddresses, long keyPorts) {
        return "("
                + address(FlowKey.source(keyAddresses))
                + ", "
                + address(FlowKey.destination(keyAddresses))
                + ")";
    }
}
