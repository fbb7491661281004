package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.net.IpAddress;

import java.util.HexFormat;

/** Bytes as rtnetlink(7) has them on a little-endian machine. */
class NetlinkMessageTest {
    @Test
    void anAddressWithItsPeer() {
        byte[] message =
                Rtnetlink.address(
                                Rtnetlink.RTM_NEWADDR,
                                Rtnetlink.NLM_F_CREATE | Rtnetlink.NLM_F_EXCL,
                                5,
                                IpAddress.parse("10.77.0.1"),
                                32,
                                IpAddress.parse("10.77.0.2"))
                        .bytes(7);
        assertThat(message)
                .isEqualTo(
                        hex(
                                "28000000 1400 0506 07000000 00000000" // header: 40 bytes
                                        + "02 20 00 00 05000000" // ifaddrmsg
                                        + "0800 0200 0a4d0001" // IFA_LOCAL
                                        + "0800 0100 0a4d0002")); // IFA_ADDRESS
    }

    @Test
    void anIpv6AddressIsItsOwnPeer() {
        byte[] message =
                Rtnetlink.address(21, 0, 1, IpAddress.parse("fd00::1"), 128, null).bytes(1);
        assertThat(message)
                .isEqualTo(
                        hex(
                                "40000000 1500 0500 01000000 00000000"
                                        + "0a 80 00 00 01000000"
                                        + "1400 0200 fd000000000000000000000000000001"
                                        + "1400 0100 fd000000000000000000000000000001"));
    }

    @Test
    void aRouteByADevice() {
        byte[] message =
                new NetlinkMessage(Rtnetlink.RTM_NEWROUTE, Rtnetlink.NLM_F_ACK)
                        .route(IpAddress.parse("10.0.0.0"), 8, Rtnetlink.RT_SCOPE_LINK)
                        .attribute(Rtnetlink.RTA_DST, IpAddress.parse("10.0.0.0").toBytes())
                        .attribute(Rtnetlink.RTA_OIF, 3)
                        .bytes(2);
        assertThat(message)
                .isEqualTo(
                        hex(
                                "2c000000 1800 0500 02000000 00000000"
                                        + "02 08 00 00 fe 04 fd 01 00000000" // rtmsg
                                        + "0800 0100 0a000000" // RTA_DST
                                        + "0800 0400 03000000")); // RTA_OIF
    }

    @Test
    void aNameIsPaddedAndItsLengthIsNot() {
        byte[] message =
                new NetlinkMessage(Rtnetlink.RTM_GETLINK, 0)
                        .link(0, 0, 0)
                        .attribute(Rtnetlink.IFLA_IFNAME, new byte[] {'l', 'o', 0})
                        .bytes(1);
        assertThat(message)
                .isEqualTo(
                        hex(
                                "28000000 1200 0100 01000000 00000000"
                                        + "00000000 00000000 00000000 00000000" // ifinfomsg
                                        + "0700 0300 6c6f00 00"));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
