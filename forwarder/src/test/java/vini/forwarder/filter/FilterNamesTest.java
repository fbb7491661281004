package vini.forwarder.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import vini.net.Ipv4Address;
import vini.net.Prefix;

/** Names that only one graph knows. */
class FilterNamesTest {
    private static final FilterNames NAMES =
            new FilterNames() {
                @Override
                public @Nullable Ipv4Address address(String name) {
                    return name.equals("BASTION") ? Ipv4Address.parse("192.0.2.5") : null;
                }

                @Override
                public @Nullable Prefix network(String name) {
                    return name.equals("INTERNALNET") ? Prefix.parse("10.1.0.0/16") : null;
                }

                @Override
                public @Nullable Integer port(String name) {
                    return name.equals("game") ? 27_015 : null;
                }
            };

    private static void same(String named, String plain) throws FilterException {
        assertThat(FilterParser.parse(named, NAMES))
                .isEqualTo(FilterParser.parse(plain, FilterNames.STANDARD));
    }

    @Test
    void standWhereAddressesAndPortsStand() throws FilterException {
        same(
                "src BASTION && dst INTERNALNET && tcp && src port www",
                "src host 192.0.2.5 && dst net 10.1.0.0/16 && tcp && src port 80");
        same("host BASTION or net != INTERNALNET", "host 192.0.2.5 or net != 10.1.0.0/16");
        same("src INTERNALNET or BASTION", "src 10.1.0.0/16 or 192.0.2.5");
        same("udp port game", "udp port 27015");
        same("dst port 80 or game", "dst port 80 or 27015");
    }
}
