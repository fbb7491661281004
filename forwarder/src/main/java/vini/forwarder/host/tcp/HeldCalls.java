package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.HostCounter;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.net.Ipv4Address;
import vini.net.wire.TcpHeader;

import java.util.LinkedHashMap;
import java.util.Map;

/** The SYNs of a stack that nobody has answered yet. */
final class HeldCalls {
    private final TcpStack stack;
    private final Map<Parties, Held> held = new LinkedHashMap<>();

    private record Parties(int from, int fromPort, int to, int toPort) {
        static Parties of(Segment segment) {
            return new Parties(
                    segment.source(),
                    segment.sourcePort(),
                    segment.destination(),
                    segment.destinationPort());
        }
    }

    HeldCalls(TcpStack stack) {
        this.stack = stack;
    }

    boolean has(Segment segment) {
        return !held.isEmpty() && held.containsKey(Parties.of(segment));
    }

    void clear() {
        held.clear();
    }

    /** Takes a SYN, or anything else from who is held. */
    void input(TcpGate gate, Segment segment, int start) {
        Parties ends = Parties.of(segment);
        Held call = held.get(ends);
        if (call != null) {
            again(call, segment);
        } else if (held.size() + stack.connectionCount() >= TcpStack.CONNECTIONS_MAX
                && !stack.hasRoom()) {
            stack.counters().add(HostCounter.TCP_TABLE_FULL);
        } else {
            Held fresh = new Held(ends, segment, start);
            held.put(ends, fresh);
            fresh.onHangUp = gate.called(fresh);
        }
    }

    /** The same SYN again, or another one instead, or a reset of exactly it (RFC 5961 3.2). */
    private void again(Held call, Segment segment) {
        call.heardNanos = stack.clock().nowNanos();
        if (segment.has(TcpHeader.RST)) {
            if (segment.sequence() == call.syn.sequence() + 1) {
                held.remove(call.ends, call);
                call.onHangUp.run();
            }
        } else if (segment.has(TcpHeader.SYN) && !segment.has(TcpHeader.ACK)) {
            call.syn = segment.withoutData();
        } else {
            stack.counters().add(HostCounter.TCP_UNACCEPTABLE);
        }
    }

    private final class Held implements TcpCall {
        private final Parties ends;
        private final byte[] packet;
        private Segment syn;
        private Runnable onHangUp = () -> {};
        private long heardNanos = stack.clock().nowNanos();
        private @Nullable Connection accepted;

        Held(Parties ends, Segment syn, int start) {
            this.ends = ends;
            this.syn = syn.withoutData();
            ByteBuf from = syn.packet();
            // Without its data, if it has any: an error needs no more.
            packet = new byte[Math.max(0, syn.payloadAt() - start)];
            from.getBytes(start, packet);
        }

        @Override
        public Ipv4Address from() {
            return new Ipv4Address(ends.from);
        }

        @Override
        public int fromPort() {
            return ends.fromPort;
        }

        @Override
        public Ipv4Address to() {
            return new Ipv4Address(ends.to);
        }

        @Override
        public int toPort() {
            return ends.toPort;
        }

        @Override
        public byte[] packet() {
            return packet.clone();
        }

        private void decided() {
            if (!held.remove(ends, this)) {
                throw new IllegalStateException("a call from " + from() + " is over already");
            }
        }

        @Override
        public TcpConnection accept(TcpHandler handler, TcpSettings settings) {
            decided();
            Connection connection = stack.called(syn, null, handler, settings);
            accepted = connection;
            connection.answer(syn);
            return connection;
        }

        @Override
        public void refuse() {
            decided();
            stack.reset(syn);
        }

        @Override
        public void ignore() {
            decided();
        }

        @Override
        public long heardNanos() {
            return accepted == null ? heardNanos : Math.max(heardNanos, accepted.heardNanos());
        }
    }
}
