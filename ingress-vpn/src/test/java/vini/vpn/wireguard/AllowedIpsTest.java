package vini.vpn.wireguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class AllowedIpsTest {
    private final Wire wire = new Wire();
    private final Wire.End own = wire.end("192.0.2.1:1", 1);
    private final AllowedIps allowed = new AllowedIps();

    private Peer peer(String name, long seed) {
        return own.add(
                name, wire.end("192.0.2.2:" + seed, seed), "203.0.113." + seed + "/32", null, 0);
    }

    private @Nullable Peer find(String address) {
        return find(IpAddress.parse(address));
    }

    private @Nullable Peer find(IpAddress address) {
        return switch (address) {
            case Ipv4Address a -> allowed.find(a.bits());
            case Ipv6Address a -> allowed.find(a.high(), a.low());
        };
    }

    @Test
    void theLongestPrefixCounts() {
        Peer a = peer("a", 2);
        Peer b = peer("b", 3);
        allowed.add(Prefix.parse("0.0.0.0/0"), a);
        allowed.add(Prefix.parse("10.0.0.0/8"), b);
        allowed.add(Prefix.parse("10.1.2.3/32"), a);
        allowed.add(Prefix.parse("2001:db8::/64"), b);
        allowed.add(Prefix.parse("2001:db8::5/128"), a);
        assertThat(find("192.0.2.1")).isEqualTo(a);
        assertThat(find("10.1.2.4")).isEqualTo(b);
        assertThat(find("10.1.2.3")).isEqualTo(a);
        assertThat(find("2001:db8::4")).isEqualTo(b);
        assertThat(find("2001:db8::5")).isEqualTo(a);
        assertThat(find("2001:db9::5")).isNull();
        allowed.remove(a);
        assertThat(find("192.0.2.1")).isNull();
        assertThat(find("10.1.2.3")).isEqualTo(b);
        assertThat(find("2001:db8::5")).isEqualTo(b);
    }

    @Test
    void findsWhatALookAtAllPrefixesFinds() {
        long seed = Long.getLong("seed", 20261122);
        Random random = new Random(seed);
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            peers.add(peer("p" + i, 10 + i));
        }
        Map<Prefix, Peer> all = new LinkedHashMap<>();
        int found = 0;
        for (int i = 0; i < 3000; i++) {
            Prefix prefix = prefix(random);
            Peer peer = peers.get(random.nextInt(8));
            all.put(prefix, peer);
            allowed.add(prefix, peer);
            if (random.nextInt(200) == 0) {
                all.values().removeIf(peer::equals);
                allowed.remove(peer);
            }
            IpAddress address = address(random);
            Peer wanted = null;
            int longest = -1;
            for (Map.Entry<Prefix, Peer> entry : all.entrySet()) {
                if (entry.getKey().contains(address) && entry.getKey().length() > longest) {
                    longest = entry.getKey().length();
                    wanted = entry.getValue();
                }
            }
            assertThat(find(address)).as("-Dseed=%d, %d: %s", seed, i, address).isEqualTo(wanted);
            found += wanted != null ? 1 : 0;
        }
        assertThat(found).isGreaterThan(500);
    }

    /** Few bits differ, so that prefixes are in each other. */
    private static IpAddress address(Random random) {
        return random.nextBoolean()
                ? new Ipv4Address(0x0a000000 | random.nextInt(8) << 20 | random.nextInt(16))
                : new Ipv6Address(
                        0x20010db800000000L | random.nextInt(4), (long) random.nextInt(4) << 60);
    }

    private static Prefix prefix(Random random) {
        IpAddress address = address(random);
        int length = random.nextInt(address.bitLength() + 1);
        return new Prefix(address.masked(length), length);
    }
}
