package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.Batch;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.Checksum;
import vini.net.wire.Ipv4Header;

/**
 * Decrements the IPv4 time-to-live and repairs the header checksum.
 *
 * <p>Output 0 gets packets that may go on. Output 1, if wired, gets packets whose time is up,
 * unchanged, and usually leads to {@code ICMPError(ADDR, timeexceeded)}; unwired, it drops them.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> ttl :: DecIPTTL -> ...;
 * ttl[1] -> ICMPError(192.0.2.1, timeexceeded) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read): how many packets expired.
 */
@AutoService(Element.class)
@ElementClass(name = "DecIPTTL", ports = "1/1-2", processing = "h/h")
public final class DecIpTtl extends Element {
    private final Counter expired = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter ttlExpired;

    @Override
    protected void initialize() {
        ttlExpired = drops("ttlExpired");
    }

    @Override
    public void push(int port, Batch batch) {
        int kept = 0;
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            int header = packet.networkHeader();
            if (packet.u8(header + Ipv4Header.TTL_AT) <= 1) {
                expired.increment();
                addOrDrop(1, packet, ttlExpired);
            } else {
                batch.set(kept++, decremented(packet.writable(), header));
            }
        }
        batch.truncate(kept);
        output(0).push(batch);
        flushOutputs();
    }

    private static Packet decremented(Packet packet, int header) {
        int word = packet.u16(header + Ipv4Header.TTL_AT);
        packet.set16(header + Ipv4Header.TTL_AT, word - 0x100);
        int checksum = packet.u16(header + Ipv4Header.CHECKSUM_AT);
        packet.set16(
                header + Ipv4Header.CHECKSUM_AT, Checksum.update(checksum, word, word - 0x100));
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", expired::value);
    }
}
