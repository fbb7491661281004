package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.net.Ipv4Address;
import vini.net.Ipv6Address;
import vini.net.Prefix;

/** Names of ports and of addresses, as elements at different depths see them. */
class PortNamesTest {
    @Test
    void aNameHoldsWhereItIsGivenAndInside() {
        PortNames names = new PortNames();
        names.add("", "src", PortNames.TCP, 10);
        names.add("c/", "dst", PortNames.UDP, 100);
        names.add("c/", "src", PortNames.TCP, 11);
        assertThat(names.of("e").tcp("src")).isEqualTo(10);
        assertThat(names.of("c/e").tcp("src")).isEqualTo(11);
        assertThat(names.of("c/d/e").udp("dst")).isEqualTo(100);
        assertThat(names.of("e").udp(" 0x10 ")).isEqualTo(16);
        assertThat(names.of("e").udp("ntp")).isEqualTo(123);
        assertThat(names.of("e").named("ntp", PortNames.UDP)).isNull();
        assertThatThrownBy(() -> names.of("e").udp("dst"))
                .hasMessage("'dst' is neither a port nor a name that PortInfo gives");
        assertThatThrownBy(() -> names.of("c/e").tcp("dst"))
                .hasMessage("'dst' is neither a port nor a name that PortInfo gives");
        assertThatThrownBy(() -> names.of("e").tcp("65536"))
                .hasMessage("65536 is outside 0 to 65535");
        assertThatThrownBy(() -> names.of("e").tcp(""))
                .hasMessage("'' is neither a port nor a name that PortInfo gives");
    }

    @Test
    void anAddressNameHasOneOfEachKind() {
        AddressNames names = new AddressNames();
        names.add("", "boojum", new Ipv4Address(0x0a000005));
        names.add("", "boojum", AddressNames.readPrefix("10.0.0.5/24"));
        names.add("", "boojum", Ipv6Address.parse("2001:db8::5"));
        names.add("", "boojum", AddressNames.readPrefix("2001:db8::5/64"));
        AddressNames.Reader reader = names.of("e");
        assertThat(reader.ip("boojum")).hasToString("10.0.0.5");
        assertThat(reader.ip("boojum:bcast")).hasToString("10.0.0.255");
        assertThat(reader.ip("boojum:gw")).hasToString("10.0.0.1");
        assertThat(reader.ip6("boojum:ip6")).hasToString("2001:db8::5");
        assertThat(reader.prefix("boojum")).hasToString("10.0.0.0/24");
        assertThat(reader.prefix("boojum:ip6net")).hasToString("2001:db8::/64");
        assertThat(reader.prefixOrAddress("boojum"))
                .as("an address goes before a prefix")
                .isEqualTo(Prefix.host(new Ipv4Address(0x0a000005)));
        assertThat(reader.prefixOrAddress("boojum:ipnet")).hasToString("10.0.0.0/24");
        assertThatThrownBy(() -> reader.ether("boojum:eth"))
                .hasMessageContaining("'boojum:eth' is no Ethernet address");
    }
}
