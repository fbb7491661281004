package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What all forwarding tables have in common, whichever way they look addresses up. */
class IpRouteTablesTest {
    private static String graph(String table) {
        return "in :: Inject -> CheckIPHeader -> fib :: "
                + table
                + "; fib[0] -> zero :: Collect; fib[1] -> one :: Collect;";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StaticIPLookup",
                "LinearIPLookup",
                "SortedIPLookup",
                "RadixIPLookup",
                "DirectIPLookup",
                "RangeIPLookup"
            })
    void sendToTheLongestPrefixAndItsGateway(String table) throws Exception {
        String routes =
                "(10.0.0.0/8 0, 10.77/16 10.1.1.1 1, 10.77.0.7 - 0, 255.255.255.255 0.0.0.0 1)";
        try (GraphRun run = GraphRun.of(graph(table + routes))) {
            for (String to : new String[] {"10.3.3.3", "10.77.1.1", "10.77.0.7", "11.0.0.1"}) {
                run.push(Packets.udp("10.0.0.1", to, 64, 1, 2));
            }
            assertThat(run.seen("zero"))
                    .extracting(seen -> seen.destination().toString())
                    .containsExactly("10.3.3.3", "10.77.0.7");
            assertThat(run.seen("one"))
                    .extracting(seen -> seen.destination().toString())
                    .containsExactly("10.1.1.1");
            assertThat(run.books()).contains("drop fib noRoute 1");
            assertThat(run.read("fib.lookup", "10.77.9.9")).isEqualTo("1 10.1.1.1");
            assertThat(run.read("fib.lookup", "10.2.2.2 ")).isEqualTo("0");
            assertThat(run.read("fib.lookup", "255.255.255.255")).isEqualTo("1");
            assertThat(run.read("fib.lookup", "0.0.0.0")).isEqualTo("-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LinearIPLookup", "DirectIPLookup", "RangeIPLookup", "RadixIPLookup"})
    void randomChangesGiveWhatASlowTableGives(String table) throws Exception {
        long seed = Long.getLong("seed", 4711);
        Random random = new Random(seed);
        Map<Prefix, Integer> slow = new TreeMap<>();
        int long24 = 0;
        try (GraphRun run = GraphRun.of(graph(table))) {
            for (int step = 0; step < 400; step++) {
                Prefix prefix = prefix(random);
                int output = random.nextInt(2);
                long24 += prefix.length() > 24 ? 1 : 0;
                if (slow.containsKey(prefix) && random.nextInt(3) > 0) {
                    slow.remove(prefix);
                    run.write("fib.remove", prefix.toString());
                } else {
                    slow.put(prefix, output);
                    String hop = random.nextInt(3) == 0 ? " 10.9.9." + output : "";
                    run.write("fib.set", prefix + hop + " " + output);
                }
                for (int i = 0; i < 8; i++) {
                    Ipv4Address address = (Ipv4Address) prefix(random).address();
                    assertThat(run.read("fib.lookup", address.toString()).split(" ", -1)[0])
                            .as("-Dseed=%d, step %d, %s", seed, step, address)
                            .isEqualTo(lookup(slow, address));
                }
            }
            assertThat(slow).as("-Dseed=%d", seed).hasSizeGreaterThan(80);
            assertThat(long24).as("-Dseed=%d", seed).isGreaterThan(100);
            assertThat(run.read("fib.table").lines()).hasSize(slow.size());
            for (Prefix prefix : slow.keySet()) {
                run.write("fib.remove", prefix.toString());
            }
            assertThat(run.read("fib.lookup", "10.1.1.1")).isEqualTo("-1");
        }
    }

    private static Prefix prefix(Random random) {
        int bits = 0x0a000000 | random.nextInt(3) << 16 | random.nextInt(3) << 8;
        int length = random.nextInt(6) == 0 ? random.nextInt(14) : 14 + random.nextInt(19);
        return new Prefix(new Ipv4Address(bits | random.nextInt(8) << 2), length);
    }

    private static String lookup(Map<Prefix, Integer> table, Ipv4Address address) {
        String found = "-1";
        for (int length = 0; length <= 32; length++) {
            Integer output = table.get(new Prefix(address, length));
            found = output == null ? found : "" + output;
        }
        return found;
    }

    /** Click lists them so; a hot swap leaves them where they were. */
    @Test
    void aLinearTableListsItsRoutesAsTheyCame() throws Exception {
        String text = graph("LinearIPLookup(10.0.0.0/8 0, 1.0.0.0/8 1, 0/0 1)");
        try (GraphRun run = GraphRun.of(text)) {
            run.write("fib.add", "7.0.0.0/8 0");
            run.write("fib.set", "1.0.0.0/8 0");
            run.write("fib.add", "3.0.0.0/8 1");
            String table =
                    "10.0.0.0/8 - 0\n1.0.0.0/8 - 0\n0.0.0.0/0 - 1\n7.0.0.0/8 - 0\n3.0.0.0/8 - 1\n";
            assertThat(run.read("fib.table")).isEqualTo(table);
            run.swap(text);
            assertThat(run.read("fib.table")).isEqualTo(table);
            run.write("fib.remove", "10.0.0.0/8");
            run.write("fib.add", "10.0.0.0/8 1");
            assertThat(run.read("fib.table")).endsWith("3.0.0.0/8 - 1\n10.0.0.0/8 - 1\n");
        }
    }

    @Test
    void flushTakesAllOut() throws Exception {
        try (GraphRun run = GraphRun.of(graph("RangeIPLookup(10.0.0.0/8 0, 0/0 1)"))) {
            run.write("fib.flush", "");
            assertThat(run.read("fib.table")).isEmpty();
            assertThat(run.read("fib.lookup", "10.0.0.1")).isEqualTo("-1");
            assertThat(run.journalLines("remove 10.0.0.0/8")).isEqualTo(1);
        }
    }

    @Test
    void aRouteIsRemovedOnlyAsItIs() throws Exception {
        try (GraphRun run = GraphRun.of(graph("RadixIPLookup(10.0.0.0/8 10.1.1.1 0)"))) {
            assertThatThrownBy(() -> run.write("fib.remove", "10.0.0.0/8 10.1.1.2 0"))
                    .isInstanceOf(HandlerException.class)
                    .hasMessage("there is no route to 10.0.0.0/8 10.1.1.2 0");
            run.write("fib.remove", "10.0.0.0/8 10.1.1.1 0");
            assertThat(run.read("fib.table")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add 10.0.0.0/8 1",
                "remove 10.9.0.0/16",
                "set 10.9.0.0/16 1.1.1.1 7",
                "set 10.9.0.0/33 1",
                "put 10.9.0.0/16 1",
                "remove 10.0.0.0/8 10.1.1.1 1"
            })
    void aTransactionWithAWrongLineHasDoneNothing(String wrong) throws Exception {
        String routes = "(10.0.0.0/8 10.1.1.1 0, 10.1.0.0/16 - 1, 0/0 10.1.1.1|10.1.1.2 1)";
        try (GraphRun run = GraphRun.of(graph("RadixIPLookup" + routes))) {
            String before = run.read("fib.table");
            String right =
                    """
                    remove 10.1.0.0/16
                    set 10.0.0.0/8 10.3.3.3 1
                    set 0.0.0.0/0 10.1.1.1 0
                    add 10.2.0.0/16 10.1.1.1|10.1.1.2 1
                    add 10.1.0.0/16 10.4.4.4 0
                    """;
            assertThatThrownBy(() -> run.write("fib.ctrl", right + wrong + "\n" + right))
                    .isInstanceOf(Exception.class);
            assertThat(run.read("fib.table")).isEqualTo(before);
            assertThat(run.read("fib.lookup", "10.1.2.3")).isEqualTo("1");
            run.write("fib.ctrl", right);
            assertThat(run.read("fib.table"))
                    .isEqualTo(
                            """
                            0.0.0.0/0 10.1.1.1 0
                            10.0.0.0/8 10.3.3.3 1
                            10.1.0.0/16 10.4.4.4 0
                            10.2.0.0/16 10.1.1.1|10.1.1.2 1
                            """);
            assertThat(run.read("fib.lookup", "10.2.2.3")).isEqualTo("1 10.1.1.1|10.1.1.2");
        }
    }

    @Test
    void numbersOfNextHopsAreUsedAgainAndNeverConfused() throws Exception {
        try (GraphRun run = GraphRun.of(graph("RadixIPLookup"))) {
            for (int round = 0; round < 3000; round++) {
                String hop = "10.0." + (round >> 8) + "." + (round & 255);
                run.write("fib.set", "10.0.0.0/8 " + hop + " 1");
                run.write("fib.set", "11.0.0.0/8 " + hop + " 0");
                assertThat(run.read("fib.lookup", "10.1.1.1")).isEqualTo("1 " + hop);
                assertThat(run.read("fib.lookup", "11.1.1.1")).isEqualTo("0 " + hop);
                run.write("fib.remove", "11.0.0.0/8");
            }
        }
    }

    @Test
    void namesOfAddressesAreKnown() throws Exception {
        String names = "AddressInfo(ext0 192.168.2.2, net0 192.168.2.0/24);";
        try (GraphRun run = GraphRun.of(names + graph("RadixIPLookup(ext0 0, net0 ext0 1)"))) {
            assertThat(run.read("fib.table"))
                    .isEqualTo("192.168.2.0/24 192.168.2.2 1\n192.168.2.2/32 - 0\n");
            assertThat(run.read("fib.lookup", "ext0")).isEqualTo("0");
        }
        assertThatThrownBy(() -> GraphRun.of(graph("RadixIPLookup(ext1 0)")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ext1");
    }
}
