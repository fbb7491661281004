package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.wire.Ipv6Header;

/**
 * Passes IPv6 packets of up to MTU bytes (1280 to 65535) on by output 0.
 *
 * <p>Longer ones go to output 1, which usually leads to {@code ICMP6Error(ADDR, packettoobig, MTU
 * MTU)}: a router does not fragment IPv6. Where output 1 is not connected, as at the sender and at
 * a tunnel, they leave in fragments (RFC 8200 4.5), the first one last; packets that are fragments
 * already are dropped then. The packet begins with its IPv6 header.
 *
 * <pre>{@code
 * ... -> fr :: IP6Fragmenter(1280) -> Queue(20) -> ...;
 * fr[1] -> ICMP6Error(2001:db8::1, packettoobig, MTU 1280) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code fragments}, {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "IP6Fragmenter", ports = "1/1-2", processing = "h/h", drops = "tooBig")
public final class Ip6Fragmenter extends Element {
    private final Counter fragments = counter();
    private Counter sent = new Counter();
    private Counter delivered = new Counter();
    private int mtu;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooBig;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        mtu = arguments.required("MTU", ArgumentTypes.integer(Ipv6Header.MTU_MIN, 0xffff));
    }

    @Override
    protected void initialize() {
        sent = sent();
        delivered = delivered();
        tooBig = drops("tooBig");
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (packet.length() <= mtu) {
                output(0).add(packet);
            } else if (hasOutput(1)) {
                output(1).add(packet);
            } else {
                fragment(packet);
            }
        }
        batch.recycle();
        flushOutputs();
    }

    /**
     * The end of what each fragment repeats: the header, hop-by-hop options, routing, and the
     * destination options before it.
     *
     * @return 0 where the packet cannot be fragmented
     */
    private static int unfragmentable(Packet packet) {
        if (!Ip6.hasHeader(packet, 0)) {
            return 0;
        }
        int end = Ipv6Header.BYTES;
        int at = Ipv6Header.BYTES;
        int next = packet.u8(Ipv6Header.NEXT_HEADER_AT);
        while (next == Ipv6Header.HOP_BY_HOP
                || next == Ipv6Header.ROUTING
                || next == Ipv6Header.DESTINATION_OPTIONS) {
            if (at + 8 > packet.length()) {
                return 0;
            }
            int length = (packet.u8(at + 1) + 1) << 3;
            boolean repeats = next != Ipv6Header.DESTINATION_OPTIONS;
            next = packet.u8(at);
            at += length;
            end = repeats ? at : end;
        }
        return next == Ipv6Header.FRAGMENT || end > packet.length() ? 0 : end;
    }

    /** The byte that says what follows the header that ends at {@code end}. */
    private static int lastNextHeaderAt(Packet packet, int end) {
        int field = Ipv6Header.NEXT_HEADER_AT;
        for (int at = Ipv6Header.BYTES; at < end; at += (packet.u8(at + 1) + 1) << 3) {
            field = at;
        }
        return field;
    }

    private void fragment(Packet packet) {
        int head = unfragmentable(packet);
        int room = mtu - head - Ipv6Header.FRAGMENT_BYTES & ~7;
        if (head == 0 || room <= 0) {
            tooBig.drop(packet);
            return;
        }
        int field = lastNextHeaderAt(packet, head);
        int next = packet.u8(field);
        int id = chance().nextInt();
        int total = packet.length() - head;
        int last = (total - 1) / room * room;
        for (int offset = last; offset >= 0; offset -= room) {
            int size = Math.min(room, total - offset);
            Packet fragment = piece(packet, head, offset, size);
            fragment.set8(field, Ipv6Header.FRAGMENT);
            fragment.set8(head, next);
            fragment.set8(head + 1, 0);
            fragment.set16(head + 2, offset | (offset == last ? 0 : 1));
            fragment.set32(head + 4, id);
            fragments.increment();
            sent.increment();
            output(0).add(fragment);
        }
        delivered.increment();
        packet.kill();
    }

    private Packet piece(Packet packet, int head, int offset, int size) {
        int payload = head + Ipv6Header.FRAGMENT_BYTES;
        Packet piece = loop().packets().allocate(payload + size);
        piece.copyAnnotations(packet);
        piece.buffer().setBytes(piece.start(), packet.buffer(), packet.start(), head);
        piece.buffer()
                .setBytes(
                        piece.start() + payload,
                        packet.buffer(),
                        packet.start() + head + offset,
                        size);
        piece.set16(Ipv6Header.PAYLOAD_LENGTH_AT, payload + size - Ipv6Header.BYTES);
        return piece;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("fragments", fragments::value);
    }
}
