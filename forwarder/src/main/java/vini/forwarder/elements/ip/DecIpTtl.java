package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
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
 * <p>Arguments: with ACTIVE false (default true) all packets pass unchanged; with MULTICAST false
 * (default true) those to multicast groups do.
 *
 * <p>Handlers: {@code drops} (read): how many packets expired; {@code active} (read, write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "DecIPTTL",
        ports = "1/1-2",
        processing = "a/ah",
        live = true,
        partialChecksums = PartialChecksums.PASSED,
        drops = {"noIpHeader", "ttlExpired"})
public final class DecIpTtl extends Element {
    private final Counter expired = counter();
    private boolean active;
    private boolean multicast;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter ttlExpired;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
        multicast = arguments.keyword("MULTICAST", ArgumentTypes::bool, true);
    }

    @Override
    protected void initialize() {
        ttlExpired = drops("ttlExpired");
        noHeader = drops(IpBounds.NO_HEADER);
    }

    /** As the inherited one does, in a loop of its own, into which the work is compiled. */
    @Override
    public void push(int port, Batch batch) {
        int kept = 0;
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = simpleAction(batch.get(i));
            if (packet != null) {
                batch.set(kept++, packet);
            }
        }
        batch.truncate(kept);
        output(0).push(batch);
        flushOutputs();
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!active) {
            return packet;
        }
        if (!IpBounds.hasFixedHeader(packet)) {
            noHeader.drop(packet);
            return null;
        }
        int header = packet.networkHeader();
        if (!multicast && packet.u8(header + Ipv4Header.DESTINATION_AT) >>> 4 == 0xe) {
            return packet;
        }
        if (isExpired(packet)) {
            expired.increment();
            addOrDrop(1, packet, ttlExpired);
            return null;
        }
        return decremented(packet);
    }

    /** Whether the time of a packet with a fixed header is up. */
    static boolean isExpired(Packet packet) {
        return packet.u8(packet.networkHeader() + Ipv4Header.TTL_AT) <= 1;
    }

    /** The packet with one hop less to live. */
    static Packet decremented(Packet packet) {
        Packet mine = packet.writable();
        int at = mine.networkHeader() + Ipv4Header.TTL_AT;
        // TTL, protocol and checksum lie in one word, which is read and written at once.
        int word = mine.i32(at);
        int before = word >>> 16;
        int after = before - 0x100;
        mine.set32(at, after << 16 | Checksum.update(word & 0xffff, before, after));
        return mine;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", expired::value).read("active", () -> active);
        handlers.write("active", value -> active = ArgumentTypes.bool(value));
    }
}
