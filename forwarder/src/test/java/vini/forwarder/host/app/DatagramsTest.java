package vini.forwarder.host.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.host.SimulatedWire;
import vini.forwarder.host.UdpEndpoint;
import vini.net.Ipv4Address;

import java.util.List;

class DatagramsTest {
    private static final long MS = 1_000_000L;
    private static final String FLOW = "FLOW 7, AT 10000000, EVERY 100ms";

    private final SimulatedWire wire = new SimulatedWire(1, 38 * MS);
    private final HostApps a = new HostApps(wire.a);
    private final HostApps b = new HostApps(wire.b);

    private List<UdpArrived> arrived(String id) {
        return b.records(id).records(0, Integer.MAX_VALUE).stream()
                .filter(UdpArrived.class::isInstance)
                .map(UdpArrived.class::cast)
                .toList();
    }

    @Test
    void aSliceHasWhatWasSentInItAndWhatArrivedOfThat() throws Exception {
        String to = b.start("udp-receive", FLOW);
        String from = a.start("udp-send", "DST 10.0.0.2, PPS 30, SIZE 100B, FOR 200ms, " + FLOW);
        wire.clock.runUntil(5_000 * MS);
        // Each 33.3 ms, which is no whole number of nanoseconds: six in 200 ms, none drifts.
        assertThat(a.records(from).lines(1))
                .containsExactly(
                        "udp-sent 0 110000000 3 0 0 0",
                        "udp-sent 1 176666666 3 0 0 0",
                        "state 176666666 sent 6");
        assertThat(b.records(to).lines(0))
                .containsExactly(
                        "udp-arrived 0 1110000000 3 0 0 0 38000000 38000000 114000000 37984:3",
                        "udp-arrived 1 1210000000 3 0 0 0 38000000 38000000 114000000 37984:3");
        assertThat(wire.unreleased()).isZero();
    }

    @Test
    void eachOfADenseFlowHasItsOwnMomentInVirtualTime() throws Exception {
        String to = b.start("udp-receive", FLOW);
        String from = a.start("udp-send", "DST 10.0.0.2, PPS 80000, SIZE 100B, FOR 200ms, " + FLOW);
        wire.clock.runUntil(5_000 * MS);
        assertThat(a.records(from).lines(1))
                .containsExactly(
                        "udp-sent 0 110000000 8000 0 0 0",
                        "udp-sent 1 209987500 8000 0 0 0",
                        "state 209987500 sent 16000");
        assertThat(arrived(to)).extracting(UdpArrived::received).containsExactly(8000L, 8000L);
        assertThat(arrived(to)).extracting(UdpArrived::jitterNanos).containsOnly(0L);
        assertThat(wire.unreleased()).isZero();
    }

    @Test
    void countsWhatIsLostTwiceOrOvertaken() throws Exception {
        wire.duplication = 0.1;
        wire.loss = 0.1;
        wire.reorderNanos = 2 * MS;
        String to = b.start("udp-receive", FLOW);
        a.start("udp-send", "DST 10.0.0.2, RATE 8Mbps, SIZE 972B, FOR 5s, " + FLOW);
        wire.clock.runUntil(10_000 * MS);
        List<UdpArrived> slices = arrived(to);
        assertThat(slices).hasSize(50);
        long received = slices.stream().mapToLong(UdpArrived::received).sum();
        assertThat(received).isBetween(4400L, 4600L); // 1,000 packets a second, 10 % lost
        assertThat(slices.stream().mapToLong(UdpArrived::duplicates).sum()).isBetween(380L, 520L);
        // Of neighbours 1 ms apart with up to 2 ms more each, an eighth change places, and more.
        assertThat(slices.stream().mapToLong(UdpArrived::reordered).sum()).isBetween(300L, 1200L);
        // The mean difference of two of up to 2 ms is 0.67 ms.
        double jitter =
                slices.stream().mapToLong(UdpArrived::jitterNanos).sum() / (double) received;
        assertThat(jitter).isBetween(0.5e6, 0.8e6);
    }

    @Test
    void looksAtNothingButItsOwnFlow() throws Exception {
        String to = b.start("udp-receive", FLOW);
        wire.clock.runUntil(500 * MS);
        try (UdpEndpoint stranger = wire.a.openUdp(0, (from, port, data) -> {})) {
            send(stranger, new byte[10]);
            send(stranger, new byte[200]);
            send(stranger, stamp(6, 0, 400 * MS)); // another flow
            send(stranger, stamp(7, 0, 900 * MS)); // the future
            send(stranger, stamp(7, 0, 5 * MS)); // before it began
            send(stranger, stamp(7, -1, 400 * MS));
            send(stranger, stamp(7, Long.MAX_VALUE - 1, 400 * MS)); // as good as any
            wire.clock.runUntil(600 * MS);
        }
        b.stop(to);
        b.stop(to);
        assertThat(b.records(to).lines(0))
                .hasSize(2)
                .last()
                .isEqualTo("state 600000000 strange 6 late 0");
    }

    private static void send(UdpEndpoint endpoint, byte[] payload) {
        endpoint.send(Ipv4Address.parse("10.0.0.2"), 5001, Unpooled.wrappedBuffer(payload));
    }

    private static byte[] stamp(int flow, long sequence, long nanos) {
        byte[] payload = new byte[64];
        ByteBuf buffer = Unpooled.wrappedBuffer(payload);
        UdpStamp.set(buffer, 0, flow, sequence, nanos);
        return payload;
    }

    @Test
    void whatComesTooLateIsLost() throws Exception {
        wire.delayNanos = 1_200 * MS;
        String to = b.start("udp-receive", FLOW);
        a.start("udp-send", "DST 10.0.0.2, PPS 100, FOR 1s, " + FLOW);
        wire.clock.runUntil(5_000 * MS);
        b.stop(to);
        assertThat(b.records(to).lines(0)).containsExactly("state 5000000000 strange 0 late 100");
    }

    @ParameterizedTest
    @CsvSource({
        "'DST 10.0.0.2', 'udp-send: one of RATE and PPS must be given'",
        "'DST 10.0.0.2, RATE 1Mbps, PPS 5', 'udp-send: one of RATE and PPS must be given'",
        "'DST 10.0.0.2, PPS 5, SIZE 63B', 'udp-send: SIZE 63 is below 64'",
        "'DST 10.0.0.2, PPS 5, SIZE 1473B', 'udp-send: SIZE 1473 is outside 0-1472'",
    })
    void refusesWhatItCannotSend(String arguments, String message) {
        assertThatThrownBy(() -> a.start("udp-send", arguments)).hasMessage(message);
    }
}
