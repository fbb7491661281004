package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TunDeviceTest {
    @Test
    void theRequestIsNameThenFlags() {
        byte[] request = TunDevice.request("vini0", TunDevice.Offload.VIRTIO);
        assertThat(request).hasSize(40).startsWith('v', 'i', 'n', 'i', '0', 0);
        // IFF_TUN 0x0001, IFF_NO_PI 0x1000, IFF_VNET_HDR 0x4000; little-endian
        assertThat(request[16]).isEqualTo((byte) 0x01);
        assertThat(request[17]).isEqualTo((byte) 0x50);
        assertThat(TunDevice.request("vini0", TunDevice.Offload.NONE)[17]).isEqualTo((byte) 0x10);
    }

    @Test
    void refusesANameThatTheKernelWouldCut() {
        assertThatThrownBy(() -> TunDevice.request("sixteen-bytes-ab", TunDevice.Offload.NONE))
                .hasMessageContaining("1-15 bytes");
    }
}
