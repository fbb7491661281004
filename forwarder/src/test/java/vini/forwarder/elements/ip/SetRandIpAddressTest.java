package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.kit.Packets.UDP;

import org.junit.jupiter.api.Test;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;

import java.util.List;

class SetRandIpAddressTest {
    private static final int PACKETS = 1000;

    private static List<String> destinations(long seed, String arguments) throws Exception {
        String graph =
                "in :: Inject -> CheckIPHeader -> SetRandIPAddress("
                        + arguments
                        + ") -> StoreIPAddress(dst) -> on :: Collect;";
        try (GraphRun run = GraphRun.of(seed, graph)) {
            for (int i = 0; i < PACKETS; i++) {
                run.push(UDP);
            }
            return run.out("on").stream().map(packet -> packet.substring(32, 40)).toList();
        }
    }

    @Test
    void addressesAreOfThePrefixAndMany() throws Exception {
        List<String> drawn = destinations(1, "10.77.0.0/16");
        assertThat(drawn).hasSize(PACKETS).allMatch(address -> address.startsWith("0a4d"));
        assertThat(drawn.stream().distinct().count()).isGreaterThan(PACKETS * 9 / 10);
    }

    @Test
    void theLimitIsOfDifferentAddresses() throws Exception {
        assertThat(destinations(1, "0.0.0.0/0, 7").stream().distinct()).hasSize(7);
        assertThat(destinations(1, "10.0.0.1/32").stream().distinct()).containsExactly("0a000001");
    }

    @Test
    void theSameSeedDrawsTheSame() throws Exception {
        assertThat(destinations(3, "10.0.0.0/8")).isEqualTo(destinations(3, "10.0.0.0/8"));
        assertThat(destinations(3, "10.0.0.0/8")).isNotEqualTo(destinations(4, "10.0.0.0/8"));
    }

    @Test
    void aPrefixOfIpv6IsRefused() {
        assertThatThrownBy(() -> destinations(1, "2001:db8::/32"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not of IPv4");
    }
}
