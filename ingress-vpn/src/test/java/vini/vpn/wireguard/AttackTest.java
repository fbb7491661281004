package vini.vpn.wireguard;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.vpn.wireguard.Wire.MS;
import static vini.vpn.wireguard.Wire.SECOND;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.io.Endpoint;
import vini.net.Ipv4Address;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/** Who changes, cuts, repeats, reorders or forges messages gets nothing, and breaks nothing. */
class AttackTest {
    private static final int MAC2_BYTES = 16;

    private final Wire wire = new Wire();
    private final Wire.End client = wire.end("192.0.2.1:1000", 1);
    private final Wire.End server = wire.end("192.0.2.2:51820", 2);

    @BeforeEach
    void meet() {
        client.add("server", server, "0.0.0.0/0", null, 0).endpoint(server.at);
        server.add("client", client, "10.0.0.1/32", null, 0);
    }

    /** The first message of that type, which does not arrive. */
    private Wire.Sent intercept(int type) {
        wire.way = s -> s.type() == type ? null : s;
        client.say("server", "hello");
        wire.settle();
        wire.way = s -> s;
        Wire.Sent held = wire.log.getLast();
        assertThat(held.type()).isEqualTo(type);
        return held;
    }

    private static Wire.Sent with(Wire.Sent sent, byte[] message) {
        return new Wire.Sent(sent.from, sent.to, message);
    }

    /** As an attacker may who knows the receiver's public key: both have one. */
    private byte[] signed(byte[] message, Wire.End receiver) {
        byte[] changed = message.clone();
        new CookieJar(receiver.key.publicKey().bytes(), new Aead()).sign(changed, 0);
        return changed;
    }

    @Test
    void anInitiationWithAByteChangedIsNotAnswered() {
        Wire.Sent initiation = intercept(Messages.INITIATION);
        for (int i = 0; i < Messages.INITIATION_BYTES - MAC2_BYTES; i++) {
            byte[] changed = initiation.message.clone();
            changed[i] ^= (byte) 0x40;
            server.take(with(initiation, changed));
        }
        assertThat(server.device.counted(Event.RESPONSE_SENT)).isZero();
        for (int i = 8; i < Messages.INITIATION_MACS_AT; i++) {
            byte[] changed = initiation.message.clone();
            changed[i] ^= (byte) 0x01;
            server.take(with(initiation, signed(changed, server)));
        }
        assertThat(server.device.counted(Event.RESPONSE_SENT)).isZero();
        assertThat(server.device.counted(Event.FORGED_HANDSHAKE)).isEqualTo(108);
        // The second MAC means nothing while there is no load.
        byte[] changed = initiation.message.clone();
        changed[140] = 7;
        server.take(with(initiation, changed));
        assertThat(server.device.counted(Event.RESPONSE_SENT)).isEqualTo(1);
    }

    @Test
    void anInitiationOfAnotherLengthIsNotAnswered() {
        Wire.Sent initiation = intercept(Messages.INITIATION);
        for (int i = 0; i < Messages.INITIATION_BYTES; i++) {
            server.take(with(initiation, Arrays.copyOf(initiation.message, i)));
        }
        server.take(with(initiation, Arrays.copyOf(initiation.message, 149)));
        assertThat(server.device.counted(Event.MALFORMED)).isEqualTo(149);
        assertThat(server.device.counted(Event.INITIATION_RECEIVED)).isZero();
    }

    @Test
    void anInitiationIsAnsweredOnce() {
        Wire.Sent initiation = intercept(Messages.INITIATION);
        server.take(initiation);
        wire.settle();
        assertThat(server.received).containsExactly("hello");
        wire.run(SECOND);
        server.take(new Wire.Sent(Endpoint.parse("198.51.100.1:1"), server.at, initiation.message));
        assertThat(server.device.counted(Event.STALE_INITIATION)).isEqualTo(1);
        assertThat(server.peer("client").endpoint()).isEqualTo(client.at);
        client.say("server", "still here");
        wire.settle();
        assertThat(server.received).containsExactly("hello", "still here");
    }

