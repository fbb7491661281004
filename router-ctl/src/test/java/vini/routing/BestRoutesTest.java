package vini.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class BestRoutesTest {
    private static final NextHop NEXT = new NextHop(0, IpAddress.parse("10.77.128.1"));

    /** Prefixes that differ little and much, so that many want the same slot. */
    private static Prefix prefix(Random random) {
        int bits =
                random.nextBoolean() ? 0x0a000000 + random.nextInt(300) : random.nextInt(64) << 26;
        return new Prefix(new Ipv4Address(bits), 32);
    }

    @Test
    void isAMapWhateverComesAndGoes() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        BestRoutes routes = new BestRoutes();
        Map<Prefix, Route> model = new TreeMap<>();
        int removed = 0;
        for (int i = 0; i < 20_000; i++) {
            Prefix prefix = prefix(random);
            Route route = new Route(prefix, Route.Protocol.OSPF, "intra", i, List.of(NEXT));
            int row = routes.find(prefix);
            assertThat(row != BestRoutes.NONE)
                    .as("-Dseed=%d", seed)
                    .isEqualTo(model.containsKey(prefix));
            // Now more come, now more go.
            boolean comes = random.nextInt(100) < (i / 2000 % 2 == 0 ? 70 : 30);
            if (comes && row == BestRoutes.NONE) {
                routes.add(route, i);
                model.put(prefix, route);
            } else if (comes) {
                routes.set(row, route, i);
                model.put(prefix, route);
            } else if (row != BestRoutes.NONE) {
                routes.remove(row);
                model.remove(prefix);
                removed++;
            }
        }
        assertThat(removed).isGreaterThan(1000);
        assertThat(routes.size()).as("-Dseed=%d", seed).isEqualTo(model.size());
        model.forEach(
                (prefix, route) -> {
                    int row = routes.find(prefix);
                    assertThat(routes.route(row)).as("-Dseed=%d", seed).isEqualTo(route);
                    assertThat(routes.since(row)).isEqualTo(route.cost());
                    assertThat(routes.isSame(row, route)).isTrue();
                });
    }
}
