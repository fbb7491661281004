package vini.forwarder.elements.icmp;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;

/**
 * Makes each packet the data of an ICMP echo request from SRC to DST, with sequence numbers from 0
 * on and the identifier IDENTIFIER, 0-65535 (default 0). What is too long for that is dropped.
 *
 * <pre>{@code
 * InfiniteSource("hello", LIMIT 3) -> ICMPPingEncap(1.0.0.1, 2.0.0.2, IDENTIFIER 3) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code src}, {@code dst} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "ICMPPingEncap", live = true, drops = "tooLong")
public final class IcmpPingEncap extends Element {
    private Ipv4Address source = Ipv4Address.ANY;
    private Ipv4Address destination = Ipv4Address.ANY;
    private int identifier;
    private int sequence;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooLong;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        source = arguments.required("SRC", addresses()::ip);
        destination = arguments.required("DST", addresses()::ip);
        identifier = arguments.keyword("IDENTIFIER", ArgumentTypes.integer(0, 0xffff), 0);
    }

    @Override
    protected void initialize() {
        tooLong = drops("tooLong");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (packet.length() > IcmpPackets.DATA_MAX) {
            tooLong.drop(packet);
            return null;
        }
        Packet ping = packet.prepend(IcmpPackets.BYTES);
        IcmpPackets.write(
                ping, source, destination, IcmpHeader.ECHO_REQUEST, 0, identifier, sequence++);
        return ping;
    }

    @Override
    protected void takeState(Element old) {
        sequence = ((IcmpPingEncap) old).sequence;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("src", () -> source).read("dst", () -> destination);
        handlers.write("src", value -> source = addresses().ip(value.strip()));
        handlers.write("dst", value -> destination = addresses().ip(value.strip()));
    }
}
