package vini.forwarder.host;

import io.netty.buffer.ByteBuf;

import vini.net.wire.Ipv4Header;

/** Makes IPv4 packets for the protocols above and hands them to the {@link IpOutput}. */
public final class IpTransmitter {
    /** What Linux sends with. */
    public static final int TTL = 64;

    private final IpOutput output;
    private final HostCounters counters;
    private int nextId;
    private boolean sending;

    /** Makes packets of one host, or of all for whom it stands. */
    public IpTransmitter(IpOutput output, HostCounters counters) {
        this.output = output;
        this.counters = counters;
    }

    /** A buffer that holds the IP header already and has room for {@code payloadBytes} after it. */
    public ByteBuf begin(int source, int destination, int protocol, int payloadBytes, int ttl) {
        int length = Ipv4Header.BYTES + payloadBytes;
        ByteBuf packet = output.buffer(length);
        int id = nextId++ & 0xffff;
        Ipv4Header.emit(
                packet,
                0,
                length,
                id,
                Ipv4Header.DONT_FRAGMENT,
                ttl,
                protocol,
                source,
                destination);
        return packet;
    }

    /** Sends a packet that {@link #begin} began; it is given away. */
    public void send(ByteBuf packet) {
        counters.add(HostCounter.PACKETS_OUT);
        boolean outer = sending;
        sending = true;
        try {
            output.send(packet);
        } finally {
            sending = outer;
        }
    }

    /** Whether {@link #send} is on the call stack, so that what comes in must wait. */
    boolean isSending() {
        return sending;
    }
}
