package vini.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class UdpOverflowTest {
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
        assertThat(UdpOverflow.parse(snmp)).isEqualTo(6);
    }

    @Test
    void aKernelThatDoesNotTellIsNotTakenForOneWithoutLoss() {
        assertThatThrownBy(() -> UdpOverflow.parse("Udp: InDatagrams\nUdp: 10\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("/proc/net/snmp does not tell RcvbufErrors");
    }
}
