package vini.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Addresses of both families, and prefixes. */
class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0",
        "10.77.0.1, 172818433",
        "255.255.255.255, -1",
        "128.0.0.0, -2147483648"
    })
    void readsAndWritesIpv4(String text, int bits) {
        assertThat(IpAddress.parse(text)).isEqualTo(new Ipv4Address(bits)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.1.1",
                "10.1.1.1.1",
                "10.1.1.256",
                "10.1.1.-1",
                "10.1.1.",
                ".1.1.1",
                "10.1.1.0001",
                "10.1.1.1 ",
                "10.1.1.a",
                "10.1.1.٣",
                "0x0a.1.1.1"
            })
    void refusesWhatIsNoIpv4(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not an IPv4 address like 10.77.0.1");
    }

    /** RFC 4291 2.2 and RFC 5952 4. */
    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "fd00:0:0:0:0:0:0:1, fd00::1",
        "2001:DB8::8:800:200C:417A, 2001:db8::8:800:200c:417a",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "::ffff:192.0.2.1, ::ffff:c000:201",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "0:0:3:4:5:6:7:8, ::3:4:5:6:7:8",
    })
    void readsAndWritesIpv6(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
        assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                ":1",
                "1:",
                "1:2:3:4:5:6:7:8::",
                "::1.2.3",
                "1.2.3.4::",
                "::%eth0",
                "fd00::1/64",
                "1:2:3:4:5:6:7:1.2.3.4"
            })
    void refusesWhatIsNoIpv6(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomIpv6AgreesWithTheJdk() throws Exception {
        long seed = Long.getLong("seed", 6);
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            long high = random.nextLong() & mask(random);
            Ipv6Address address = new Ipv6Address(high, random.nextLong() & mask(random));
            assertThat(Ipv6Address.parse(address.toString()))
                    .as("-Dseed=%d", seed)
                    .isEqualTo(address);
            assertThat(InetAddress.getByAddress(address.toBytes()))
                    .isEqualTo(InetAddress.getByName("[" + address + "]"));
        }
    }

    /** Words of zeros, often. */
    private static long mask(Random random) {
        long mask = -1;
        for (int shift = 0; shift < 64; shift += 16) {
            mask &= random.nextBoolean() ? -1 : ~(0xffffL << shift);
        }
        return mask;
    }

    @Test
    void countsOnAndWrapsAround() {
        assertThat(IpAddress.parse("10.0.0.255").plus(2)).hasToString("10.0.1.1");
        assertThat(IpAddress.parse("255.255.255.255").plus(1)).hasToString("0.0.0.0");
        assertThat(IpAddress.parse("::ffff:ffff:ffff:ffff").plus(1)).hasToString("0:0:0:1::");
        assertThat(IpAddress.parse("0:0:0:1::").plus(-1)).hasToString("::ffff:ffff:ffff:ffff");
    }

    @Test
    void areOrderedByFamilyThenUnsigned() {
        List<String> order =
                List.of("0.0.0.0", "10.0.0.1", "128.0.0.0", "255.0.0.0", "::", "::1", "8000::");
        assertThat(order.reversed().stream().map(IpAddress::parse).sorted().map(Object::toString))
                .isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource({
        "10.77.3.4/16, 10.77.0.0/16",
        "10.77.3.4, 10.77.3.4/32",
        "1.2.3.4/0, 0.0.0.0/0",
        "fd00::1/64, fd00::/64",
        "fd00::1:0:0:1/65, fd00::/65",
        "::1, ::1/128",
        "ffff::1/0, ::/0",
    })
    void readsAndWritesPrefixes(String text, String canonical) {
        assertThat(Prefix.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "/8", "::/129"})
    void refusesWhatIsNoPrefix(String text) {
        assertThatThrownBy(() -> Prefix.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void prefixesContainAndAreOrdered() {
        Prefix ten = Prefix.parse("10.0.0.0/8");
        assertThat(ten.contains(IpAddress.parse("10.255.0.1"))).isTrue();
        assertThat(ten.contains(IpAddress.parse("11.0.0.0"))).isFalse();
        assertThat(ten.contains(IpAddress.parse("::a00:1"))).isFalse();
        assertThat(ten.contains(Prefix.parse("10.1.0.0/16"))).isTrue();
        assertThat(ten.contains(Prefix.parse("0.0.0.0/0"))).isFalse();
        assertThat(Prefix.parse("0.0.0.0/0").contains(ten)).isTrue();
        assertThat(
                        Stream.of("10.1.0.0/16", "10.0.0.0/8", "10.0.0.0/16", "9.0.0.0/8")
                                .map(Prefix::parse)
                                .sorted()
                                .map(Prefix::toString))
                .containsExactly("9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "10.1.0.0/16");
    }
}
