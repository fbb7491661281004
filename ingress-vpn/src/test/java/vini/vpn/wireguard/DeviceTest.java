package vini.vpn.wireguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.vpn.wireguard.Wire.SECOND;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.io.Endpoint;

import java.util.Random;

/** Two devices in virtual time: handshakes, keys that get old, silence, and who is where. */
class DeviceTest {
    private final Wire wire = new Wire();
    private final Wire.End client = wire.end("192.0.2.1:1000", 1);
    private final Wire.End server = wire.end("192.0.2.2:51820", 2);

    @BeforeEach
    void meet() {
        client.add("server", server, "0.0.0.0/0", null, 0).endpoint(server.at);
        server.add("client", client, "10.0.0.1/32", null, 0);
    }

    @Test
    void aPacketMakesAHandshakeAndGoes() {
        client.say("server", "hello");
        wire.settle();
        assertThat(server.received).containsExactly("hello");
        server.say("client", "hello too");
        wire.settle();
        assertThat(client.received).containsExactly("hello too");
        assertThat(wire.log.stream().map(Wire.Sent::type)).containsExactly(1, 2, 4, 4);
        assertThat(server.peer("client").endpoint()).isEqualTo(client.at);
        assertThat(server.peer("client").lastHandshake()).isZero();
        assertThat(wire.log.get(0).message).hasSize(148);
        assertThat(wire.log.get(1).message).hasSize(92);
    }

    @Test
    void theServerBeginsToo() {
        client.say("server", "hello");
        wire.run(200 * SECOND);
        server.say("client", "are you there");
        wire.run(SECOND);
        assertThat(client.received).containsExactly("are you there");
        assertThat(server.device.counted(Event.INITIATION_SENT)).isEqualTo(1);
    }

    @Test
    void aPresharedKeyIsNeededOnBothSides() {
        Secret preshared = Secret.presharedKey(new Random(3));
        server.add("client", client, "10.0.0.1/32", preshared, 0);
        client.say("server", "hello");
        wire.settle();
        assertThat(server.received).isEmpty();
        assertThat(client.device.counted(Event.FORGED_HANDSHAKE)).isEqualTo(1);
        client.add("server", server, "0.0.0.0/0", preshared, 0);
        wire.run(6 * SECOND);
        assertThat(server.received).containsExactly("hello");
    }

    @Test
    void keysAreRenewedByWhoBegan() {
        for (int i = 0; i < 200; i++) {
            client.say("server", "a" + i);
            server.say("client", "b" + i);
            wire.run(SECOND);
        }
        assertThat(server.received).hasSize(200);
        assertThat(client.received).hasSizeGreaterThanOrEqualTo(199);
        assertThat(client.device.counted(Event.INITIATION_SENT)).isEqualTo(2);
        assertThat(server.device.counted(Event.INITIATION_SENT)).isZero();
    }

