package vini.vpn.wireguard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Endpoint;
import vini.time.Clock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * The handshakes of a device: begins them, answers them, and says which keys of a peer serve for
 * what (paper, 6.1-6.6).
 */
final class Handshakes {
    /** A peer may begin so many handshakes a second. */
    private static final long INITIATION_NANOS = 1_000_000_000L / 50;

    private final Device device;
    private final Identity self;
    private final Times times;
    private final Aead aead;
    private final PacketCipher cipher;
    private final Clock clock;
    private final RandomGenerator chance;

    /** Sessions, and peers with an initiation that waits for its answer. */
    private final IndexTable<Object> indices;

    private final CookieChecker checker;
    private final HandshakeGate gate;
    private final Deque<Peer> initiateSoon = new ArrayDeque<>();

    Handshakes(
            Device device,
            Identity self,
            Times times,
            Aead aead,
            PacketCipher cipher,
            Clock clock,
            RandomGenerator chance,
            IndexTable<Object> indices) {
        this.device = device;
        this.self = self;
        this.times = times;
        this.aead = aead;
        this.cipher = cipher;
        this.clock = clock;
        this.chance = chance;
        this.indices = indices;
        checker = new CookieChecker(self.publicKey(), cipher, chance);
        gate = new HandshakeGate(checker, chance.nextLong());
    }

    /** Begins a handshake for a reason, unless one was begun a moment ago. */
    void initiate(Peer peer, long now) {
        peer.timers.begins();
        begin(peer, now);
    }

    /** Begins again, for nobody has answered. */
    void repeat(Peer peer, long now) {
        begin(peer, now);
    }

    void initiateSoon(Peer peer) {
        initiateSoon.add(peer);
        device.outlet().workWaits();
    }

    private void begin(Peer peer, long now) {
        Endpoint to = peer.endpoint();
        boolean justBegan =
                peer.lastInitiationSent != Peer.NEVER
                        && now - peer.lastInitiationSent < times.rekeyTimeout();
        if (to == null || justBegan || !device.isAwake()) {
            return;
        }
        peer.lastInitiationSent = now;
        forgetPending(peer);
        InitiatorHandshake handshake =
                new InitiatorHandshake(
                        self,
                        peer.settings().key().bytes(),
                        peer.shared,
                        peer.preshared(),
                        indices.add(peer),
                        timestamp(peer),
                        aead,
                        chance);
        peer.pending = handshake;
        byte[] message = handshake.message().clone();
        peer.cookies.sign(message, now);
        send(peer, to, message, now);
        peer.timers.initiated(now, device.jitter());
        device.count(Event.INITIATION_SENT);
    }

    /** Later than all that the peer has got. */
    private byte[] timestamp(Peer peer) {
        byte[] now = Tai64n.of(clock.epochNanos());
        if (!Tai64n.isAfter(now, peer.lastOwnTimestamp)) {
            now = Tai64n.next(peer.lastOwnTimestamp);
        }
        peer.lastOwnTimestamp = now;
        return now;
    }

    private void send(Peer peer, Endpoint to, byte[] message, long now) {
        peer.bytesSent += message.length;
        peer.timers.sent(now);
        device.outlet().send(to, message);
    }

    /** Says that we are here; begins a handshake if there are no keys. */
    void keepalive(Peer peer, long now) {
        Endpoint to = peer.endpoint();
        if (to == null || !device.isAwake()) {
            return;
        }
        Session session = device.sending(peer, now);
        if (session != null) {
            device.outlet().send(to, empty(session, now));
            device.count(Event.KEEPALIVE_SENT);
        }
    }

    /** A message without a packet. */
    private byte[] empty(Session session, long now) {
        ByteBuf message = Unpooled.directBuffer(Messages.KEEPALIVE_BYTES);
        int dataAt = Messages.TRANSPORT_HEADER_BYTES;
        byte[] bytes = new byte[device.seal(session, message, dataAt, 0, message, 0, now)];
        message.getBytes(0, bytes);
        message.release();
        return bytes;
    }

    /** Takes a message that is not data. */
    void receive(byte[] message, Endpoint from, long now) {
        switch (Messages.type(message, message.length)) {
            case Messages.INITIATION, Messages.RESPONSE -> enter(message, from, now);
            case Messages.COOKIE_REPLY -> cookie(message, now);
            default -> device.count(Event.MALFORMED);
        }
    }

    private void enter(byte[] message, Endpoint from, long now) {
        boolean first = !hasWork();
        Event refused = gate.enter(message, from, now);
        if (refused != null) {
            device.count(refused);
            if (refused == Event.COOKIE_SENT) {
                device.outlet().send(from, checker.reply(message, from, now));
            }
        } else if (first) {
            device.outlet().workWaits();
        }
    }

    private void cookie(byte[] message, long now) {
        Peer peer =
                switch (indices.find(Messages.receiver(message))) {
                    case Peer waiting -> waiting;
                    case Session session -> session.peer();
                    case null, default -> null;
                };
        if (peer == null) {
            device.count(Event.UNKNOWN_INDEX);
        } else {
            boolean good = peer.cookies.accept(message, now);
            device.count(good ? Event.COOKIE_RECEIVED : Event.FORGED_COOKIE);
        }
    }

    boolean hasWork() {
        return !gate.isEmpty() || !initiateSoon.isEmpty();
    }

