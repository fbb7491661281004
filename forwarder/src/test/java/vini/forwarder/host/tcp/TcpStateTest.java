package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.host.tcp.TcpState.CLOSED;
import static vini.forwarder.host.tcp.TcpState.CLOSE_WAIT;
import static vini.forwarder.host.tcp.TcpState.CLOSING;
import static vini.forwarder.host.tcp.TcpState.ESTABLISHED;
import static vini.forwarder.host.tcp.TcpState.Event.FIN_ACKED;
import static vini.forwarder.host.tcp.TcpState.Event.FIN_RECEIVED;
import static vini.forwarder.host.tcp.TcpState.Event.SHUTDOWN;
import static vini.forwarder.host.tcp.TcpState.FIN_WAIT_1;
import static vini.forwarder.host.tcp.TcpState.FIN_WAIT_2;
import static vini.forwarder.host.tcp.TcpState.LAST_ACK;
import static vini.forwarder.host.tcp.TcpState.TIME_WAIT;

import org.junit.jupiter.api.Test;

class TcpStateTest {
    @Test
    void closesFirst() {
        assertThat(ESTABLISHED.after(SHUTDOWN)).isEqualTo(FIN_WAIT_1);
        assertThat(FIN_WAIT_1.after(FIN_ACKED)).isEqualTo(FIN_WAIT_2);
        assertThat(FIN_WAIT_2.after(FIN_RECEIVED)).isEqualTo(TIME_WAIT);
    }

    @Test
    void closesSecond() {
        assertThat(ESTABLISHED.after(FIN_RECEIVED)).isEqualTo(CLOSE_WAIT);
        assertThat(CLOSE_WAIT.after(SHUTDOWN)).isEqualTo(LAST_ACK);
        assertThat(LAST_ACK.after(FIN_ACKED)).isEqualTo(CLOSED);
    }

    @Test
    void closesAtTheSameTime() {
        assertThat(FIN_WAIT_1.after(FIN_RECEIVED)).isEqualTo(CLOSING);
        assertThat(CLOSING.after(FIN_ACKED)).isEqualTo(TIME_WAIT);
    }

    @Test
    void ignoresWhatMeansNothing() {
        assertThat(TIME_WAIT.after(FIN_RECEIVED)).isEqualTo(TIME_WAIT);
        assertThat(CLOSE_WAIT.after(FIN_ACKED)).isEqualTo(CLOSE_WAIT);
        assertThat(FIN_WAIT_2.after(SHUTDOWN)).isEqualTo(FIN_WAIT_2);
    }
}
