package vini.forwarder.host;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;
import vini.net.wire.WireException;
import vini.time.Clock;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** ICMP of the builtin host: answers echo requests, sends its own, reads and writes errors. */
final class IcmpLayer {
    private static final int OPEN_MAX = 1024;
    private static final int ERRORS_PER_SECOND = 1000;

    /** RFC 1122 3.2.2: the offending header and at least eight bytes; RFC 1812 allows to 576. */
    private static final int QUOTE_BYTES_MAX = 548;

    private final Clock clock;
    private final RandomGenerator random;
    private final Ipv4Address address;
    private final IpTransmitter transmitter;
    private final HostCounters counters;
    private final Map<Integer, Echo> open = new TreeMap<>();
    private final RateLimit errors = new RateLimit(ERRORS_PER_SECOND, 50);

    IcmpLayer(
            Clock clock,
            RandomGenerator random,
            Ipv4Address address,
            IpTransmitter transmitter,
            HostCounters counters) {
        this.clock = clock;
        this.random = random;
        this.address = address;
        this.transmitter = transmitter;
        this.counters = counters;
    }

    IcmpEcho open(EchoListener listener) throws IOException {
        if (open.size() >= OPEN_MAX) {
            throw new IOException(OPEN_MAX + " echo senders are open already");
        }
        int id = random.nextInt(1, 0x10000);
        while (open.containsKey(id)) {
            id = id % 0xffff + 1;
        }
        Echo echo = new Echo(id, listener);
        open.put(id, echo);
        return echo;
    }

    /** Handles a message; returns the error that it is, if it is one for another protocol. */
    @Nullable IcmpErrorMessage input(ByteBuf packet, int start, int at, int length)
            throws WireException {
        IcmpHeader.check(packet, at, length);
        int type = packet.getUnsignedByte(at + IcmpHeader.TYPE_AT);
        Ipv4Address from = new Ipv4Address(packet.getInt(start + Ipv4Header.SOURCE_AT));
        if (type == IcmpHeader.ECHO_REQUEST) {
            answer(packet, start, at, length);
        } else if (type == IcmpHeader.ECHO_REPLY) {
            reply(packet, start, at, length, from);
        } else if (IcmpHeader.isError(type)) {
            IcmpErrorMessage error = IcmpErrorMessage.parse(packet, from, at, length);
            if (error.protocol() != Ipv4Header.ICMP) {
                return error;
            }
            echoError(error);
        } else {
            counters.add(HostCounter.ICMP_FOR_NOBODY);
        }
        return null;
    }

    private void answer(ByteBuf packet, int start, int at, int length) {
        ByteBuf answer =
                transmitter.begin(
                        packet.getInt(start + Ipv4Header.DESTINATION_AT),
                        packet.getInt(start + Ipv4Header.SOURCE_AT),
                        Ipv4Header.ICMP,
                        length,
                        IpTransmitter.TTL);
        int icmp = answer.writerIndex();
        answer.writeBytes(packet, at, length);
        answer.setByte(icmp + IcmpHeader.TYPE_AT, IcmpHeader.ECHO_REPLY);
        IcmpHeader.seal(answer, icmp, length);
        counters.add(HostCounter.ECHO_ANSWERED);
        transmitter.send(answer);
    }

    private void reply(ByteBuf packet, int start, int at, int length, Ipv4Address from) {
        Echo echo = open.get(packet.getUnsignedShort(at + IcmpHeader.ID_AT));
        if (echo == null) {
            counters.add(HostCounter.ICMP_FOR_NOBODY);
            return;
        }
        echo.listener.reply(
                from,
                packet.getUnsignedShort(at + IcmpHeader.SEQUENCE_AT),
                packet.getUnsignedByte(start + Ipv4Header.TTL_AT),
                length - IcmpHeader.BYTES,
                clock.nowNanos());
    }

    private void echoError(IcmpErrorMessage error) {
        Echo echo = open.get(error.word1() >>> 16);
        boolean request = error.word0() >>> 24 == IcmpHeader.ECHO_REQUEST;
        if (echo == null || !request || error.source() != address.bits()) {
            counters.add(HostCounter.ICMP_FOR_NOBODY);
            return;
        }
        echo.listener.error(
                error.from(), error.type(), error.code(), error.word1() & 0xffff, clock.nowNanos());
    }

    /** Tells the sender of a datagram that nobody listens on that port (RFC 1122 4.1.3.1). */
    void portUnreachable(ByteBuf packet, int start) {
        if (!errors.allow(clock.nowNanos())) {
            counters.add(HostCounter.ANSWER_LIMITED);
            return;
        }
        int total = packet.getUnsignedShort(start + Ipv4Header.TOTAL_LENGTH_AT);
        int quote = Math.min(total, QUOTE_BYTES_MAX);
        ByteBuf error =
                transmitter.begin(
                        packet.getInt(start + Ipv4Header.DESTINATION_AT),
                        packet.getInt(start + Ipv4Header.SOURCE_AT),
                        Ipv4Header.ICMP,
                        IcmpHeader.BYTES + quote,
                        IpTransmitter.TTL);
        int icmp = error.writerIndex();
        IcmpHeader.emit(
                error, IcmpHeader.DESTINATION_UNREACHABLE, IcmpHeader.PORT_UNREACHABLE, 0, 0);
        error.writeBytes(packet, start, quote);
        IcmpHeader.seal(error, icmp, IcmpHeader.BYTES + quote);
        transmitter.send(error);
    }

    private final class Echo implements IcmpEcho {
        private final int id;
        private final EchoListener listener;

        Echo(int id, EchoListener listener) {
            this.id = id;
            this.listener = listener;
        }

        @Override
        public int id() {
            return id;
        }

        @Override
        public void send(Ipv4Address destination, int sequence, int payloadBytes, int ttl) {
            int length = IcmpHeader.BYTES + payloadBytes;
            ByteBuf request =
                    transmitter.begin(
                            address.bits(), destination.bits(), Ipv4Header.ICMP, length, ttl);
            int icmp = request.writerIndex();
            IcmpHeader.emit(request, IcmpHeader.ECHO_REQUEST, 0, id, sequence);
            request.writeZero(payloadBytes);
            IcmpHeader.seal(request, icmp, length);
            transmitter.send(request);
        }

        @Override
        public void close() {
            open.remove(id, this);
        }
    }
}
