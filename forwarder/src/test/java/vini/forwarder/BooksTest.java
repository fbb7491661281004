package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.kit.GraphRun.MS;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** A line of four nodes a-b-c-d: paths, ICMP errors, and that no packet is lost from the books. */
class BooksTest {
    private static final List<String> NODES = List.of("a", "b", "c", "d");

    /** The node's address. */
    private static String address(int node) {
        return "10.77.0." + (node + 1);
    }

    /** The graph of a node as the compiler of topologies makes it, with a test's ends as host. */
    private static String text(int node, String link) {
        List<String> routes = new ArrayList<>();
        List<String> hops = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int other = 0; other < NODES.size(); other++) {
            String hop = "10.77.128." + (other < node ? node - 1 : node + 1);
            routes.add(address(other) + "/32 " + (other == node ? "0" : hop + " 1"));
        }
        for (int neighbour : new int[] {node - 1, node + 1}) {
            if (neighbour < 0 || neighbour >= NODES.size()) {
                continue;
            }
            int port = hops.size();
            String from = NODES.get(node);
            String to = NODES.get(neighbour);
            hops.add("10.77.128." + neighbour + "/32 " + port);
            text.append(
                    "encap[%d] -> to_%s :: Link(%s) -> t%d :: DirectTunnel(%s, %s);\n"
                            .formatted(port, to, link, port, from + "/" + to, to + "/" + from));
            text.append("t%d -> Paint(%d) -> arrive;\n".formatted(port, port));
        }
        return text
                + """
                fib :: RadixIPLookup(%s, 0.0.0.0/0 2); encap :: RadixIPLookup(%s);
                arrive :: CheckIPHeader -> fib; in :: Inject; out :: Collect;
                in -> CheckIPHeader -> guard :: IPFilter(deny ip proto 89 or dst net 224.0.0.0/4,
                    allow all) -> Paint(255) -> fib;
                fib[0] -> out; fib[1] -> own :: CheckPaint(255); own[0] -> encap;
                own[1] -> ttl :: DecIPTTL -> encap;
                fib[2] -> ICMPError(%s, unreachable, net) -> Paint(255) -> fib;
                ttl[1] -> ICMPError(%s, timeexceeded) -> Paint(255) -> fib;
                """
                        .formatted(
                                String.join(", ", routes),
                                String.join(", ", hops),
                                address(node),
                                address(node));
    }

    private static GraphRun network(long seed, String link) throws ConfigException {
        GraphRun run = new GraphRun(seed);
        for (int node = 0; node < NODES.size(); node++) {
            run.start(NODES.get(node), text(node, link));
        }
        return run;
    }

    @Test
    void tracerouteSeesTheHopsInOrder() throws Exception {
        try (GraphRun run = network(1, "DELAY 2ms")) {
            for (int ttl = 1; ttl <= 3; ttl++) {
                run.pushFrom("a/in", Packets.udp(address(0), address(3), ttl, 33_000, 33_434));
                run.run(100 * MS);
            }
            List<Collect.Seen> answers = run.seen("a/out");
            // Time exceeded from b after one link and back, from c after two; d itself got the
            // third.
            assertThat(answers).hasSize(2);
            for (int i = 0; i < 2; i++) {
                String answer = answers.get(i).hex();
                assertThat(answer.substring(24, 32)).isEqualTo(Packets.address(address(i + 1)));
                assertThat(answer.substring(40, 44)).isEqualTo("0b00");
                assertThat(answer).contains(Packets.address(address(3)) + "80e8829a");
                assertThat(answers.get(i).nanos()).isEqualTo(i * 100L * MS + (i + 1) * 4L * MS);
            }
            assertThat(run.out("d/out"))
                    .containsExactly(Packets.udp(address(0), address(3), 1, 33_000, 33_434));
            assertThat(run.seen("d/out").getFirst().nanos()).isEqualTo(206 * MS);
        }
    }

    @Test
    void anUnreachableDestinationIsTold() throws Exception {
        try (GraphRun run = network(1, "")) {
            run.pushFrom("b/in", Packets.udp(address(1), "192.0.2.1", 64, 1, 2));
            run.run(0);
            String answer = run.out("b/out").getFirst();
            assertThat(answer.substring(24, 32)).isEqualTo(Packets.address(address(1)));
            assertThat(answer.substring(40, 44)).isEqualTo("0300");
        }
    }

    @Test
    void sentIsDeliveredPlusDroppedPlusInFlight() throws Exception {
        long seed = Long.getLong("seed", 5);
        Random random = new Random(seed);
        try (GraphRun run = network(seed, "DELAY 3ms, JITTER 1ms, LOSS 2%, RATE 2Mbps, QUEUE 3")) {
            long inFlightMax = 0;
            for (int step = 0; step < 400; step++) {
                String[] burst = new String[random.nextInt(12)];
                int from = random.nextInt(4);
                for (int i = 0; i < burst.length; i++) {
                    burst[i] = packet(random, from);
                }
                run.pushFrom(NODES.get(from) + "/in", burst);
                if (random.nextInt(20) == 0) {
                    String state = List.of("silent", "up", "down", "up").get(random.nextInt(4));
                    run.process().handlers().write("b/to_c.state", state);
                }
                run.run(random.nextInt((int) MS));
                long inFlight = run.loop().packets().inUse();
                inFlightMax = Math.max(inFlightMax, inFlight);
                assertBalance(run, inFlight, "-Dseed=" + seed + ", step " + step);
            }
            run.run(1000 * MS);
            assertThat(run.loop().packets().inUse()).isZero();
            assertBalance(run, 0, "-Dseed=" + seed);
            assertTotals(run);
            assertThat(inFlightMax).as("-Dseed=%d", seed).isGreaterThan(20);
            Map<String, Long> reasons = new TreeMap<>();
            NODES.forEach(
                    n ->
                            run.graph(n)
                                    .ledger()
                                    .dropped()
                                    .forEach((r, k) -> reasons.merge(r, k, Long::sum)));
            assertThat(reasons)
                    .as("-Dseed=%d", seed)
                    .containsKeys(
                            "badIpHeader",
                            "filtered",
                            "linkDown",
                            "linkLoss",
                            "linkQueueFull",
                            "ttlExpired",
                            "unreachable");
        }
    }

    private static String packet(Random random, int from) {
        return switch (random.nextInt(12)) {
            case 0 -> "4500";
            case 1 -> Packets.ipv4(address(from), "224.0.0.5", 1, 89, "0201");
            case 2 -> Packets.udp(address(from), "192.0.2." + random.nextInt(9), 9, 1, 2);
            default ->
                    Packets.udp(
                            address(from),
                            address(random.nextInt(4)),
                            1 + random.nextInt(3),
                            random.nextInt(60_000),
                            80);
        };
    }

    /** In one, the books say the same. */
    private static void assertTotals(GraphRun run) throws Exception {
        String totals = run.process().handlers().read("totals", "");
        assertThat(totals).contains("in_use " + run.loop().packets().inUse() + "\n");
        for (String what : List.of("sent", "delivered")) {
            long sum =
                    run.process()
                            .handlers()
                            .read("books", "")
                            .lines()
                            .map(row -> row.split(" "))
                            .filter(row -> row[1].equals(what))
                            .mapToLong(row -> Long.parseLong(row[2]))
                            .sum();
            assertThat(totals).contains(what + " " + sum + "\n");
        }
        Map<String, Long> reasons = new TreeMap<>();
        NODES.forEach(
                n ->
                        run.graph(n)
                                .ledger()
                                .dropped()
                                .forEach((r, k) -> reasons.merge(r, k, Long::sum)));
        reasons.forEach((r, k) -> assertThat(totals).contains("drop " + r + " " + k + "\n"));
    }

    private static void assertBalance(GraphRun run, long inFlight, String where) {
        long sent = sum(run, "sent");
        long delivered = sum(run, "delivered");
        long dropped =
                NODES.stream()
                        .flatMapToLong(
                                n ->
                                        run.graph(n).ledger().dropped().values().stream()
                                                .mapToLong(Long::longValue))
                        .sum();
        assertThat(delivered + dropped + inFlight).as(where).isEqualTo(sent);
        assertThat(sum(run, "untunnelled")).as(where).isEqualTo(sum(run, "tunnelled"));
    }

    private static long sum(GraphRun run, String row) {
        return NODES.stream().flatMapToLong(n -> rows(run.graph(n).ledger().text(), row)).sum();
    }

    private static LongStream rows(String books, String row) {
        return books.lines()
                .filter(line -> line.startsWith(row + " "))
                .mapToLong(line -> Long.parseLong(line.substring(row.length() + 1)));
    }
}