    @Test
    void anOlderInitiationThatComesLateIsRefused() {
        Wire.Sent first = intercept(Messages.INITIATION);
        wire.run(6 * SECOND);
        assertThat(server.received).containsExactly("hello");
        server.take(first);
        assertThat(server.device.counted(Event.STALE_INITIATION)).isEqualTo(1);
    }

    @Test
    void initiationsOfOnePeerComeNotTooFast() {
        client.say("server", "hello");
        wire.settle();
        Identity known = new Identity(client.key.bytes());
        Aead aead = new Aead();
        byte[] theirs = server.key.publicKey().bytes();
        byte[] shared = Objects.requireNonNull(Curve.shared(client.key.bytes(), theirs));
        for (int i = 1; i <= 10; i++) {
            byte[] message =
                    new InitiatorHandshake(
                                    known,
                                    theirs,
                                    shared,
                                    new byte[32],
                                    i,
                                    Tai64n.of(i * SECOND),
                                    aead,
                                    new Random(i))
                            .message();
            server.take(new Wire.Sent(client.at, server.at, signed(message, server)));
        }
        assertThat(server.device.counted(Event.TOO_MANY_INITIATIONS)).isEqualTo(10);
    }

    @Test
    void aResponseWithAByteChangedMakesNoKeys() {
        Wire.Sent response = intercept(Messages.RESPONSE);
        for (int i = 0; i < Messages.RESPONSE_BYTES - MAC2_BYTES; i++) {
            byte[] changed = response.message.clone();
            changed[i] ^= (byte) 0x40;
            client.take(with(response, changed));
        }
        for (int i = 8; i < Messages.RESPONSE_MACS_AT; i++) {
            byte[] changed = response.message.clone();
            changed[i] ^= (byte) 0x01;
            client.take(with(response, signed(changed, client)));
        }
        for (int i = 0; i < Messages.RESPONSE_BYTES; i++) {
            client.take(with(response, Arrays.copyOf(response.message, i)));
        }
        assertThat(client.device.counted(Event.RESPONSE_RECEIVED)).isZero();
        assertThat(client.peer("server").current).isNull();
        client.take(response);
        client.take(response);
        wire.settle();
        assertThat(client.device.counted(Event.RESPONSE_RECEIVED)).isEqualTo(1);
        assertThat(server.received).containsExactly("hello");
    }

    @Test
    void keysThatLeaveNoSecretAreRefused() {
        Wire.Sent initiation = intercept(Messages.INITIATION);
        byte[] changed = initiation.message.clone();
        Arrays.fill(changed, 8, 40, (byte) 0);
        server.take(with(initiation, signed(changed, server)));
        assertThat(server.device.counted(Event.FORGED_HANDSHAKE)).isEqualTo(1);
    }

    @Test
    void whoIsNotKnownIsNotAnswered() {
        Wire.End stranger = wire.end("192.0.2.66:1", 66);
        stranger.add("server", server, "0.0.0.0/0", null, 0).endpoint(server.at);
        stranger.say("server", "let me in");
        wire.run(20 * SECOND);
        assertThat(server.device.counted(Event.UNKNOWN_PEER)).isGreaterThan(3);
        assertThat(wire.log).allMatch(s -> s.from.equals(stranger.at));
    }

    @Test
    void aPacketWithAByteChangedOrCutIsRefused() {
        client.say("server", "hello");
        wire.settle();
        client.says = Endpoint.parse("198.51.100.1:1");
        wire.way = s -> null;
        client.say("server", "a secret");
        Wire.Sent data = wire.log.getLast();
        for (int i = 0; i < data.message.length; i++) {
            byte[] changed = data.message.clone();
            changed[i] ^= (byte) 0x80;
            server.take(with(data, changed));
            server.take(with(data, Arrays.copyOf(data.message, i)));
        }
        assertThat(server.received).containsExactly("hello");
        assertThat(server.peer("client").endpoint()).isEqualTo(client.at);
        server.take(data);
        server.take(data);
        assertThat(server.received).containsExactly("hello", "a secret");
        assertThat(server.device.counted(Event.REPLAYED_PACKET)).isEqualTo(1);
    }

