package vini.forwarder.host.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.host.SimulatedWire;

class PingerTest {
    private static final long MS = 1_000_000L;

    private final SimulatedWire wire = new SimulatedWire(1, 38 * MS);
    private final HostApps apps = new HostApps(wire.a);

    @Test
    void sendsOnScheduleAndRecordsReplies() throws Exception {
        wire.clock.runUntil(5 * MS);
        String id = apps.start("ping", "DST 10.0.0.2, EVERY 100ms, FOR 300ms, AT 10000000");
        wire.clock.runUntil(1000 * MS);
        assertThat(apps.records(id).lines(0).getFirst()).startsWith("state 5000000 flow 1 ");
        assertThat(apps.records(id).lines(1))
                .containsExactly(
                        "sent 0 10000000",
                        "reply 0 86000000 64",
                        "sent 1 110000000",
                        "reply 1 186000000 64",
                        "sent 2 210000000",
                        "state 210000000 draining sent 3 replies 2 duplicates 0 errors 0 stale 0"
                                + " skipped 0",
                        "reply 2 286000000 64");
    }

    @Test
    void losesWhatALinkThatIsDownLoses() throws Exception {
        String id = apps.start("ping", "DST 10.0.0.2, EVERY 100ms");
        wire.clock.runUntil(150 * MS);
        wire.down = true;
        wire.clock.runUntil(450 * MS);
        wire.down = false;
        wire.clock.runUntil(599 * MS);
        apps.stop(id);
        apps.stop(id);
        wire.clock.runUntil(2000 * MS);
        // 100 ms: the request passed, and the reply left b while the link was up? It left at 138.
        assertThat(apps.records(id).lines(0).stream().filter(line -> line.startsWith("reply")))
                .extracting(line -> line.split(" ", 4)[1])
                .containsExactly("0", "1", "5");
        assertThat(apps.records(id).lines(0).getLast())
                .isEqualTo(
                        "state 599000000 stopped sent 6 replies 3 duplicates 0 errors 0 stale 0"
                                + " skipped 0");
    }

    @Test
    void countsDuplicates() throws Exception {
        wire.duplication = 1;
        String id = apps.start("ping", "DST 10.0.0.2, EVERY 1s, FOR 1s");
        wire.clock.runUntil(100 * MS);
        assertThat(apps.records(id).lines(1))
                .containsExactly(
                        "sent 0 0",
                        "state 0 draining sent 1 replies 0 duplicates 0 errors 0 stale 0"
                                + " skipped 0",
                        "reply 0 76000000 64",
                        "duplicate 0 76000000",
                        "duplicate 0 76000000",
                        "duplicate 0 76000000");
    }

    @Test
    void countsOnPastSixteenBitsOfSequence() throws Exception {
        String id = apps.start("ping", "DST 10.0.0.2, EVERY 1ms, FOR 70s");
        wire.clock.runUntil(71_000 * MS);
        assertThat(apps.records(id).lines(apps.records(id).next() - 1))
                .containsExactly("reply 69999 " + (69_999 * MS + 76 * MS) + " 64");
        assertThat(apps.records(id).lost()).isEqualTo(140_002 - AppLog.CAPACITY);
    }

    @Test
    void readsTheLogInParts() throws Exception {
        String id = apps.start("ping", "DST 10.0.0.2, EVERY 1s");
        wire.clock.runUntil(0);
        assertThat(apps.log(id, 0)).startsWith("log 0 2 0\nstate 0 flow 1 ");
        assertThat(apps.log(id, 1)).isEqualTo("log 1 2 0\nsent 0 0\n");
        wire.clock.runUntil(999 * MS);
        assertThat(apps.log(id, 2)).isEqualTo("log 2 3 0\nreply 0 76000000 64\n");
        assertThat(apps.log(id, 3)).isEqualTo("log 3 3 0\n");
    }

    @Test
    void refusesWrongArguments() {
        assertThatThrownBy(() -> apps.start("ping", "EVERY 1s")).hasMessage("ping: DST is missing");
        assertThatThrownBy(() -> apps.start("ping", "DST 10.0.0.2, EVRY 1s"))
                .hasMessage("ping: there is no EVRY, only DST, EVERY, SIZE, TTL, AT, FOR");
        assertThatThrownBy(() -> apps.start("ping", "DST 10.0.0.2, TTL 256"))
                .hasMessage("ping: TTL 256 is outside 0-255");
        assertThatThrownBy(() -> apps.start("ping", "DST"))
                .hasMessage("ping: \"DST\" is no argument: use KEYWORD VALUE");
        assertThatThrownBy(() -> apps.start("pong", ""))
                .hasMessage(
                        "\"pong\" is no app: use ping, receive, request, respond, send, trace,"
                                + " udp-receive or udp-send");
        assertThatThrownBy(() -> apps.stop("ping-1"))
                .hasMessage("there is no app \"ping-1\" at this host");
        assertThat(apps.ids()).isEmpty();
    }

    @Test
    void boundsTheNumberOfApps() throws Exception {
        for (int i = 0; i < HostApps.APPS_MAX; i++) {
            apps.start("ping", "DST 10.0.0.2");
        }
        assertThatThrownBy(() -> apps.start("ping", "DST 10.0.0.2"))
                .hasMessage("there are 64 apps already: remove some");
        apps.remove("ping-1");
        assertThat(apps.start("ping", "DST 10.0.0.2")).isEqualTo("ping-66");
    }
}
