package vini.forwarder.elements.napt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import vini.forwarder.Packet;
import vini.forwarder.elements.tcpudp.Segments;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;
import vini.net.Checksum;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Any packets from both sides, at any times, leave a NAPT alive, its books in balance and its
 * tables sound. The first byte of an input chooses the configuration; then for each packet a byte
 * of flags ({@link #packet}), one for its length, one for the time until it comes, and its bytes.
 */
class NaptFuzzTest {
    private static final List<String> CONFIGURATIONS =
            List.of(
                    "MAPPINGS 20, PER_USER 9, GUARANTEE 0.2, PORTS 3-40",
                    "MAPPINGS 20, FILTERING address, GUARANTEE 0, INSIDE 10.0.0.0/8",
                    "PORTS 5-9, FILTERING address-and-port, INBOUND_REFRESH true, LOG 5",
                    "PER_USER 3, FILTERING address, GUARANTEE 0, IP_ID true");

    private static final int PACKETS_MAX = 60;

    @FuzzTest
    @Timeout(10)
    void anyPacketsKeepTheTablesSound(byte[] input) throws Exception {
        if (input.length > 0) {
            assertThat(fuzz(input)).contains("out ");
        }
    }

    /** Inputs of a seeded generator, which are packets of all kinds, some of them changed. */
    @Test
    void seededInputsKeepTheTablesSound() throws Exception {
        long seed = Long.getLong("vini.fuzz", 1);
        Random random = new Random(seed);
        int runs = Integer.getInteger("vini.fuzz.runs", 400);
        Map<String, Long> reached = new TreeMap<>();
        for (int i = 0; i < runs; i++) {
            fuzz(input(random))
                    .lines()
                    .map(line -> line.split(" ", -1))
                    .forEach(w -> reached.merge(w[0], Long.parseLong(w[1]), Long::sum));
        }
        assertThat(reached)
                .as("-Dvini.fuzz=%d", seed)
                .allSatisfy(
                        (what, count) -> {
                            boolean rare =
                                    what.endsWith("ing") || what.matches(".*(limit|forgot).*");
                            assertThat(count).as(what).isGreaterThan(rare ? -1 : 50);
                        });
    }

    private static byte[] input(Random random) {
        byte[] all = new byte[16_384];
        all[0] = (byte) random.nextInt();
        int at = 1;
        for (int i = 0; i < PACKETS_MAX; i++) {
            byte[] packet = HexFormat.of().parseHex(some(random));
            for (int changes = random.nextInt(8) - 5; changes > 0; changes--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            }
            int flags = random.nextInt(16) << 4 | random.nextInt(3) & 2 | 8 & random.nextInt();
            int side = random.nextInt(9) == 0 || packet[12] != 10 ? 1 : 0;
            all[at] = (byte) (flags | side | (random.nextInt(6) > 0 ? 4 : 0));
            all[at + 1] = (byte) packet.length;
            all[at + 2] = (byte) (random.nextInt(9) == 0 ? random.nextInt() : 0);
            System.arraycopy(packet, 0, all, at + 3, packet.length);
            at += 3 + packet.length;
        }
        return Arrays.copyOf(all, at);
    }

    private static String some(Random random) {
        String host = "10.0.0." + (1 + random.nextInt(3));
        String peer = random.nextInt(4) == 0 ? "192.0.2.1" : "9.9.9." + random.nextInt(3);
        boolean out = random.nextBoolean();
        String from = out ? host : peer;
        String to = out ? peer : random.nextBoolean() ? "192.0.2.1" : host;
        int fromPort = random.nextInt(12);
        int toPort = random.nextInt(12);
        String udp = Segments.udp(from, fromPort, to, toPort, "61".repeat(random.nextInt(40)));
        String tcp = Segments.tcp(from, fromPort, to, toPort, random.nextInt(32), "");
        return switch (random.nextInt(7)) {
            case 0 -> udp;
            case 1 -> Segments.echo(from, to, random.nextBoolean() ? 8 : 0, fromPort, 1);
            case 2, 3 -> tcp;
            case 4 -> Segments.error(to, from, "0303", random.nextBoolean() ? udp : tcp, 40);
            case 5 -> {
                String ping = Segments.echo(from, to, 8, fromPort, 1);
                yield Segments.error(to, from, "0b00", ping, 28);
            }
            default -> {
                int start = 8 * random.nextInt(4);
                String whole = Segments.udp(from, fromPort, to, toPort, "61".repeat(40));
                yield NaptRun.fragment(whole, random.nextInt(5), start, start + 16);
            }
        };
    }

    /** Returns the counts. */
    private static String fuzz(byte[] input) throws Exception {
        String configuration = CONFIGURATIONS.get((input[0] & 0xff) % CONFIGURATIONS.size());
        String text = NaptRun.graph("192.0.2.1 192.0.2.2", configuration);
        try (GraphRun run = GraphRun.of(text.replace("CheckIPHeader", "MarkIPHeader"))) {
            int at = 1;
            for (int n = 0; n < PACKETS_MAX && at + 3 <= input.length; n++) {
                int end = Math.min(input.length, at + 3 + (input[at + 1] & 0xff));
                run.run((input[at + 2] & 0xff) * 100L * GraphRun.MS);
                packet(run, input[at], Arrays.copyOfRange(input, at + 3, end));
                at = end;
                Napt napt = run.element("nat", Napt.class);
                TableChecks.areSound(napt.mappings());
            }
            long inUse = run.loop().packets().inUse();
            assertThat(run.graph("n").ledger().imbalance(inUse)).isZero();
            String counts = run.read("nat.counts");
            if (at % 5 == 0) {
                run.swap(
                        text.replace("CheckIPHeader", "MarkIPHeader")
                                .replace("PORTS 5", "PORTS 7"));
                TableChecks.areSound(run.element("nat", Napt.class).mappings());
            }
            run.run(10_000_000 * GraphRun.MS);
            assertThat(run.read("nat.nmappings")).isEqualTo("0");
            return counts;
        }
    }

    /**
     * Bit 0 says from which side it comes, bit 1 that it goes to the latest external port, bit 2
     * that its checksums are made right, bit 3 that its header is not where it should be.
     */
    private static void packet(GraphRun run, byte flags, byte[] bytes) {
        Packet packet = run.loop().packets().copyOf(Unpooled.wrappedBuffer(bytes));
        if ((flags & 2) != 0 && bytes.length >= 24 && !run.out("outside").isEmpty()) {
            String last = run.out("outside").getLast();
            packet.set32(16, (int) Long.parseLong(last.substring(24, 32), 16));
            packet.set16(22, NaptRun.sourcePort(last));
        }
        if ((flags & 4) != 0 && bytes.length >= 28) {
            seal(packet, 0);
            if (packet.u8(9) == 1 && bytes.length >= 56) {
                seal(packet, 28);
            }
            if (packet.u8(9) == 1) {
                packet.set16(22, 0);
                packet.set16(
                        22, Checksum.of(packet.buffer(), packet.start() + 20, bytes.length - 20));
            }
        }
        if ((flags & 24) == 24) {
            packet.networkHeader(flags >> 5);
        }
        run.element("in" + (flags & 1), Inject.class).inject(packet);
    }

    private static void seal(Packet packet, int header) {
        packet.set16(header + 10, 0);
        packet.set16(header + 10, Checksum.of(packet.buffer(), packet.start() + header, 20));
    }
}