    @Test
    void packetsMayBeOutOfOrderWithinTheWindow() {
        client.say("server", "hello");
        wire.settle();
        wire.way = s -> null;
        int from = wire.log.size();
        for (int i = 0; i < 9000; i++) {
            client.say("server", "p" + i);
        }
        Wire.Sent last = wire.log.getLast();
        server.take(last);
        for (int i = 8998; i >= 0; i--) {
            server.take(wire.log.get(from + i));
        }
        assertThat(server.received).hasSize(1 + ReplayWindow.SIZE);
        assertThat(server.received.getLast()).isEqualTo("p" + (9000 - ReplayWindow.SIZE));
        assertThat(server.device.counted(Event.REPLAYED_PACKET))
                .isEqualTo(9000 - ReplayWindow.SIZE);
    }

    @Test
    void aFloodOfInitiationsIsMetWithCookies() {
        client.say("server", "hello");
        wire.settle();
        wire.workAtOnce = false;
        Wire.End late = wire.end("192.0.2.9:9", 9);
        late.add("server", server, "0.0.0.0/0", null, 0).endpoint(server.at);
        server.add("late", late, "10.0.0.9/32", null, 0);
        Wire.End stranger = wire.end("192.0.2.66:1", 66);
        stranger.add("server", server, "0.0.0.0/0", null, 0).endpoint(server.at);
        wire.way = s -> s.to.equals(server.at) || !isFlood(s.to) ? s : null;
        Random random = new Random(5);
        int worked = 0;
        // Ten seconds of 10,000 a second, and time for 2,000 handshakes a second.
        for (int ms = 0; ms < 10_000; ms++) {
            for (int i = 0; i < 10; i++) {
                byte[] message = new byte[Messages.INITIATION_BYTES];
                random.nextBytes(message);
                System.arraycopy(Messages.initiation(i), 0, message, 0, 8);
                Endpoint from = Endpoint.parse("10.66." + random.nextInt(256) + ".1:" + i);
                server.take(new Wire.Sent(from, server.at, signed(message, server)));
            }
            for (int i = 0; i < 2; i++) {
                worked += server.device.work() ? 1 : 0;
                late.device.work();
                client.device.work();
            }
            if (ms % 100 == 0) {
                client.say("server", "p" + ms);
            }
            if (ms == 3000) {
                late.say("server", "may I?");
            }
            wire.run(MS);
        }
        assertThat(server.received).contains("p0", "p9900").contains("may I?").hasSize(102);
        long cookies = server.device.counted(Event.COOKIE_SENT);
        assertThat(cookies).isBetween(15_000L, 10L * CookieLimiter.PER_SECOND);
        assertThat(server.device.counted(Event.COOKIE_WITHHELD)).isGreaterThan(50_000);
        assertThat(late.device.counted(Event.COOKIE_RECEIVED)).isPositive();
        // The first of the flood, and then those who show a cookie.
        assertThat(worked).isLessThan(1500);
    }

    private static boolean isFlood(Endpoint to) {
        return to.toString().startsWith("10.66.");
    }

    /** Nobody of them asks twice, so that who comes for the first time is not known by that. */
    @Test
    void aUserGetsInAmongStrangersOfAllAddresses() {
        wire.workAtOnce = false;
        Wire.End late = wire.end("192.0.2.9:9", 9);
        late.add("server", server, "0.0.0.0/0", null, 0).endpoint(server.at);
        server.add("late", late, "10.0.0.9/32", null, 0);
        byte[] message = signed(Messages.initiation(1), server);
        Random random = new Random(7);
        for (int ms = 0; ms < 60_000 && !late.received.contains("welcome"); ms++) {
            for (int i = 0; i < 10; i++) {
                Endpoint from = Endpoint.of(new Ipv4Address(random.nextInt()), 1 + i);
                server.device.receive(message.clone(), from);
            }
            for (int i = 0; i < 2; i++) {
                boolean _ = server.device.work();
                boolean _ = late.device.work();
            }
            if (ms == 3000) {
                late.say("server", "may I?");
            }
            if (ms > 3000 && server.received.contains("may I?")) {
                server.say("late", "welcome");
            }
            wire.run(MS);
            wire.log.clear();
        }
        assertThat(late.received).contains("welcome");
        assertThat(late.device.counted(Event.COOKIE_RECEIVED)).isPositive();
        assertThat(server.device.counted(Event.COOKIE_WITHHELD)).isPositive();
    }

