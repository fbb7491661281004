package vini.forwarder.elements.rewrite;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Rewrites source addresses of IPv4 packets, and destination addresses of what comes back: basic
 * NAT. A flow is all that comes from one address; packets to the address that it got are rewritten
 * back. Checksums of the IP header, TCP and UDP are mended. Fragments are rewritten like all
 * others. The network header must be marked.
 *
 * <p>The INPUTSPECs are those of IPRewriter, without ports: {@code pattern SADDR - FOUTPUT
 * ROUTPUT}. SADDR may be a range {@code L-H} or a prefix {@code ADDR/LENGTH}, whose network and
 * broadcast address are left out; of it any free address is taken, or with {@code #} at its end the
 * next in turn. To rewrite destinations use IPAddrPairRewriter.
 *
 * <p>Keywords, times in seconds unless a unit is given: TIMEOUT (default 300), GUARANTEE (5),
 * REAP_INTERVAL (900), MAPPING_CAPACITY (flows, default 65536, or a rewriter's name), DST_ANNO
 * (default true), REPLY_ANNO.
 *
 * <pre>{@code
 * nat :: IPAddrRewriter(pattern 198.51.100.0/24 - 0 1, drop);
 * }</pre>
 *
 * <p>Handlers: {@code table}, {@code mappings}, {@code table_size}, {@code nmappings}, {@code
 * size}, {@code capacity}, {@code mapping_failures}, {@code patterns}, {@code patternN}, {@code
 * clear}, as those of IPRewriter.
 */
@AutoService(Element.class)
@ElementClass(
        name = "IPAddrRewriter",
        ports = "1-/1-256",
        processing = "h/h",
        drops = {"dropInput", "noMapping", "notRewritable"})
public final class IpAddrRewriter extends AddressRewriter {
    private static final int REPLY = 1;

    @Override
    void checkPattern(Pattern pattern) {
        super.checkPattern(pattern);
        if (!pattern.keepsDestination()) {
            throw new IllegalArgumentException(
                    "bad destination address: want '-', only sources are rewritten here");
        }
    }

    @Override
    long forwardAddresses() {
        return FlowKey.addresses(FlowKey.source(addresses), 0);
    }

    @Override
    long replyAddresses(long newAddresses) {
        return FlowKey.addresses(0, FlowKey.source(newAddresses));
    }

    @Override
    long replyPorts(int newPorts) {
        return FlowKey.ports(owner(), 0, REPLY);
    }

    @Override
    int find() {
        int forward = table().find(forwardAddresses(), ports);
        return forward >= 0
                ? forward
                : table().find(FlowKey.addresses(0, FlowKey.destination(addresses)), ports | REPLY);
    }

    @Override
    long rewritten(int reference) {
        long other = table().addresses(reference ^ 1);
        return (reference & 1) == 0
                ? FlowKey.addresses(FlowKey.destination(other), FlowKey.destination(addresses))
                : FlowKey.addresses(FlowKey.source(addresses), FlowKey.source(other));
    }

    @Override
    String text(long keyAddresses, long keyPorts) {
        boolean reply = ((int) keyPorts & REPLY) != 0;
        return reply
                ? "(-, " + address(FlowKey.destination(keyAddresses)) + ")"
                : "(" + address(FlowKey.source(keyAddresses)) + ", -)";
    }

    @Override
    String rewrittenText(int reference) {
        long other = table().addresses(reference ^ 1);
        return (reference & 1) == 0
                ? "(" + address(FlowKey.destination(other)) + ", -)"
                : "(-, " + address(FlowKey.source(other)) + ")";
    }
}
