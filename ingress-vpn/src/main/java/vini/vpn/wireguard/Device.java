package vini.vpn.wireguard;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Endpoint;
import vini.net.Prefix;
import vini.time.Clock;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One end of WireGuard, with any number of peers: what interfaces of other implementations are.
 * Time, chance and messages come from outside; what is to be sent goes to the {@link Outlet}.
 *
 * <p>A packet's way out: {@link #to} finds the peer, {@link #sending} its keys (or begins a
 * handshake), {@link #seal} makes the message. Its way in: {@link #find} finds the keys, {@link
 * #open} opens the message, {@link #roamed} says where it came from, and the packet's source must
 * be the peer's, {@link #to} again. All other messages go to {@link #receive}.
 */
public final class Device implements AutoCloseable {
    /** What {@link #open} says of a message that is not genuine. */
    public static final int REFUSED = -1;

    private final Identity self;
    private final Times times;
    private final Clock clock;
    private final RandomGenerator chance;
    private final Aead aead = new Aead();
    private final PacketCipher cipher;
    private final IndexTable<Object> indices;
    private final AllowedIps allowed = new AllowedIps();
    private final Map<String, Peer> byName = new LinkedHashMap<>();
    private final Map<PublicKey, Peer> byKey = new LinkedHashMap<>();
    private final Handshakes handshakes;
    private final long[] events = new long[Event.values().length];
    private Outlet outlet;

    /** Whether there is a way to the outside; else we keep still. */
    private boolean awake = true;

    /** A device with those times, and chance that must be secure. */
    public Device(Identity self, Times times, Clock clock, RandomGenerator chance, Outlet outlet) {
        this.self = self;
        this.times = times;
        this.clock = clock;
        this.chance = chance;
        this.outlet = outlet;
        cipher = PacketCipher.fastest();
        indices = new IndexTable<>(chance);
        handshakes = new Handshakes(this, self, times, aead, cipher, clock, chance, indices);
    }

    /** Another one is spoken to from now on. */
    public void outlet(Outlet other) {
        outlet = other;
    }

    Outlet outlet() {
        return outlet;
    }

    /** Whether there is a way to the outside; if not, nothing is begun or said. */
    public void awake(boolean is) {
        awake = is;
    }

    boolean isAwake() {
        return awake;
    }

    public PublicKey publicKey() {
        return new PublicKey(self.publicKey());
    }

    void count(Event event) {
        events[event.ordinal()]++;
    }

    /** A datagram came that is no message of ours. */
    public void malformed() {
        count(Event.MALFORMED);
    }

    /** How often that has happened. */
    public long counted(Event event) {
        return events[event.ordinal()];
    }

    /** What has happened at all. */
    public Map<Event, Long> counts() {
        Map<Event, Long> counts = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            if (events[event.ordinal()] > 0) {
                counts.put(event, events[event.ordinal()]);
            }
        }
        return counts;
    }

    /**
     * Adds a peer, or changes what is said of one; its keys and its endpoint stay.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public Peer add(Peer.Settings settings) {
        Peer known = byName.get(settings.name());
        Peer owner = byKey.get(settings.key());
        if (known != null && known != owner) {
            throw new IllegalArgumentException(
                    "'" + settings.name() + "' is there with another key; remove it first");
        }
        if (owner != null && known == null) {
            throw new IllegalArgumentException("that key is '" + owner.name() + "' already");
        }
        for (Prefix prefix : settings.allowed()) {
            checkFree(prefix, settings.name());
        }
        Peer peer = known == null ? make(settings) : known;
        peer.settings(settings);
        allowed.remove(peer);
        settings.allowed().forEach(prefix -> allowed.add(prefix, peer));
        peer.timers.persistent(settings.keepaliveNanos(), clock.nowNanos());
        arm(peer);
        return peer;
    }

    private void checkFree(Prefix prefix, String name) {
        for (Peer peer : byName.values()) {
            if (!peer.name().equals(name) && peer.settings().allowed().contains(prefix)) {
                throw new IllegalArgumentException(prefix + " is '" + peer.name() + "' already");
            }
        }
    }

    private Peer make(Peer.Settings settings) {
        byte[] shared = Curve.shared(self.privateKey(), settings.key().bytes());
        if (shared == null || settings.key().equals(publicKey())) {
            throw new IllegalArgumentException(
                    shared == null
                            ? settings.key() + " is no public key"
                            : settings.key() + " is our own public key");
        }
        PeerTimers timers = new PeerTimers(times);
        Peer[] made = new Peer[1];
        Peer peer =
                new Peer(
                        settings,
                        shared,
                        new CookieJar(settings.key().bytes(), aead),
                        timers,
                        clock.timer(() -> wake(made[0])));
        made[0] = peer;
        byName.put(settings.name(), peer);
        byKey.put(settings.key(), peer);
        return peer;
    }

    /** Forgets a peer and all keys with it; false if it is not there. */
    public boolean remove(String name) {
        Peer peer = byName.remove(name);
        if (peer == null) {
            return false;
        }
        byKey.remove(peer.settings().key());
        allowed.remove(peer);
        outlet.gaveUp(peer);
        end(peer);
        return true;
    }

    private void end(Peer peer) {
        peer.timers.clear();
        peer.wake.cancel();
        handshakes.forgetKeys(peer);
        peer.forget();
    }

    /** The peer of that name; null if there is none. */
    public @Nullable Peer peer(String name) {
        return byName.get(name);
    }

    @Nullable Peer peer(PublicKey key) {
        return byKey.get(key);
    }

    /** All peers, in the order in which they were added. */
    public Collection<Peer> peers() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Who has an IPv4 address; null if nobody. */
    public @Nullable Peer to(int address) {
        return allowed.find(address);
    }

    /** Who has an IPv6 address; null if nobody. */
    public @Nullable Peer to(long high, long low) {
        return allowed.find(high, low);
    }

    /** Begins a handshake with a peer, unless one was begun a moment ago or it is nowhere. */
    public void initiate(Peer peer) {
        handshakes.initiate(peer, clock.nowNanos());
        arm(peer);
    }

    /** As {@link #initiate}, as {@link #work} finds the time. */
    public void initiateSoon(Peer peer) {
        handshakes.initiateSoon(peer);
    }

    /**
     * Takes a message that is not data, of {@link Messages#type}.
     *
     * @param message is the device's then
     */
    public void receive(byte[] message, Endpoint from) {
        handshakes.receive(message, from, clock.nowNanos());
    }

    /** Does a piece of what costs much: one handshake; false if there was nothing to do. */
    public boolean work() {
        return handshakes.work();
    }

    /** Whether there is {@link #work}. */
    public boolean hasWork() {
        return handshakes.hasWork();
    }

    /** The keys for packets to a peer; null if there are none now: then a handshake begins. */
    public @Nullable Session sending(Peer peer, long now) {
        Session session = peer.current;
        if (session != null
                && session.ageNanos(now) < times.rejectAfterTime()
                && Long.compareUnsigned(session.sent(), times.rejectAfterMessages()) < 0) {
            return session;
        }
        handshakes.initiate(peer, now);
        arm(peer);
        return null;
    }

    /**
     * Makes a message, see {@link Session#seal}: of a packet and its padding, {@code length} bytes
     * in all. Buffers are direct ones.
     *
     * @return the length of the message
     */
    public int seal(
            Session session, ByteBuf plain, int plainAt, int length, ByteBuf to, int at, long now) {
        int bytes = session.seal(plain, plainAt, length, to, at);
        Peer peer = session.peer();
        peer.bytesSent += bytes;
        peer.timers.sent(now);
        if (length > 0) {
            peer.timers.sentData(now);
        }
        boolean old =
                session.isInitiator() && session.ageNanos(now) > times.rekeyAfterTime()
                        || Long.compareUnsigned(session.sent(), times.rekeyAfterMessages()) > 0;
        if (old) {
            handshakes.initiate(peer, now);
        }
        arm(peer);
        return bytes;
    }

    /** The keys for the message with that index; null if there are none, which is counted. */
    public @Nullable Session find(int index) {
        if (indices.find(index) instanceof Session session) {
            return session;
        }
        count(Event.UNKNOWN_INDEX);
        return null;
    }

    /**
     * Opens a message, see {@link Session#open}. The buffer is a direct one.
     *
     * @return the length of what was in it, 0 of a keepalive; or {@link #REFUSED}, which is counted
     */
    public int open(Session session, ByteBuf message, int at, int length, long now) {
        if (session.ageNanos(now) >= times.rejectAfterTime()) {
            count(Event.EXPIRED_KEYS);
            return REFUSED;
        }
        int opened = session.open(message, at, length, times.rejectAfterMessages());
        if (opened < 0) {
            count(opened == PacketCipher.FORGED ? Event.FORGED_PACKET : Event.REPLAYED_PACKET);
            return REFUSED;
        }
        Peer peer = session.peer();
        peer.bytesReceived += length;
        if (session.equals(peer.next)) {
            handshakes.confirmed(session, now);
        }
        peer.timers.received(now);
        if (opened == 0) {
            count(Event.KEEPALIVE_RECEIVED);
        } else {
            peer.timers.receivedData(now);
        }
        if (session.isInitiator()
                && session.ageNanos(now) > times.askAfterTime()
                && session.asksFirst()) {
            handshakes.initiate(peer, now);
        }
        arm(peer);
        return opened;
    }

    /** A genuine message of a peer came from there: that is where it is. */
    public void roamed(Peer peer, Endpoint to) {
        Endpoint before = peer.endpoint();
        if (!to.equals(before)) {
            if (before != null) {
                count(Event.ROAMED);
            }
            peer.endpoint(to);
        }
    }

    long jitter() {
        return chance.nextLong(PeerTimers.JITTER_MAX);
    }

    /** Wakes when the next timer of a peer is due; later ones need nothing. */
    void arm(Peer peer) {
        long next = peer.timers.next();
        if (next < peer.wakeAt) {
            peer.wakeAt = next;
            peer.wake.about(next);
        }
    }

    private void wake(Peer peer) {
        long now = clock.nowNanos();
        peer.wakeAt = PeerTimers.NEVER;
        for (PeerTimers.Due due = peer.timers.take(now); due != null; due = peer.timers.take(now)) {
            switch (due) {
                case REPEAT_INITIATION -> handshakes.repeat(peer, now);
                case NEW_HANDSHAKE -> handshakes.initiate(peer, now);
                case KEEPALIVE, PERSISTENT_KEEPALIVE -> handshakes.keepalive(peer, now);
                case FORGET_KEYS -> handshakes.forgetKeys(peer);
                case GIVE_UP -> {
                    count(Event.GAVE_UP);
                    handshakes.forgetPending(peer);
                    outlet.gaveUp(peer);
                }
            }
        }
        arm(peer);
    }

    /** Ends all, and makes all keys be forgotten. */
    @Override
    public void close() {
        byName.values().forEach(this::end);
        byName.clear();
        byKey.clear();
        self.forget();
        cipher.close();
    }
}