    @Test
    void whoGotACookieAMomentAgoIsBehindOthers() {
        CookieLimiter limiter = new CookieLimiter(3);
        Endpoint again = Endpoint.parse("[2001:db8::1]:1");
        assertThat(limiter.take(again, 0)).isTrue();
        for (int i = 0; i < CookieLimiter.BURST / 2; i++) {
            assertThat(limiter.take(Endpoint.parse("192.0.2.1:" + i), 0)).isTrue();
        }
        assertThat(limiter.hasRoom(again, 0)).isFalse();
        assertThat(limiter.take(again, 0)).isFalse();
        assertThat(limiter.take(Endpoint.parse("[2001:db8::2]:1"), 0)).isTrue();
        // It may have been another who asked in its name.
        assertThat(limiter.take(again, SECOND / 100)).isTrue();
        int all = 0;
        for (int ms = 20; ms < 1020; ms++) {
            for (int i = 0; i < 10; i++) {
                all += limiter.take(Endpoint.parse("192.0.2.2:" + (ms * 10 + i)), ms * MS) ? 1 : 0;
            }
        }
        assertThat(all)
                .isBetween(
                        CookieLimiter.PER_SECOND, CookieLimiter.PER_SECOND + CookieLimiter.BURST);
        assertThat(limiter.hasRoom(again, CookieLimiter.AGAIN_NANOS * 2)).isTrue();
    }

    @Test
    void whatIsNotForUsTakesNoCookieFromOthers() {
        HandshakeGate gate =
                new HandshakeGate(
                        new CookieChecker(
                                server.key.publicKey().bytes(), new JavaCipher(), new Random(1)),
                        2);
        byte[] message = signed(Messages.initiation(1), server);
        for (int i = 0; i < HandshakeGate.LOAD; i++) {
            assertThat(gate.enter(message, Endpoint.parse("192.0.2.1:1"), 0)).isNull();
        }
        byte[] wrong = Messages.initiation(1);
        for (int i = 0; i < 10_000; i++) {
            Endpoint from = Endpoint.parse("192.0.2.2:" + i);
            assertThat(gate.enter(wrong, from, 0)).isEqualTo(Event.WRONG_MAC);
        }
        assertThat(gate.enter(message, Endpoint.parse("192.0.2.1:1"), 0))
                .isEqualTo(Event.COOKIE_SENT);
    }

    @Test
    void underLoadOneSourceMayNotAskTooOften() {
        SourceLimiter limiter = new SourceLimiter();
        Endpoint one = Endpoint.parse("192.0.2.1:1");
        int good = 0;
        for (int ms = 0; ms < 10_000; ms++) {
            good += limiter.take(one.address(), ms * MS) ? 1 : 0;
        }
        assertThat(good).isBetween(200, 206);
        for (int i = 0; i < 100_000; i++) {
            limiter.take(new Ipv4Address(i), 10_000 * MS);
        }
        assertThat(limiter.size()).isEqualTo(8192);
    }

    @Test
    void theQueueOfHandshakesIsBounded() {
        wire.workAtOnce = false;
        HandshakeGate gate =
                new HandshakeGate(
                        new CookieChecker(
                                server.key.publicKey().bytes(), new JavaCipher(), new Random(1)),
                        2);
        byte[] message = signed(Messages.initiation(1), server);
        Endpoint from = Endpoint.parse("192.0.2.1:1");
        for (int i = 0; i < HandshakeGate.LOAD; i++) {
            assertThat(gate.enter(message, from, 0)).isNull();
        }
        assertThat(gate.enter(message, from, 0)).isEqualTo(Event.COOKIE_SENT);
        while (gate.next() != null) {}
        assertThat(gate.isUnderLoad(SECOND / 2)).isTrue();
        for (int i = 0; i < 10 * HandshakeGate.LOAD; i++) {
            assertThat(gate.enter(message, from, SECOND / 2 + i * SECOND / 5000))
                    .isIn(Event.COOKIE_SENT, Event.COOKIE_WITHHELD);
        }
        assertThat(gate.isUnderLoad(5 * SECOND)).isFalse();
    }
}
