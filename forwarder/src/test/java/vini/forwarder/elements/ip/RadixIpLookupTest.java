package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class RadixIpLookupTest {
    private static String graph(String routes) {
        return "in :: Inject -> CheckIPHeader -> fib :: RadixIPLookup("
                + routes
                + "); fib[0] -> zero :: Collect; fib[1] -> one :: Collect;";
    }

    private static String to(String address) {
        return Packets.udp("10.0.0.1", address, 64, 1, 2);
    }

    @Test
    void sendsToTheLongestPrefixAndItsGateway() throws Exception {
        try (GraphRun run =
                GraphRun.of(graph("10.0.0.0/8 0, 10.77.0.0/16 10.1.1.1 1, 10.77.0.7/32 - 0"))) {
            run.push(to("10.3.3.3"), to("10.77.1.1"), to("10.77.0.7"), to("11.0.0.1"));
            assertThat(run.out("zero")).containsExactly(to("10.3.3.3"), to("10.77.0.7"));
            assertThat(run.out("one")).containsExactly(to("10.77.1.1"));
            assertThat(run.seen("zero").getFirst().destination()).hasToString("10.3.3.3");
            assertThat(run.seen("one").getFirst().destination()).hasToString("10.1.1.1");
            assertThat(run.books()).contains("drop fib noRoute 1");
            assertThat(run.read("fib.lookup", "10.77.9.9")).isEqualTo("1 10.1.1.1");
            assertThat(run.read("fib.lookup", "10.2.2.2 ")).isEqualTo("0");
            assertThat(run.read("fib.lookup", "12.0.0.0")).isEqualTo("-1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "10.0.0.0/8 7; route '10.0.0.0/8 - 7' leads to an output not in use",
                "10.0.0.0/8 0, 10.1.0.0/8 1; two routes to 10.0.0.0/8",
                "10.0.0.0/8; ROUTE: '10.0.0.0/8' is not a route like '10.0.0.0/8 10.77.128.1 1'",
                "10.0.0.0/33 0; ROUTE: prefix length 33 is outside 0-32",
                "fd00::/8 0; ROUTE: \"fd00::/8\" is not an IPv4 prefix",
                "10.0.0.0/8 10.1.1 1; ROUTE: \"10.1.1\" is not an IPv4 address like 10.77.0.1",
                "10.0.0.0/8 x; ROUTE: 'x' is not an output port",
            })
    void refusesAConfiguration(String routes, String message) {
        assertThatThrownBy(() -> GraphRun.of(graph(routes)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("t.click:1: 'fib :: RadixIPLookup': " + message);
    }

    @Test
    void changesAreSeenByTheNextPacketAndStandInTheJournal() throws Exception {
        try (GraphRun run = GraphRun.of(graph("0.0.0.0/0 0"))) {
            run.run(5);
            run.write("fib.add", "10.0.0.0/8 10.1.1.1 1");
            run.push(to("10.2.2.2"));
            run.write("fib.set", "10.0.0.0/8 10.1.1.2|10.1.1.3 1");
            run.write("fib.set", "10.0.0.0/8 10.1.1.2|10.1.1.3 1");
            run.write("fib.remove", "10.0.0.0/8");
            run.push(to("10.2.2.2"));
            assertThat(run.out("one")).hasSize(1);
            assertThat(run.out("zero")).hasSize(1);
            assertThat(run.process().handlers().read("journal", "1"))
                    .isEqualTo(
                            """
                            1 5 n/fib set 10.0.0.0/8 10.1.1.1
                            2 5 n/fib set 10.0.0.0/8 10.1.1.2|10.1.1.3
                            3 5 n/fib remove 10.0.0.0/8
                            """);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "add 10.9.0.0/16 1|add 10.0.0.0/8 1; conflict with existing route '10.0.0.0/8 - 0'",
                "add 10.9.0.0/16 1|add 10.9.0.0/16 1; conflict with existing route '10.9.0.0/16 -"
                        + " 1'",
                "remove 10.0.0.0/8|remove 10.0.0.0/8; there is no route to 10.0.0.0/8",
                "add 10.9.0.0/16 1|remove 11.0.0.0/8; there is no route to 11.0.0.0/8",
                "add 10.9.0.0/16 1|set 12.0.0.0/8 9; 'set 12.0.0.0/8 9': no output 9",
                "add 10.9.0.0/16 1|delete 10.0.0.0/8; 'delete' is not add, set, remove or reset",
                "add 10.9.0.0/16 1|add; '' is not a route like '10.0.0.0/8 10.77.128.1 1'",
                "add 10.9.0.0/16 1|add 1.2.3.4/99 1; prefix length 99 is outside 0-32",
            })
    void aTransactionIsDoneAsAWholeOrNotAtAll(String lines, String message) throws Exception {
        try (GraphRun run = GraphRun.of(graph("10.0.0.0/8 0"))) {
            String journal = run.process().handlers().read("journal", "");
            assertThatThrownBy(() -> run.write("fib.ctrl", lines.replace("|", "\n")))
                    .isInstanceOf(HandlerException.class)
                    .hasMessage(message);
            assertThat(run.read("fib.table")).isEqualTo("10.0.0.0/8 - 0\n");
            assertThat(run.process().handlers().read("journal", "")).isEqualTo(journal);
        }
    }

    @Test
    void aTransactionSeesItsOwnCommands() throws Exception {
        try (GraphRun run = GraphRun.of(graph("10.0.0.0/8 0"))) {
            run.write(
                    "fib.ctrl",
                    "remove 10.0.0.0/8\n\nadd 10.0.0.0/8 10.1.1.1 1\nset 11.0.0.0/8 1\n");
            assertThat(run.read("fib.table")).isEqualTo("10.0.0.0/8 10.1.1.1 1\n11.0.0.0/8 - 1\n");
        }
    }

    @Test
    void aResetPrefixHasTheRouteOfTheConfigurationAgainOrNone() throws Exception {
        try (GraphRun run = GraphRun.of(graph("0.0.0.0/0 0, 10.0.0.0/8 10.1.1.1 1"))) {
            run.write("fib.ctrl", "set 0.0.0.0/0 10.1.1.2 1\nadd 11.0.0.0/8 1\nremove 10.0.0.0/8");
            assertThat(run.read("fib.lookup", "64.236.16.20")).isEqualTo("1 10.1.1.2");
            run.write("fib.ctrl", "reset 0.0.0.0/0\nreset 11.0.0.0/8\nreset 10.0.0.0/8");
            assertThat(run.read("fib.table")).isEqualTo("0.0.0.0/0 - 0\n10.0.0.0/8 10.1.1.1 1\n");
            run.write("fib.reset", "10.0.0.0/8");
            assertThatThrownBy(() -> run.write("fib.ctrl", "add 12.0.0.0/8 1\nreset 11.0.0.0/8"))
                    .hasMessage("there is no route to 11.0.0.0/8");
            assertThat(run.read("fib.table")).isEqualTo("0.0.0.0/0 - 0\n10.0.0.0/8 10.1.1.1 1\n");
        }
    }

    @Test
    void equalCostNextHopsKeepFlowsAndSpreadThem() throws Exception {
        try (GraphRun run =
                GraphRun.of(graph("10.0.0.0/8 10.1.0.1|10.1.0.2|10.1.0.3|10.1.0.4 1"))) {
            List<String> flows = new ArrayList<>();
            for (int port = 0; port < 1000; port++) {
                flows.add(Packets.udp("10.0.0.1", "10.9.9.9", 64, 1024 + port, 80));
            }
            run.push(flows.toArray(new String[0]));
            run.push(flows.toArray(new String[0]));
            List<Ipv4Address> ways =
                    run.seen("one").stream().map(Collect.Seen::destination).toList();
            assertThat(ways.subList(0, 1000)).isEqualTo(ways.subList(1000, 2000));
            Map<Ipv4Address, Integer> counts = new TreeMap<>();
            ways.subList(0, 1000).forEach(way -> counts.merge(way, 1, Integer::sum));
            // Binomial(1000, 1/4): sigma is 13.7.
            assertThat(counts).hasSize(4).allSatisfy((way, n) -> assertThat(n).isBetween(195, 305));
        }
    }

    @Test
    void fragmentsOfAFlowGoTheSameWay() throws Exception {
        try (GraphRun run = GraphRun.of(graph("10.0.0.0/8 10.1.0.1|10.1.0.2|10.1.0.3 1"))) {
            // First fragment with ports, and the last one without: more-fragments, then offset 1.
            String udp = "04d2162e00080000";
            for (String field : List.of("2000", "0001")) {
                String head = "4500001c0001" + field + "4011";
                String addresses = "0a0000010a090909";
                run.push(head + Packets.checksum(head + addresses) + addresses + udp);
            }
            List<Collect.Seen> seen = run.seen("one");
            assertThat(seen).hasSize(2);
            assertThat(seen.get(0).destination()).isEqualTo(seen.get(1).destination());
        }
    }

    @Test
    void thousandsOfRandomChangesGiveWhatASlowTableGives() throws Exception {
        long seed = Long.getLong("seed", 77);
        Random random = new Random(seed);
        Map<Prefix, Integer> slow = new TreeMap<>();
        int refused = 0;
        try (GraphRun run = GraphRun.of(graph(""))) {
            for (int step = 0; step < 800; step++) {
                Map<Prefix, Integer> next = new TreeMap<>(slow);
                StringBuilder text = new StringBuilder();
                boolean good = true;
                for (int i = random.nextInt(8); i >= 0; i--) {
                    Prefix prefix = prefix(random);
                    int output = random.nextInt(2);
                    switch (random.nextInt(10)) {
                        case 0, 1 -> {
                            good &= next.put(prefix, output) == null;
                            text.append("add " + prefix + " " + output + "\n");
                        }
                        case 2 -> {
                            good &= next.remove(prefix) != null;
                            text.append("remove " + prefix + "\n");
                        }
                        default -> {
                            next.put(prefix, output);
                            text.append("set " + prefix + " " + output + "\n");
                        }
                    }
                }
                if (good) {
                    run.write("fib.ctrl", text.toString());
                    slow = next;
                } else {
                    refused++;
                    assertThatThrownBy(() -> run.write("fib.ctrl", text.toString()))
                            .isInstanceOf(HandlerException.class);
                }
                for (int i = 0; i < 5; i++) {
                    Ipv4Address address = (Ipv4Address) prefix(random).address();
                    assertThat(run.read("fib.lookup", address.toString()))
                            .as("-Dseed=%d, step %d, %s", seed, step, address)
                            .isEqualTo(lookup(slow, address));
                }
            }
            assertThat(slow).as("-Dseed=%d", seed).hasSizeGreaterThan(300);
            assertThat(refused).as("-Dseed=%d", seed).isBetween(100, 700);
            assertThat(run.read("fib.table").lines()).hasSize(slow.size());
        }
    }

    private static Prefix prefix(Random random) {
        int bits = 0x0a000000 | random.nextInt(8) << 16 | random.nextInt(8) << 6;
        return new Prefix(new Ipv4Address(bits | random.nextInt(4)), 8 + random.nextInt(25));
    }

    private static String lookup(Map<Prefix, Integer> table, Ipv4Address address) {
        String found = "-1";
        for (int length = 0; length <= 32; length++) {
            Integer output = table.get(new Prefix(address, length));
            found = output == null ? found : "" + output;
        }
        return found;
    }
}
