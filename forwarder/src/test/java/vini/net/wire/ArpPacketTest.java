package vini.net.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.net.EtherAddress;
import vini.net.Ipv4Address;

class ArpPacketTest {
    private static final String REQUEST =
            "0001080006040001" + "0200000000010a000001" + "0000000000000a000002";

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    @Test
    void parsesARequestAndWritesItAgain() throws Exception {
        ArpPacket arp = ArpPacket.parse(bytes("ffff" + REQUEST + "0000"), 2, 30);
        assertThat(arp)
                .isEqualTo(
                        new ArpPacket(
                                ArpPacket.REQUEST,
                                EtherAddress.parse("02:00:00:00:00:01"),
                                Ipv4Address.parse("10.0.0.1"),
                                EtherAddress.ZERO,
                                Ipv4Address.parse("10.0.0.2")));
        ByteBuf out = Unpooled.buffer().writeZero(ArpPacket.BYTES);
        arp.set(out, 0);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "0001, 'ARP needs 28 bytes, got 2'",
        "00060800060400010200000000010a0000010000000000000a000002, 'ARP hardware type is 6, want"
                + " Ethernet (1)'",
        "000186dd060400010200000000010a0000010000000000000a000002, 'ARP protocol type is 34525,"
                + " want IPv4 (2048)'",
        "00010800061000010200000000010a0000010000000000000a000002, 'ARP addresses have not 6 and 4"
                + " bytes'",
    })
    void refusesWhatIsNotArp(String hex, String message) {
        assertThatThrownBy(() -> ArpPacket.parse(bytes(hex), 0, hex.length() / 2))
                .isInstanceOf(WireException.class)
                .hasMessage(message);
    }
}
