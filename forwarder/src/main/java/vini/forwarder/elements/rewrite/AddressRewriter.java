package vini.forwarder.elements.rewrite;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;

/** Rewriters whose flows are addresses alone, of any protocol: what they share. */
abstract class AddressRewriter extends Rewriter {
    private PlainLifetimes lifetimes = PlainLifetimes.NONE;

    @Override
    void configureLifetimes(Arguments arguments) throws ConfigException {
        lifetimes = PlainLifetimes.of(arguments);
    }

    @Override
    void checkPattern(Pattern pattern) {
        if (!pattern.keepsPorts()) {
            throw new IllegalArgumentException(
                    "bad source port: only addresses are rewritten here");
        }
    }

    @Override
    boolean readKey(Packet packet, int end, boolean quoted) {
        ports = FlowKey.ports(owner(), 0, 0);
        return true;
    }

    @Override
    void turnAround() {
        addresses = FlowKey.swapped(addresses);
    }

    @Override
    int transportDelta(int ipDelta, int oldPorts, int newPorts) {
        return ipDelta;
    }

    @Override
    void rewriteTransport(Packet packet, int end, int reference, int delta, boolean quoted) {
        if (!isLaterFragment()) {
            mendTransport(packet, end, delta);
        }
    }

    @Override
    public long guarantee(int flowProtocol) {
        return lifetimes.guarantee();
    }

    @Override
    public long timeout(int flowProtocol, long state) {
        return lifetimes.timeout();
    }

    static String address(int bits) {
        return new Ipv4Address(bits).toString();
    }
}
