package vini.forwarder.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vini.forwarder.host.app.HostApps;

class CongestionTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsText(Congestion congestion) {
        assertThat(Congestion.of(congestion.text())).isEqualTo(congestion);
    }

    @Test
    void hasTheNamesOfLinux() {
        assertThat(Congestion.NEWRENO.kernelName()).isEqualTo("reno");
        assertThat(Congestion.CUBIC.kernelName()).isEqualTo("cubic");
    }

    @Test
    void anAppRefusesAnother() {
        HostApps apps = new HostApps(new SimulatedWire(1, 0).a);
        assertThatThrownBy(() -> apps.start("send", "DST 10.0.0.2, CONGESTION vegas"))
                .hasMessage("\"vegas\" is no congestion control: use cubic or newreno");
    }
}
