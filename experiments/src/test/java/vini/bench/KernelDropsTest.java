package vini.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class KernelDropsTest {
    @Test
    void theValueStandsBelowItsName() throws Exception {
        String snmp =
                """
                Tcp: RtoAlgorithm RtoMin
                Tcp: 1 200
                Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors
                Udp: 10 1 7 20 6 0
                UdpLite: InDatagrams RcvbufErrors
                UdpLite: 0 9
                """;
        assertThat(KernelDrops.ofSockets(snmp)).isEqualTo(6);
    }

    @Test
    void aKernelThatDoesNotTellIsNotTakenForOneWithoutLoss() {
        assertThatThrownBy(() -> KernelDrops.ofSockets("Udp: InDatagrams\nUdp: 10\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("/proc/net/snmp does not tell RcvbufErrors");
    }

    @Test
    void aDeviceDropsInBothDirections() throws Exception {
        String dev =
                """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop
                    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
                 vini0: 6380200   75055    0    3    0     0          0         0  6380188   75055    0   40    0     0       0          0
                """;
        assertThat(KernelDrops.ofDevice(dev, "vini0")).isEqualTo(43);
        assertThatThrownBy(() -> KernelDrops.ofDevice(dev, "vini1"))
                .hasMessage("/proc/net/dev does not tell of vini1");
    }
}