    @Test
    void whoOnlyListensAsksBeforeTheKeysDie() {
        client.say("server", "hello");
        for (int i = 0; i < 200; i++) {
            server.say("client", "b" + i);
            wire.run(SECOND);
        }
        // The keepalives of the client find the keys old after two minutes already.
        assertThat(client.device.counted(Event.INITIATION_SENT)).isEqualTo(2);
        assertThat(client.received).hasSizeGreaterThanOrEqualTo(199);
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgain() {
        int[] lost = {3};
        wire.way = s -> s.type() == Messages.RESPONSE && lost[0]-- > 0 ? null : s;
        client.say("server", "hello");
        wire.run(4 * SECOND);
        assertThat(server.received).isEmpty();
        wire.run(13 * SECOND);
        assertThat(server.received).containsExactly("hello");
        assertThat(wire.sent(Messages.INITIATION, 0)).isEqualTo(4);
    }

    @Test
    void whoGetsNoAnswerGivesUpAfterAMinuteAndAHalf() {
        wire.way = s -> null;
        client.say("server", "hello");
        wire.run(89 * SECOND);
        assertThat(client.gaveUp).isZero();
        wire.run(15 * SECOND);
        assertThat(client.gaveUp).isEqualTo(1);
        assertThat(wire.sent(Messages.INITIATION, 0)).isBetween(18L, 19L);
        wire.run(1000 * SECOND);
        assertThat(wire.sent(Messages.INITIATION, 0)).isBetween(18L, 19L);
        wire.way = s -> s;
        client.say("server", "hello again");
        wire.run(SECOND);
        assertThat(server.received).containsExactly("hello again");
    }

    @Test
    void whoHasNothingToSaySaysThatItIsThere() {
        client.say("server", "hello");
        wire.run(9 * SECOND);
        int before = wire.log.size();
        wire.run(2 * SECOND);
        assertThat(wire.log.subList(before, wire.log.size()))
                .singleElement()
                .satisfies(s -> assertThat(s.message).hasSize(Messages.KEEPALIVE_BYTES))
                .satisfies(s -> assertThat(s.from).isEqualTo(server.at));
        wire.run(60 * SECOND);
        assertThat(wire.log).hasSize(before + 1);
    }

    @Test
    void aPeerThatHasLostItsKeysIsAskedForNewOnes() {
        client.say("server", "hello");
        wire.run(30 * SECOND);
        wire.way = s -> s.type() == Messages.TRANSPORT && s.to.equals(server.at) ? null : s;
        client.say("server", "lost");
        wire.run(14 * SECOND);
        assertThat(client.device.counted(Event.INITIATION_SENT)).isEqualTo(1);
        wire.run(2 * SECOND);
        assertThat(client.device.counted(Event.INITIATION_SENT)).isEqualTo(2);
    }

    @Test
    void oldKeysAreRefusedAndThenForgotten() {
        client.say("server", "hello");
        wire.settle();
        Session session = client.keys("server");
        wire.run(185 * SECOND);
        byte[] late = client.seal(session, new byte[32], 0);
        assertThat(late).hasSize(64);
        server.take(new Wire.Sent(client.at, server.at, late));
        assertThat(server.device.counted(Event.EXPIRED_KEYS)).isEqualTo(1);
        wire.run(600 * SECOND);
        assertThat(server.peer("client").current).isNull();
        server.take(new Wire.Sent(client.at, server.at, late));
        assertThat(server.device.counted(Event.UNKNOWN_INDEX)).isEqualTo(1);
    }

    @Test
    void aPeerIsWhereItsLastGenuineMessageCameFrom() {
        client.say("server", "hello");
        wire.settle();
        client.says = Endpoint.parse("198.51.100.7:2000");
        wire.ends.put(client.says, client);
        client.say("server", "from elsewhere");
        wire.settle();
        server.say("client", "there you are");
        wire.settle();
        assertThat(client.received).containsExactly("there you are");
        assertThat(wire.log.getLast().to).isEqualTo(client.says);
        assertThat(server.device.counted(Event.ROAMED)).isEqualTo(1);
    }

    @Test
    void aPersistentKeepaliveKeepsTheWayOpen() {
        client.add("server", server, "0.0.0.0/0", null, 25 * SECOND);
        wire.run(SECOND);
        assertThat(wire.sent(Messages.INITIATION, 0)).isEqualTo(1);
        int before = wire.log.size();
        wire.run(101 * SECOND);
        assertThat(wire.log.size() - before).isEqualTo(4);
        wire.run(1000 * SECOND);
        assertThat(server.keys("client").ageNanos(wire.clock.nowNanos())).isLessThan(180 * SECOND);
    }

    @Test
    void twoThatBeginAtOnceFindEachOther() {
        server.peer("client").endpoint(client.at);
        client.say("server", "a");
        server.say("client", "b");
        wire.run(20 * SECOND);
        assertThat(server.received).containsExactly("a");
        assertThat(client.received).containsExactly("b");
        client.say("server", "c");
        server.say("client", "d");
        wire.run(SECOND);
        assertThat(server.received).containsExactly("a", "c");
        assertThat(client.received).containsExactly("b", "d");
    }

    @Test
    void whatIsSaidOfAPeerIsChecked() {
        assertThatThrownBy(() -> server.add("other", client, "10.0.0.9/32", null, 0))
                .hasMessage("that key is 'client' already");
        assertThatThrownBy(() -> server.add("client", server, "10.0.0.9/32", null, 0))
                .hasMessage("'client' is there with another key; remove it first");
        Wire.End third = wire.end("192.0.2.3:1", 3);
        assertThatThrownBy(() -> server.add("third", third, "10.0.0.1/32", null, 0))
                .hasMessage("10.0.0.1/32 is 'client' already");
        assertThatThrownBy(() -> server.add("third", server, "10.0.0.3/32", null, 0))
                .hasMessageEndingWith("is our own public key");
    }

    @Test
    void aPeerThatIsRemovedIsForgottenAtOnce() {
        client.say("server", "hello");
        wire.settle();
        assertThat(server.device.remove("client")).isTrue();
        assertThat(server.device.remove("client")).isFalse();
        client.say("server", "still there?");
        wire.run(60 * SECOND);
        assertThat(server.received).containsExactly("hello");
        assertThat(server.device.counted(Event.UNKNOWN_INDEX)).isPositive();
        assertThat(server.device.counted(Event.UNKNOWN_PEER)).isPositive();
        assertThat(server.device.to(0x0a000001)).isNull();
    }

    @Test
    void whoHasNoWayOutKeepsStill() {
        client.device.awake(false);
        client.say("server", "hello");
        wire.run(100 * SECOND);
        assertThat(wire.log).isEmpty();
        client.device.awake(true);
        client.device.initiateSoon(client.peer("server"));
        assertThat(client.works).isTrue();
        assertThat(client.device.work()).isTrue();
        wire.run(SECOND);
        assertThat(server.received).containsExactly("hello");
    }

    @Test
    void nothingShowsAKey() {
        String shown = client.key + " " + client.peer("server") + new SessionKey(new byte[32]);
        assertThat(shown).doesNotContain(client.key.base64()).contains("a secret key");
    }
}
