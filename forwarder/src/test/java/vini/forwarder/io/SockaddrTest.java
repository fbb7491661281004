package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.net.IpAddress;

import java.util.HexFormat;

/** The family is in the machine's order, little-endian on both machines that we support. */
class SockaddrTest {
    @Test
    void ipv4HasPortAndAddressInNetworkOrder() {
        assertThat(Sockaddr.ip(IpAddress.parse("10.77.0.1"), 0x1234))
                .isEqualTo(hex("0200 1234 0a4d0001 0000000000000000"));
    }

    @Test
    void ipv6HasFlowLabelBeforeAndScopeAfterTheAddress() {
        assertThat(Sockaddr.ip(IpAddress.parse("2001:db8::1"), 53))
                .isEqualTo(hex("0a00 0035 00000000 20010db8000000000000000000000001 00000000"));
    }

    @Test
    void netlinkIsTheKernelsPort() {
        assertThat(Sockaddr.netlink()).isEqualTo(hex("1000 0000 00000000 00000000"));
    }

    @Test
    void aUnixPathEndsWithZero() {
        assertThat(Sockaddr.unix("/a")).isEqualTo(hex("0100 2f61 00"));
    }

    @Test
    void aUnixPathOf108BytesIsRefused() {
        assertThat(Sockaddr.unix("x".repeat(107))).hasSize(110);
        assertThatThrownBy(() -> Sockaddr.unix("x".repeat(108)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("108 bytes");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
