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
 * Checks that packets begin with a sound IPv4 header: version, lengths, checksum, and a source that
 * is no multicast or broadcast address (RFC 1812 5.2.2, 5.3.7). Sets the network header and the
 * destination annotation, and cuts off bytes beyond the IP length.
 *
 * <p>Output 0 gets sound packets; the others go to output 1, or are dropped if that is not wired.
 *
 * <pre>{@code
 * tunnel -> CheckIPHeader -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count}, {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "CheckIPHeader", ports = "1/1-2", processing = "h/h")
public final class CheckIpHeader extends Element {
    private static final int BROADCAST = 0xffffffff;

    private final Counter sound = new Counter();
    private final Counter unsound = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badHeader;

    @Override
    protected void initialize() {
        badHeader = drops("badIpHeader");
    }

    @Override
    public void push(int port, Batch batch) {
        int kept = 0;
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (check(packet)) {
                batch.set(kept++, packet);
            } else {
                unsound.increment();
                addOrDrop(1, packet, badHeader);
            }
        }
        sound.add(kept);
        batch.truncate(kept);
        output(0).push(batch);
        flushOutputs();
    }

    private static boolean check(Packet packet) {
        int length = packet.length();
        if (length < Ipv4Header.BYTES || packet.u8(0) >> 4 != 4) {
            return false;
        }
        int headerLength = (packet.u8(0) & 0x0f) << 2;
        int totalLength = packet.u16(Ipv4Header.TOTAL_LENGTH_AT);
        if (headerLength < Ipv4Header.BYTES
                || totalLength < headerLength
                || totalLength > length
                || Checksum.of(packet.buffer(), packet.start(), headerLength) != 0) {
            return false;
        }
        int source = packet.i32(Ipv4Header.SOURCE_AT);
        if (source == BROADCAST || source >>> 28 == 0xe) {
            return false;
        }
        packet.truncate(totalLength);
        packet.networkHeader(0);
        packet.destination(packet.i32(Ipv4Header.DESTINATION_AT));
        return true;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", sound::value).read("drops", unsound::value);
    }
}
