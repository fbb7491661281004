package vini.forwarder.elements.ip6;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.net.Ipv6Address;
import vini.net.Prefix;

import java.util.Random;

class Ip6RouteTextTest {
    private final Ip6RouteText reader = new Ip6RouteText();

    private boolean reads(String command) {
        return reader.read(command, 0, command.length());
    }

    private Prefix prefix() {
        return new Prefix(new Ipv6Address(reader.high(), reader.low()), reader.length());
    }

    @Test
    void readsPrefixesAsTheyAreWritten() {
        Random random = new Random(Long.getLong("seed", 20261122));
        int gaps = 0;
        for (int i = 0; i < 20_000; i++) {
            int holes = random.nextInt(1 << 8);
            Ipv6Address address =
                    new Ipv6Address(
                            random.nextLong() & spread(holes),
                            random.nextLong() & spread(holes >>> 4));
            String text = address + "/" + random.nextInt(129);
            gaps += text.contains("::") ? 1 : 0;
            assertThat(reads("set " + text + " fd00::1 0")).as(text).isTrue();
            assertThat(prefix()).as(text).isEqualTo(Prefix.parse(text));
            assertThat(reads("remove " + text)).as(text).isTrue();
            assertThat(prefix()).isEqualTo(Prefix.parse(text));
        }
        assertThat(gaps).isGreaterThan(1000);
    }

    /** Of each of four groups all bits, or none. */
    private static long spread(int bits) {
        long mask = 0;
        for (int group = 0; group < 4; group++) {
            mask |= (bits >>> group & 1) == 0 ? 0 : 0xffffL << 16 * group;
        }
        return mask;
    }

    @Test
    void aRemovalMayDoWithoutALength() {
        assertThat(reads("remove 2001:DB8::1")).isTrue();
        assertThat(prefix()).isEqualTo(Prefix.parse("2001:db8::1/128"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "put ::/0 0",
                "set ::/0",
                "set ::/0 ",
                "set ::/129 0",
                "set ::/ 0",
                "set :::/0 0",
                "set 1:/0 0",
                "set :1::/16 0",
                "set 1:2:3:4:5:6:7/0 0",
                "set 1:2:3:4:5:6:7:8:9/0 0",
                "set 1::2:3:4:5:6:7:8/0 0",
                "set 1::2::3/0 0",
                "set 12345::/16 0",
                "set ::1.2.3.4/128 0",
                "set g::/16 0",
                "set a/16 0",
                "set 2001:db8:: ffff:ffff:: fd00::1 0",
                "set ::/0 gateway 0",
                "remove ::/0 0",
            })
    void leavesTheRestToAnother(String command) {
        assertThat(reads(command)).isFalse();
    }
}
