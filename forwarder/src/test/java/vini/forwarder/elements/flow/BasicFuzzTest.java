package vini.forwarder.elements.flow;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.kit.GraphRun.MS;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Any bytes through chains of the basic elements: nothing throws, and the books balance. */
class BasicFuzzTest {
    /** With one input and one output, on push and on pull paths. */
    private static final List<String> ANYWHERE =
            List.of(
                    "Null",
                    "Print(x, -1, PRINTANNO true, HEADROOM true)",
                    "Print(CONTENTS ASCII, TIMESTAMP true)",
                    "Strip(3)",
                    "Unstrip(5)",
                    "Unstrip(90)",
                    "StripToNetworkHeader",
                    "Pad",
                    "Pad(64)",
                    "Truncate(20)",
                    "Resize(-2, 7)",
                    "Resize(70, -3)",
                    "Paint(1)",
                    "CheckPaint(1)",
                    "CheckLength(30)",
                    "SetTimestamp",
                    "StoreData(1, abc)",
                    "MarkMACHeader(1, 40)",
                    "AdjustTimestamp(-5)",
                    "SetTimestampDelta",
                    "SetPacketType(OTHERHOST)",
                    "SetAnnoByte(31, 9)",
                    "Counter(COUNT_CALL 5 stop)",
                    "Suppressor",
                    "Bypass");

    private static final List<String> PUSH =
            List.of(
                    "CheckIPHeader",
                    "Tee",
                    "PaintSwitch",
                    "Switch",
                    "RandomSwitch",
                    "RoundRobinSwitch",
                    "HashSwitch(3, 9)",
                    "StrideSwitch(3)");

    private static String chain(Random random, List<String> elements) {
        StringBuilder chain = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            chain.append(elements.get(random.nextInt(elements.size()))).append(" -> ");
        }
        return chain.toString();
    }

    private static String text(Random random) {
        List<String> switches = List.of("Tee", "PaintSwitch", "RandomSwitch", "HashSwitch(0, 4)");
        String ways = switches.get(random.nextInt(switches.size()));
        List<String> schedulers =
                List.of("PrioSched", "RoundRobinSched", "DRRSched(9)", "StrideSched(1, 2)");
        String scheduler = schedulers.get(random.nextInt(schedulers.size()));
        return "in :: Inject -> %s%s%sways :: %s -> %sQueue(5) -> %s[0] s :: %s -> %sUnqueue -> %sDiscard;"
                        .formatted(
                                chain(random, ANYWHERE),
                                chain(random, PUSH),
                                chain(random, ANYWHERE),
                                ways,
                                chain(random, ANYWHERE),
                                chain(random, ANYWHERE),
                                scheduler,
                                chain(random, ANYWHERE),
                                chain(random, PUSH))
                + " ways[1] -> %sq :: Queue(5) -> [0] clip :: Clipboard(3/4, 60/9) -> [1] s;"
                        .formatted(chain(random, PUSH))
                + " ways[2] -> %s[1] clip [1] -> h :: Hub -> Paint(255) -> t :: PaintTee(255)"
                        .formatted(chain(random, PUSH))
                + " -> [1] h [1] -> Discard; t[1] -> Discard;";
    }

    private static String packet(Random random) {
        byte[] bytes = HexFormat.of().parseHex(Packets.UDP);
        if (random.nextBoolean()) {
            bytes = new byte[random.nextInt(random.nextInt(8) == 0 ? 3000 : 90)];
            random.nextBytes(bytes);
        } else if (random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void anyBytesThroughAnyChain() throws Exception {
        long seed = Long.getLong("seed", 20261122);
        Random random = new Random(seed);
        long delivered = 0;
        long dropped = 0;
        for (int graph = 0; graph < 300; graph++) {
            String text = text(random);
            String where = "-Dseed=" + seed + ", graph " + graph + ": " + text;
            try (GraphRun run = GraphRun.of(seed, text)) {
                for (int step = 0; step < 6; step++) {
                    String[] burst = new String[random.nextInt(9)];
                    for (int i = 0; i < burst.length; i++) {
                        burst[i] = packet(random);
                    }
                    run.push(burst);
                    run.run(random.nextInt(2) * MS);
                }
                Map<String, Long> reasons = run.graph("n").ledger().dropped();
                long drops = reasons.values().stream().mapToLong(Long::longValue).sum();
                long ends = row(run, "delivered") + drops;
                assertThat(ends + run.loop().packets().inUse())
                        .as(where)
                        .isEqualTo(row(run, "sent"));
                delivered += row(run, "delivered");
                dropped += drops;
            } catch (RuntimeException e) {
                throw new AssertionError(where, e);
            }
        }
        assertThat(delivered).as("-Dseed=%d", seed).isGreaterThan(1000);
        assertThat(dropped).as("-Dseed=%d", seed).isGreaterThan(1000);
    }

    private static long row(GraphRun run, String name) {
        return run.books().stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .sum();
    }
}
