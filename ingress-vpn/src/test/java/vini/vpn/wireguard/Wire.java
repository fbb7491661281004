package vini.vpn.wireguard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Endpoint;
import vini.net.Prefix;
import vini.time.VirtualClock;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Devices in virtual time that reach each other at once, unless a test does something to that. */
final class Wire {
    static final long MS = 1_000_000;
    static final long SECOND = 1000 * MS;

    /** A message on its way. */
    static final class Sent {
        final Endpoint from;
        final Endpoint to;
        final byte[] message;

        Sent(Endpoint from, Endpoint to, byte[] message) {
            this.from = from;
            this.to = to;
            this.message = message;
        }

        int type() {
            return message[0];
        }
    }

    /** What happens on the way. */
    interface Way {
        /** What arrives; null if it is lost. */
        @Nullable Sent pass(Sent sent);
    }

    /** An end: a device, and what came out of it. */
    final class End implements Outlet {
        final Endpoint at;
        final Secret key;
        final Device device;

        /** Packets that came, as text. */
        final List<String> received = new ArrayList<>();

        /** Where from. */
        final List<Endpoint> froms = new ArrayList<>();

        /** What waits for keys. */
        final Deque<String> waiting = new ArrayDeque<>();

        int gaveUp;
        boolean works;

        /** What is said when an address is another than the device's: roaming. */
        Endpoint says;

        End(String at, long seed, Times times) {
            this.at = Endpoint.parse(at);
            says = this.at;
            Random chance = new Random(seed);
            key = Secret.privateKey(chance);
            device = new Device(new Identity(key.bytes()), times, clock, chance, this);
            ends.put(this.at, this);
        }

        Peer add(
                String name,
                End other,
                String allowed,
                @Nullable Secret preshared,
                long keepalive) {
            return device.add(
                    new Peer.Settings(
                            name,
                            other.key.publicKey(),
                            preshared,
                            Arrays.stream(allowed.split(",")).map(Prefix::parse).toList(),
                            keepalive));
        }

        Peer peer(String name) {
            return Objects.requireNonNull(device.peer(name));
        }

        /** The keys for packets to a peer. */
        Session keys(String name) {
            return Objects.requireNonNull(peer(name).current);
        }

        @Override
        public void send(Endpoint to, byte[] message) {
            Sent sent = new Sent(says, to, message);
            log.add(sent);
            Sent passed = way.pass(sent);
            if (passed != null) {
                queue.add(passed);
            }
        }

        @Override
        public boolean ready(Peer peer) {
            boolean some = !waiting.isEmpty();
            while (!waiting.isEmpty()) {
                say(peer.name(), waiting.poll());
            }
            return some;
        }

        @Override
        public void gaveUp(Peer peer) {
            gaveUp++;
            waiting.clear();
        }

        @Override
        public void workWaits() {
            works = true;
        }

        /** Sends a packet, or lets it wait for keys. */
        void say(String name, String text) {
            Peer peer = peer(name);
            Session session = device.sending(peer, clock.nowNanos());
            if (session == null) {
                waiting.add(text);
                return;
            }
            byte[] padded =
                    Arrays.copyOf(
                            text.getBytes(StandardCharsets.US_ASCII),
                            32 * (text.length() / 32 + 1));
            send(Objects.requireNonNull(peer.endpoint()), seal(session, padded, clock.nowNanos()));
        }

        /** A message of those bytes. */
        byte[] seal(Session session, byte[] plain, long now) {
            ByteBuf message = Unpooled.directBuffer(plain.length + Messages.TRANSPORT_EXTRA_BYTES);
            int at = Messages.TRANSPORT_HEADER_BYTES;
            message.setBytes(at, plain);
            byte[] bytes =
                    new byte[device.seal(session, message, at, plain.length, message, 0, now)];
            message.getBytes(0, bytes);
            message.release();
            return bytes;
        }

        void take(Sent sent) {
            byte[] message = sent.message.clone();
            if (Messages.type(message, message.length) != Messages.TRANSPORT) {
                device.receive(message, sent.from);
                while (workAtOnce && device.work()) {}
                return;
            }
            Session session = device.find(Messages.receiver(message));
            if (session == null) {
                return;
            }
            ByteBuf bytes = Unpooled.directBuffer(message.length).writeBytes(message);
            int opened = device.open(session, bytes, 0, message.length, clock.nowNanos());
            bytes.getBytes(0, message).release();
            if (opened == Device.REFUSED) {
                return;
            }
            device.roamed(session.peer(), sent.from);
            if (opened > 0) {
                received.add(
                        new String(message, 16, opened, StandardCharsets.US_ASCII)
                                .replace("\0", ""));
                froms.add(sent.from);
            }
        }
    }

    final VirtualClock clock = new VirtualClock();
    final Map<Endpoint, End> ends = new LinkedHashMap<>();
    final Deque<Sent> queue = new ArrayDeque<>();

    /** All that was sent, lost or not. */
    final List<Sent> log = new ArrayList<>();

    /** What happens on the way; null: it is lost. */
    Way way = sent -> sent;

    boolean workAtOnce = true;

    End end(String at, long seed) {
        return new End(at, seed, Times.STANDARD);
    }

    /** Delivers all that is on its way. */
    void settle() {
        while (!queue.isEmpty()) {
            Sent sent = queue.poll();
            End to = ends.get(sent.to);
            if (to != null) {
                to.take(sent);
            }
        }
    }

    /** Lets time pass. */
    void run(long nanos) {
        long until = clock.nowNanos() + nanos;
        settle();
        while (clock.fireOne(until)) {
            settle();
        }
        clock.runUntil(until);
    }

    /** How many messages of a type were sent since {@code from} messages were. */
    long sent(int type, int from) {
        return log.subList(from, log.size()).stream().filter(s -> s.type() == type).count();
    }
}
