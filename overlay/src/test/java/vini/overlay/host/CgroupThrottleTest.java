package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class CgroupThrottleTest {
    @TempDir Path groups;

    private void stat(String group, String text) throws IOException {
        Files.writeString(Files.createDirectories(groups.resolve(group)).resolve("cpu.stat"), text);
    }

    @Test
    void readsTheMostOfTheGroupsAroundIt() throws IOException {
        stat("lab", "usage_usec 9\nnr_throttled 3\nthrottled_usec 2500\n");
        stat("lab/own", "usage_usec 9\nnr_throttled 1\nthrottled_usec 7\n");
        stat("other", "throttled_usec 900000\n");
        assertThat(CgroupThrottle.nanos("0::/lab/own\n", groups)).isEqualTo(2_500_000);
        assertThat(CgroupThrottle.nanos("0::/lab\n", groups)).isEqualTo(2_500_000);
        assertThat(CgroupThrottle.nanos("0::/\n", groups)).isZero();
    }

    @Test
    void readsTheFirstVersion() throws IOException {
        stat("cpu,cpuacct/box", "nr_periods 9\nnr_throttled 3\nthrottled_time 1234\n");
        stat("memory/box", "throttled_time 99\n");
        stat("unified", "usage_usec 1\n");
        String own = "5:memory:/box\n4:cpu,cpuacct:/box/gone\n1:name=systemd:/\n0::/\n";
        assertThat(CgroupThrottle.nanos(own, groups)).isEqualTo(1234);
    }

    @Test
    void whatCannotBeReadIsNoThrottle() throws IOException {
        stat("strange", "throttled_usec\nthrottled_usec x\nthrottled_usec 1 2\n");
        for (String own :
                new String[] {"", "0::", "0::/none", "0::/../..", "0::/strange", "::::"}) {
            assertThat(CgroupThrottle.nanos(own, groups)).as(own).isZero();
        }
        assertThat(CgroupThrottle.nanos()).isGreaterThanOrEqualTo(0);
    }
}
