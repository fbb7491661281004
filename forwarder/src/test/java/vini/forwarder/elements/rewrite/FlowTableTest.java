package vini.forwarder.elements.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

class FlowTableTest {
    private static final int GUARANTEE = 30;

    private static final FlowSet.Lifetimes OWNER =
            new FlowSet.Lifetimes() {
                @Override
                public long guarantee(int protocol) {
                    return GUARANTEE;
                }

                @Override
                public long timeout(int protocol, long state) {
                    return FlowState.seen(state) == 0 ? 100 : 40;
                }

                @Override
                public void gone(int flow) {}
            };

    @Test
    void findsWhatAMapWouldFind() {
        long seed = 20261122;
        Random random = new Random(seed);
        FlowTable table = new FlowTable(1);
        Map<String, Integer> model = new TreeMap<>();
        Set<Integer> flows = new TreeSet<>();
        int removed = 0;
        for (int i = 0; i < 20_000; i++) {
            long addresses = FlowKey.addresses(random.nextInt(20), random.nextInt(30));
            long ports = FlowKey.ports(0, 6, random.nextInt(40));
            String forward = addresses + "/" + ports;
            String reply = FlowKey.swapped(addresses) + "/" + (ports + 1000);
            Integer there = model.get(forward);
            assertThat(table.find(addresses, ports)).isEqualTo(there == null ? -1 : there);
            if (there == null && !model.containsKey(reply)) {
                int flow = table.add(addresses, ports, FlowKey.swapped(addresses), ports + 1000, 3);
                model.put(forward, flow << 1);
                model.put(reply, flow << 1 | 1);
                flows.add(flow);
                assertThat(table.input(flow)).isEqualTo(3);
            } else if (there != null && random.nextInt(3) == 0) {
                int flow = there >> 1;
                table.remove(flow);
                removed++;
                flows.remove(flow);
                model.values().removeIf(reference -> reference >> 1 == flow);
            }
            assertThat(table.size()).isEqualTo(flows.size());
        }
        assertThat(removed).as("seed %d", seed).isGreaterThan(300);
        assertThat(flows.size()).as("seed %d", seed).isGreaterThan(300);
        model.forEach(
                (key, reference) -> {
                    String[] parts = key.split("/", -1);
                    long addresses = Long.parseLong(parts[0]);
                    long ports = Long.parseLong(parts[1]);
                    assertThat(table.find(addresses, ports)).isEqualTo(reference);
                    assertThat(table.addresses(reference)).isEqualTo(addresses);
                    assertThat(table.ports(reference)).isEqualTo(ports);
                });
    }

    /** Against a list that is searched whole: the flow that times out first goes. */
    @Test
    void evictsWhatTimesOutFirst() {
        long seed = 7;
        Random random = new Random(seed);
        FlowSet set = new FlowSet(50, 1);
        set.register(OWNER);
        FlowTable table = set.table();
        long now = 0;
        int evicted = 0;
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            now += random.nextInt(2);
            int flow = table.end() == 0 ? 0 : random.nextInt(table.end());
            if (random.nextInt(4) > 0 && table.end() > 0) {
                table.used(flow, now);
                if (random.nextInt(10) == 0) {
                    table.state(flow, FlowState.seen(table.state(flow), random.nextInt(2)));
                    set.shortened(flow);
                }
                continue;
            }
            long best = Long.MAX_VALUE;
            for (int other = 0; other < table.end(); other++) {
                if (table.used(other) + GUARANTEE <= now) {
                    best = Math.min(best, set.staleAt(other));
                }
            }
            boolean full = table.size() == 50;
            long[] stale = new long[table.end()];
            for (int other = 0; other < table.end(); other++) {
                stale[other] = set.staleAt(other);
            }
            boolean admitted = set.admit(OWNER, 6, 0, now);
            assertThat(admitted).isEqualTo(!full || best < Long.MAX_VALUE);
            if (!admitted) {
                refused++;
                continue;
            }
            if (full) {
                evicted++;
                int gone = 0;
                for (int other = 0; other < table.end(); other++) {
                    if (!table.isLive(other)) {
                        gone = other;
                    }
                }
                assertThat(stale[gone]).as("seed %d step %d", seed, i).isEqualTo(best);
            }
            set.add(i, 6, -1L * i, 6, 0, 0, now);
        }
        assertThat(evicted).isGreaterThan(300);
        assertThat(refused).isGreaterThan(0);
    }

    @Test
    void holdsAMillionFlowsInLessThanAHundredAndSixtyBytesEach() {
        FlowSet set = new FlowSet(1_000_000, 1);
        set.register(OWNER);
        for (int i = 0; i < 1_000_000; i++) {
            set.add(i, 6L << 32, i, 17L << 32, 0, 0, 0);
        }
        assertThat(set.table().size()).isEqualTo(1_000_000);
        assertThat(set.bytes() / 1e6).isLessThan(160);
        assertThat(set.table().find(999_999, 17L << 32)).isEqualTo(999_999 * 2 + 1);
    }
}
