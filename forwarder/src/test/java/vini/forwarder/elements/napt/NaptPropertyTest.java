package vini.forwarder.elements.napt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.elements.tcpudp.Segments;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * Against a model that knows nothing but the rules: random packets of all kinds both ways, at
 * random times; each that passes is what the model says, with checksums summed up anew, and each
 * that does not is one that the model would not let pass either.
 */
class NaptPropertyTest {
    private static final int STEPS = 12_000;
    private static final double UDP = 300;
    private static final double ICMP = 60;

    private final Map<String, String> outer = new LinkedHashMap<>();
    private final Map<String, String> inner = new LinkedHashMap<>();

    /** When something last left from there, to anybody and to each peer. */
    private final Map<String, Double> used = new TreeMap<>();

    private double now;
    private int passedOut;
    private int passedIn;
    private int refused;
    private int again;

    private static String host(Random random) {
        return "10.0.0." + (1 + random.nextInt(12));
    }

    private static String peer(Random random) {
        return random.nextInt(9) == 0 ? "0.0.255.254" : "198.51.100." + (1 + random.nextInt(5));
    }

    private static String data(Random random) {
        byte[] bytes = new byte[random.nextInt(9)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        return HexFormat.of().formatHex(bytes);
    }

    private static String packet(
            boolean udp, String from, int fromPort, String to, int toPort, int type, String data) {
        return udp
                ? Segments.udp(from, fromPort, to, toPort, data)
                : Segments.echo(from, to, type, type == 8 ? fromPort : toPort, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address", "address-and-port"})
    void whatPassesIsWhatTheRulesSay(String filtering) throws Exception {
        long seed = 20261122;
        Random random = new Random(seed);
        try (NaptRun nat = new NaptRun(seed, "192.0.2.1 192.0.2.2", "FILTERING " + filtering)) {
            for (int step = 0; step < STEPS; step++) {
                double pause = random.nextInt(30) == 0 ? random.nextInt(200) : 0.5;
                nat.pass(pause);
                now += pause;
                if (random.nextBoolean()) {
                    out(nat, random, filtering);
                } else {
                    in(nat, random, filtering);
                }
            }
            assertThat(
                            nat.run().graph("n").ledger().dropped().values().stream()
                                    .mapToLong(n -> n)
                                    .sum())
                    .isEqualTo(refused);
        }
        assertThat(passedOut).as("seed %d", seed).isGreaterThan(1000);
        assertThat(passedIn).as("seed %d", seed).isGreaterThan(150);
        assertThat(refused).as("seed %d", seed).isGreaterThan(300);
        assertThat(again).as("mappings made anew").isGreaterThan(30);
    }

    private void out(NaptRun nat, Random random, String filtering) {
        boolean udp = random.nextInt(3) > 0;
        String from = host(random);
        int port = 5000 + random.nextInt(4);
        String to = peer(random);
        int toPort = 50 + random.nextInt(3);
        String data = data(random);
        String got = nat.out(packet(udp, from, port, to, toPort, 8, data));
        String external = NaptRun.source(got);
        int externalPort = udp ? NaptRun.sourcePort(got) : NaptRun.identifier(got);
        assertThat(got).isEqualTo(packet(udp, external, externalPort, to, toPort, 8, data));
        String key = (udp ? "udp " : "icmp ") + from + " " + port;
        String place = (udp ? "udp " : "icmp ") + external + " " + externalPort;
        boolean fresh = now < used.getOrDefault(key, -1e9) + (udp ? UDP : ICMP);
        String before = outer.put(key, place);
        if (before != null && fresh) {
            assertThat(place).as(key).isEqualTo(before);
        } else if (before != null) {
            inner.remove(before, key);
            again++;
        }
        String other = inner.put(place, key);
        assertThat(other == null || other.equals(key) || !isFresh(other)).as(place).isTrue();
        used.put(key, now);
        used.put(key + " " + peerKey(filtering, to, toPort, udp), now);
        passedOut++;
    }

    private boolean isFresh(String key) {
        return now < used.getOrDefault(key, -1e9) + (key.startsWith("udp") ? UDP : ICMP);
    }

    private static String peerKey(String filtering, String peer, int port, boolean udp) {
        return switch (filtering) {
            case "endpoint-independent" -> "any";
            case "address" -> peer;
            default -> udp ? peer + ":" + port : peer;
        };
    }

    private void in(NaptRun nat, Random random, String filtering) {
        if (inner.isEmpty()) {
            return;
        }
        List<String> places = List.copyOf(inner.keySet());
        String place = places.get(random.nextInt(places.size()));
        String[] words = place.split(" ", -1);
        boolean udp = words[0].equals("udp");
        int port = Integer.parseInt(words[2]);
        String from = peer(random);
        int fromPort = 50 + random.nextInt(3);
        String data = data(random);
        String key = Objects.requireNonNull(inner.get(place));
        boolean open =
                isFresh(key)
                        && now
                                < used.getOrDefault(
                                                key + " " + peerKey(filtering, from, fromPort, udp),
                                                -1e9)
                                        + (udp ? UDP : ICMP);
        String got = nat.in(packet(udp, from, fromPort, words[1], port, 0, data));
        if (!open) {
            assertThat(got).as(place + " is closed to " + from).isEqualTo(NaptRun.NOTHING);
            refused++;
            return;
        }
        String[] to = key.split(" ", -1);
        assertThat(got)
                .isEqualTo(packet(udp, from, fromPort, to[1], Integer.parseInt(to[2]), 0, data));
        passedIn++;
    }

    /** A connection to a connection: whatever flags come, both sides see one mapping. */
    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address", "address-and-port"})
    void segmentsOfAnyFlagsAreTranslatedAlike(String filtering) throws Exception {
        Random random = new Random(7);
        int in = 0;
        try (GraphRun run = GraphRun.of(NaptRun.graph("192.0.2.1", "FILTERING " + filtering))) {
            Map<String, Integer> ports = new TreeMap<>();
            Map<Integer, String> hosts = new TreeMap<>();
            for (int step = 0; step < STEPS; step++) {
                run.run(random.nextInt(2000) * GraphRun.MS / 10);
                int flags = random.nextInt(32);
                String host = host(random);
                int port = 5000 + random.nextInt(2);
                String peer = peer(random);
                int peerPort = 80 + random.nextInt(2);
                int out = run.seen("outside").size();
                run.pushFrom("in0", Segments.tcp(host, port, peer, peerPort, flags, ""));
                if (run.seen("outside").size() > out) {
                    String got = run.seen("outside").get(out).hex();
                    Integer external = NaptRun.sourcePort(got);
                    assertThat(got)
                            .isEqualTo(
                                    Segments.tcp("192.0.2.1", external, peer, peerPort, flags, ""));
                    // Twenty minutes: no mapping of an established connection has ended.
                    ports.put(host + ":" + port, external);
                    hosts.put(external, host + ":" + port);
                }
                if (hosts.isEmpty()) {
                    continue;
                }
                List<Integer> all = List.copyOf(hosts.keySet());
                int to = all.get(random.nextInt(all.size()));
                int before = run.seen("inside").size();
                run.pushFrom(
                        "in1",
                        Segments.tcp(
                                peer(random),
                                80 + random.nextInt(3),
                                "192.0.2.1",
                                to,
                                random.nextInt(32),
                                ""));
                List<Collect.Seen> seen = run.seen("inside");
                for (Collect.Seen packet : seen.subList(before, seen.size())) {
                    String got = packet.hex();
                    assertThat(Segments.sound(got)).isTrue();
                    String inside =
                            NaptRun.destination(got)
                                    + ":"
                                    + Integer.parseInt(got.substring(44, 48), 16);
                    assertThat(ports.get(inside)).isEqualTo(to);
                    in++;
                }
            }
            assertThat(run.graph("n").ledger().imbalance(run.loop().packets().inUse())).isZero();
        }
        assertThat(in).isGreaterThan(300);
    }
}
