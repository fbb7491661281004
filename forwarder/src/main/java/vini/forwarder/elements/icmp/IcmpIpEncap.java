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

/**
 * Makes each packet the data of an ICMP message from SRC to DST, of type TYPE and code CODE, 0-255
 * or names as ICMPError has them, and {@code echo}, {@code echo-reply}, {@code timestamp} and the
 * like; CODE is 0 by default.
 *
 * <p>Types that have them get the identifier IDENTIFIER, 0-65535 (default 0), and sequence numbers
 * from 0 on. What is too long is dropped.
 *
 * <pre>{@code
 * ... -> ICMPIPEncap(1.0.0.2, 1.0.0.2, unreachable, host) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code src}, {@code dst} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "ICMPIPEncap", drops = "tooLong")
public final class IcmpIpEncap extends Element {
    private Ipv4Address source = Ipv4Address.ANY;
    private Ipv4Address destination = Ipv4Address.ANY;
    private int type;
    private int code;
    private int identifier;
    private int packets;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooLong;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        source = arguments.required("SRC", addresses()::ip);
        destination = arguments.required("DST", addresses()::ip);
        type = arguments.required("TYPE", IcmpNames::type);
        code = arguments.optional("CODE", text -> IcmpNames.code(type, text), 0);
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
        Packet message = packet.prepend(IcmpPackets.BYTES);
        boolean numbered = IcmpNames.hasSequence(type);
        int sequence = numbered ? packets++ : 0;
        IcmpPackets.write(
                message, source, destination, type, code, numbered ? identifier : 0, sequence);
        return message;
    }

    @Override
    protected void takeState(Element old) {
        packets = ((IcmpIpEncap) old).packets;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("src", () -> source).read("dst", () -> destination);
        handlers.write("src", value -> source = addresses().ip(value.strip()));
        handlers.write("dst", value -> destination = addresses().ip(value.strip()));
    }
}
