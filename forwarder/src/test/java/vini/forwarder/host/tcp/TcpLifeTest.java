package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;

import vini.forwarder.host.HostCounter;
import vini.forwarder.host.SimulatedWire;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpListener;
import vini.forwarder.host.TcpSettings;
import vini.net.wire.TcpHeader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How connections begin and end. */
class TcpLifeTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;
    private static final int TCP = 20;

    private final SimulatedWire wire = new SimulatedWire(1, 10 * MS);
    private final Peer a = new Peer(wire.clock, 0, false);
    private final Peer b = new Peer(wire.clock, 0, false);

    private TcpConnection connect() throws IOException {
        wire.b.listen(80, 0, (from, port) -> b);
        TcpConnection connection = wire.a.connect(SimulatedWire.B, 80, a, TcpSettings.DEFAULT);
        wire.clock.runFor(100 * MS);
        return connection;
    }

    @Test
    void connectsWithThreeSegments() throws Exception {
        TcpConnection connection = connect();
        assertThat(a.events).containsExactly("connected");
        assertThat(b.events).containsExactly("connected");
        assertThat(wire.sent).isEqualTo(3);
        assertThat(b.connection().remotePort()).isEqualTo(connection.localPort());
        assertThat(b.connection().remoteAddress()).isEqualTo(SimulatedWire.A);
    }

    @Test
    void closesOneSideAndThenTheOther() throws Exception {
        connect();
        a.connection().shutdown();
        wire.clock.runFor(100 * MS);
        assertThat(a.events).containsExactly("connected");
        assertThat(b.events).containsExactly("connected", "peer closed");
        ByteBuf data = io.netty.buffer.Unpooled.copiedBuffer(new byte[] {0, 1, 2});
        assertThat(b.connection().write(data)).isEqualTo(3);
        wire.clock.runFor(100 * MS);
        assertThat(a.received).isEqualTo(3);
        b.connection().shutdown();
        wire.clock.runFor(100 * MS);
        assertThat(a.events).containsExactly("connected", "peer closed", "closed");
        assertThat(b.events).containsExactly("connected", "peer closed", "closed");
        assertThat(a.connection().write(data)).isZero();
        assertThat(wire.b.connectionCount()).isZero();
        assertThat(wire.a.connectionCount()).isEqualTo(1);
        wire.clock.runFor(60 * SECOND);
        assertThat(wire.a.connectionCount()).isZero();
    }

    @Test
    void closesBothSidesAtTheSameTime() throws Exception {
        connect();
        a.connection().shutdown();
        b.connection().shutdown();
        wire.clock.runFor(100 * MS);
        assertThat(a.events).containsExactly("connected", "peer closed", "closed");
        assertThat(b.events).containsExactly("connected", "peer closed", "closed");
        wire.clock.runFor(61 * SECOND);
        assertThat(wire.a.connectionCount() + wire.b.connectionCount()).isZero();
    }

    @Test
    void repeatsALostFin() throws Exception {
        connect();
        int[] count = {0};
        wire.drop = packet -> count[0]++ == 0;
        a.connection().close();
        wire.clock.runFor(SECOND);
        assertThat(b.events).contains("peer closed");
        assertThat(wire.lost).isEqualTo(1);
    }

    @Test
    void isRefusedWhereNobodyListens() throws Exception {
        wire.a.connect(SimulatedWire.B, 81, a, TcpSettings.DEFAULT);
        wire.clock.runFor(100 * MS);
        assertThat(a.events).containsExactly("refused");
        assertThat(wire.b.counters().get(HostCounter.TCP_PORT_CLOSED)).isEqualTo(1);
        assertThat(wire.a.connectionCount()).isZero();
    }

    @Test
    void repeatsItsSynWithDoublingAndGivesUp() throws Exception {
        List<Long> tries = new ArrayList<>();
        wire.tap = packet -> tries.add(wire.clock.nowNanos() / SECOND);
        wire.down = true;
        wire.a.connect(SimulatedWire.B, 80, a, TcpSettings.DEFAULT);
        wire.clock.runFor(200 * SECOND);
        assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L);
        assertThat(a.events).containsExactly("timed out");
    }

    @Test
    void survivesALostSynAckAndALostAck() throws Exception {
        int[] count = {0};
        wire.drop = packet -> ++count[0] == 2 || count[0] == 5;
        connect();
        wire.clock.runFor(10 * SECOND);
        assertThat(a.events).containsExactly("connected");
        assertThat(b.events).containsExactly("connected");
    }

    @Test
    void abortsWithAReset() throws Exception {
        connect();
        a.connection().abort();
        assertThat(a.events).containsExactly("connected", "aborted");
        wire.clock.runFor(100 * MS);
        assertThat(b.events).containsExactly("connected", "reset by peer");
        assertThat(wire.a.connectionCount() + wire.b.connectionCount()).isZero();
    }

    @Test
    void resetsDataThatAClosedProgramWillNotRead() throws Exception {
        connect();
        a.connection().close();
        wire.clock.runFor(100 * MS);
        b.connection().write(io.netty.buffer.Unpooled.copiedBuffer(new byte[10]));
        wire.clock.runFor(100 * MS);
        assertThat(b.events).containsExactly("connected", "peer closed", "reset by peer");
    }

    @Test
    void opensAtTheSameTimeFromBothSides() throws Exception {
        // Each end calls the port from which the other calls: their SYNs cross.
        SimulatedWire crossing = new SimulatedWire(3, 10 * MS);
        Peer one = new Peer(crossing.clock, 5000, false);
        Peer two = new Peer(crossing.clock, 5000, false);
        TcpConnection first = crossing.a.connect(SimulatedWire.B, 50_000, one, TcpSettings.DEFAULT);
        int port = first.localPort();
        TestPorts.connectFrom(crossing.b, 50_000, SimulatedWire.A, port, two);
        crossing.clock.runFor(10 * SECOND);
        assertThat(one.events).containsExactly("connected");
        assertThat(two.events).containsExactly("connected");
        assertThat(one.received).isEqualTo(5000);
        assertThat(two.received).isEqualTo(5000);
    }

    @Test
    void challengesABlindResetAndBelievesAnExactOne() throws Exception {
        connect();
        List<ByteBuf> seen = new ArrayList<>();
        wire.tap = packet -> seen.add(packet.copy());
        a.connection().write(io.netty.buffer.Unpooled.copiedBuffer(new byte[10]));
        wire.clock.runFor(100 * MS);
        ByteBuf data = seen.getFirst();
        wire.b.input(TestPorts.flagged(data, TcpHeader.RST, 100));
        wire.clock.runFor(100 * MS);
        assertThat(b.events).containsExactly("connected");
        assertThat(wire.b.counters().get(HostCounter.TCP_CHALLENGED)).isEqualTo(1);
        wire.b.input(TestPorts.flagged(data, TcpHeader.SYN, 100));
        assertThat(wire.b.counters().get(HostCounter.TCP_CHALLENGED)).isEqualTo(2);
        wire.b.input(TestPorts.flagged(data, TcpHeader.RST, 10));
        assertThat(b.events).containsExactly("connected", "reset by peer");
        seen.forEach(ByteBuf::release);
    }

    @Test
    void boundsItsBacklog() throws Exception {
        wire.b.listen(80, 0, (from, port) -> new TcpHandler() {});
        wire.drop = packet -> (packet.getByte(TCP + TcpHeader.FLAGS_AT) & TcpHeader.SYN) == 0;
        for (int i = 0; i < Listener.BACKLOG_MAX + 50; i++) {
            wire.a.connect(SimulatedWire.B, 80, new TcpHandler() {}, TcpSettings.DEFAULT);
        }
        wire.clock.runFor(15 * MS);
        assertThat(wire.b.connectionCount()).isEqualTo(Listener.BACKLOG_MAX);
        assertThat(wire.b.counters().get(HostCounter.TCP_TABLE_FULL)).isEqualTo(50);
    }

    @Test
    void listensOnceOnAPortAndNotAfterClosing() throws Exception {
        TcpListener listener = wire.b.listen(80, 0, (from, port) -> b);
        assertThatThrownBy(() -> wire.b.listen(80, 0, (from, port) -> b))
                .isInstanceOf(IOException.class)
                .hasMessage("TCP port 80 is in use");
        listener.close();
        wire.a.connect(SimulatedWire.B, 80, a, TcpSettings.DEFAULT);
        wire.clock.runFor(100 * MS);
        assertThat(a.events).containsExactly("refused");
    }
}
