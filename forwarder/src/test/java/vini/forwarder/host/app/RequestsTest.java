package vini.forwarder.host.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.host.SimulatedWire;

import java.util.List;

class RequestsTest {
    private static final long MS = 1_000_000L;

    private final SimulatedWire wire = new SimulatedWire(1, 20 * MS);
    private final HostApps a = new HostApps(wire.a);
    private final HostApps b = new HostApps(wire.b);

    private List<Exchange> exchanges(String id) {
        return a.records(id).records(0, Integer.MAX_VALUE).stream()
                .filter(Exchange.class::isInstance)
                .map(Exchange.class::cast)
                .toList();
    }

    @Test
    void aNewConnectionForEachTakesTwoRoundTrips() throws Exception {
        b.start("respond", "REQUEST 100, RESPONSE 5000");
        String id =
                a.start("request", "DST 10.0.0.2, REQUEST 100, RESPONSE 5000, EVERY 100ms, FOR 1s");
        wire.clock.runUntil(5_000 * MS);
        assertThat(exchanges(id))
                .hasSize(10)
                .allSatisfy(
                        one -> {
                            assertThat(one.failure()).isEmpty();
                            assertThat(one.startNanos()).isEqualTo(one.sequence() * 100 * MS);
                            assertThat(one.connectNanos()).isEqualTo(40 * MS);
                            assertThat(one.nanos() - one.startNanos()).isEqualTo(80 * MS);
                        });
        assertThat(a.records(id).lines(0)).filteredOn(line -> line.contains("flow 6")).hasSize(1);
    }

    @Test
    void aConnectionThatIsKeptTakesOne() throws Exception {
        b.start("respond", "REQUEST 100, RESPONSE 5000");
        String id =
                a.start(
                        "request",
                        "DST 10.0.0.2, REQUEST 100, RESPONSE 5000, EVERY 10ms, KEEP true, FOR 1s");
        wire.clock.runUntil(5_000 * MS);
        List<Exchange> all = exchanges(id);
        assertThat(all).hasSize(100).extracting(Exchange::failure).containsOnly("");
        assertThat(all.getFirst().connectNanos()).isEqualTo(40 * MS);
        assertThat(all.subList(20, 100))
                .allSatisfy(
                        one -> {
                            assertThat(one.connectNanos()).isZero();
                            assertThat(one.nanos() - one.startNanos()).isBetween(40 * MS, 60 * MS);
                        });
        b.stop("respond-1");
        assertThat(b.records("respond-1").lines(0)).last().asString().endsWith("answered 100");
    }

    @Test
    void severalAtATimeFollowEachOther() throws Exception {
        b.start("respond", "REQUEST 100, RESPONSE 100");
        String id =
                a.start(
                        "request",
                        "DST 10.0.0.2, REQUEST 100, RESPONSE 100, ATONCE 5, KEEP true, FOR 1s");
        wire.clock.runUntil(5_000 * MS);
        // Five connections, each with a round trip of 40 ms for the handshake and for each.
        assertThat(exchanges(id)).hasSize(5 * 24).extracting(Exchange::failure).containsOnly("");
    }

    @Test
    void saysWhyThereIsNoResponse() throws Exception {
        String refused = a.start("request", "DST 10.0.0.2, EVERY 100ms, FOR 100ms");
        wire.clock.runUntil(1_000 * MS);
        assertThat(exchanges(refused)).extracting(Exchange::failure).containsExactly("refused");
        b.start("respond", "");
        wire.down = true;
        String lost =
                a.start("request", "DST 10.0.0.2, EVERY 1s, FOR 2s, PATIENCE 500ms, KEEP true");
        wire.clock.runUntil(2_600 * MS);
        wire.down = false;
        wire.clock.runUntil(10_000 * MS);
        assertThat(exchanges(lost))
                .extracting(Exchange::failure)
                .containsExactly("no connection in time", "no connection in time");
        String again = a.start("request", "DST 10.0.0.2, ATONCE 1, FOR 1s, PATIENCE 300ms");
        wire.clock.runUntil(10_200 * MS);
        wire.down = true;
        wire.clock.runUntil(10_700 * MS);
        wire.down = false;
        wire.clock.runUntil(15_000 * MS);
        assertThat(exchanges(again))
                .extracting(Exchange::failure)
                .contains("")
                .doesNotContainNull();
        assertThat(exchanges(again).stream().filter(one -> !one.failure().isEmpty()).count())
                .isBetween(1L, 2L);
        a.stop(again);
        a.stop(again);
    }

    @Test
    void manyThatWaitAreABound() throws Exception {
        wire.down = true;
        String id = a.start("request", "DST 10.0.0.2, EVERY 1ms, FOR 2s, KEEP true");
        wire.clock.runUntil(1_900 * MS);
        assertThat(exchanges(id))
                .hasSizeGreaterThan(800)
                .extracting(Exchange::failure)
                .containsOnly("1000 wait already");
        a.stop(id);
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatThrownBy(() -> a.start("request", "DST 10.0.0.2"))
                .hasMessage("request: one of EVERY and ATONCE must be given");
        assertThatThrownBy(() -> a.start("request", "DST 10.0.0.2, EVERY 1s, ATONCE 2"))
                .hasMessage("request: one of EVERY and ATONCE must be given");
    }
}