    /** One handshake message, or one initiation that is to be sent. */
    boolean work() {
        long now = clock.nowNanos();
        HandshakeGate.Waiting next = gate.next();
        if (next == null) {
            Peer peer = initiateSoon.poll();
            if (peer != null && device.peer(peer.settings().key()) != null) {
                device.initiate(peer);
            }
            return peer != null;
        }
        Event refused =
                Messages.type(next.message, next.message.length) == Messages.INITIATION
                        ? initiation(next, now)
                        : response(next, now);
        if (refused != null) {
            device.count(refused);
        }
        return true;
    }

    private @Nullable Event initiation(HandshakeGate.Waiting waiting, long now) {
        ResponderHandshake handshake = ResponderHandshake.read(self, waiting.message, aead);
        if (handshake == null) {
            return Event.FORGED_HANDSHAKE;
        }
        Peer peer = device.peer(new PublicKey(handshake.peer()));
        if (peer == null) {
            return Event.UNKNOWN_PEER;
        }
        byte[] timestamp = handshake.timestamp(peer.shared, aead);
        if (timestamp == null) {
            return Event.FORGED_HANDSHAKE;
        }
        if (!Tai64n.isAfter(timestamp, peer.lastTimestamp)) {
            return Event.STALE_INITIATION;
        }
        if (peer.lastInitiationReceived != Peer.NEVER
                && now - peer.lastInitiationReceived < INITIATION_NANOS) {
            return Event.TOO_MANY_INITIATIONS;
        }
        peer.lastTimestamp = timestamp;
        peer.lastInitiationReceived = now;
        device.count(Event.INITIATION_RECEIVED);
        heard(peer, waiting, now);
        return device.isAwake() ? answer(peer, handshake, waiting, now) : null;
    }

    private @Nullable Event answer(
            Peer peer, ResponderHandshake handshake, HandshakeGate.Waiting waiting, long now) {
        int index = indices.add(peer);
        ResponderHandshake.Answer answer = handshake.respond(peer.preshared(), index, aead, chance);
        if (answer == null) {
            indices.remove(index);
            return Event.FORGED_HANDSHAKE;
        }
        Session session =
                new Session(
                        cipher,
                        peer,
                        Session.Role.RESPONDER,
                        index,
                        Messages.sender(waiting.message),
                        answer.send,
                        answer.receive,
                        now);
        indices.replace(index, session);
        forget(peer.next);
        forget(peer.previous);
        peer.next = session;
        peer.previous = null;
        // Ours need not be answered any more: there will be keys.
        peer.lastInitiationSent = now;
        peer.timers.derived(now);
        byte[] response = answer.response;
        peer.cookies.sign(response, now);
        send(peer, waiting.from, response, now);
        device.arm(peer);
        device.count(Event.RESPONSE_SENT);
        return null;
    }

    /** A genuine handshake message came. */
    private void heard(Peer peer, HandshakeGate.Waiting waiting, long now) {
        peer.bytesReceived += waiting.message.length;
        peer.timers.received(now);
        device.roamed(peer, waiting.from);
    }

    private @Nullable Event response(HandshakeGate.Waiting waiting, long now) {
        byte[] message = waiting.message;
        if (!(indices.find(Messages.responseReceiver(message)) instanceof Peer peer)) {
            return Event.UNKNOWN_INDEX;
        }
        InitiatorHandshake handshake = peer.pending;
        if (handshake == null || handshake.index() != Messages.responseReceiver(message)) {
            return Event.UNKNOWN_INDEX;
        }
        SessionKey[] keys = handshake.finish(message, aead);
        if (keys == null) {
            return Event.FORGED_HANDSHAKE;
        }
        int index = handshake.index();
        Session session =
                new Session(
                        cipher,
                        peer,
                        Session.Role.INITIATOR,
                        index,
                        Messages.sender(message),
                        keys[0],
                        keys[1],
                        now);
        handshake.forget();
        peer.pending = null;
        indices.replace(index, session);
        forget(peer.previous);
        if (peer.next != null) {
            forget(peer.current);
            peer.previous = peer.next;
            peer.next = null;
        } else {
            peer.previous = peer.current;
        }
        peer.current = session;
        device.count(Event.RESPONSE_RECEIVED);
        heard(peer, waiting, now);
        peer.timers.derived(now);
        completed(peer, now);
        return null;
    }

    /** The peer has used the keys of a handshake that it began: they are those of now. */
    void confirmed(Session session, long now) {
        Peer peer = session.peer();
        forget(peer.previous);
        peer.previous = peer.current;
        peer.current = session;
        peer.next = null;
        completed(peer, now);
    }

    private void completed(Peer peer, long now) {
        peer.timers.completed();
        peer.lastHandshake = now;
        boolean said = device.outlet().ready(peer);
        Session session = peer.current;
        if (!said && session != null && session.isInitiator()) {
            // The responder may use the keys only when it has got something under them.
            keepalive(peer, now);
        }
        device.arm(peer);
    }

    private void forget(@Nullable Session session) {
        if (session != null) {
            indices.remove(session.index());
            session.forget();
        }
    }

    void forgetPending(Peer peer) {
        InitiatorHandshake handshake = peer.pending;
        if (handshake != null) {
            indices.remove(handshake.index());
            handshake.forget();
            peer.pending = null;
        }
    }

    /** Forgets all keys with a peer. */
    void forgetKeys(Peer peer) {
        forgetPending(peer);
        forget(peer.current);
        forget(peer.previous);
        forget(peer.next);
        peer.current = null;
        peer.previous = null;
        peer.next = null;
    }
}
