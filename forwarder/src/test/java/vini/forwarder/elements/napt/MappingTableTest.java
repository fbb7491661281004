package vini.forwarder.elements.napt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of a NAPT against collections that do the same. */
class MappingTableTest {
    @Test
    void mappingsAreFoundByBothEnds() {
        long seed = 20261122;
        Random random = new Random(seed);
        MappingTable table = new MappingTable(seed);
        Map<Long, Integer> inside = new TreeMap<>();
        Map<Long, Integer> outside = new TreeMap<>();
        int removed = 0;
        for (int i = 0; i < 30_000; i++) {
            long in = Endpoint.of(random.nextInt(40), random.nextInt(20), 17);
            long out = Endpoint.of(random.nextInt(4), random.nextInt(300), 17);
            Integer there = inside.get(in);
            assertThat(table.find(in)).isEqualTo(there == null ? -1 : there);
            if (there == null && !outside.containsKey(out)) {
                int mapping = table.add(in, out, 7);
                inside.put(in, mapping);
                outside.put(out, mapping);
            } else if (there != null && random.nextInt(3) == 0) {
                outside.remove(table.outside(there));
                inside.remove(in);
                table.remove(there);
                removed++;
            }
            assertThat(table.size()).isEqualTo(inside.size());
        }
        assertThat(removed).as("seed %d", seed).isGreaterThan(300);
        outside.forEach(
                (key, mapping) ->
                        assertThat(table.find(key | Endpoint.OUTSIDE)).isEqualTo(mapping));
    }

    @Test
    void sessionsAreFoundByMappingAndPeer() {
        Random random = new Random(5);
        SessionTable table = new SessionTable(5, true);
        Map<String, Integer> sessions = new TreeMap<>();
        int[] firsts = new int[9];
        Arrays.fill(firsts, SessionTable.NONE);
        for (int i = 0; i < 20_000; i++) {
            int mapping = random.nextInt(9);
            long peer = Endpoint.of(random.nextInt(6), random.nextInt(12), 0);
            String key = mapping + " " + Long.toHexString(peer);
            Integer there = sessions.get(key);
            assertThat(table.find(mapping, peer)).isEqualTo(there == null ? -1 : there);
            String prefix = mapping + " " + Long.toHexString(peer >>> 32);
            boolean hasAddress =
                    sessions.values().stream()
                            .anyMatch(
                                    s ->
                                            table.mapping(s) == mapping
                                                    && table.peer(s) >>> 32 == peer >>> 32);
            assertThat(table.hasAddress(mapping, peer)).as(prefix).isEqualTo(hasAddress);
            if (there == null) {
                firsts[mapping] = table.add(mapping, peer, TcpPhase.CLOSED, i, firsts[mapping]);
                sessions.put(key, firsts[mapping]);
            } else if (random.nextInt(3) > 0) {
                firsts[mapping] = table.remove(there, firsts[mapping]);
                sessions.remove(key);
            }
            assertThat(table.size()).isEqualTo(sessions.size());
        }
    }

    @Test
    void everyPortIsFoundOnceAndTheyAreSpread() {
        SplittableRandom random = new SplittableRandom(3);
        Ports ports = new Ports(1000, 1100);
        Set<Integer> taken = new TreeSet<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            int port = ports.find(i, random);
            assertThat(taken.add(port)).isTrue();
            order.add(port);
            ports.take(port);
        }
        assertThat(ports.find(5, random)).isNegative();
        assertThat(taken).hasSize(101).contains(1000, 1100);
        assertThat(order).isNotEqualTo(List.copyOf(taken));
        ports.release(1023);
        assertThat(ports.find(5000, random)).isEqualTo(1023);
    }
}
