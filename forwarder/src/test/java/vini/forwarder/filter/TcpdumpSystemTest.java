package vini.forwarder.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Compares filters with tcpdump's, where both know the words and mean the same by them. */
class TcpdumpSystemTest {
    private static final Path TCPDUMP = Path.of("/usr/bin/tcpdump");

    /** LINKTYPE_RAW: packets begin with the IP header. */
    private static final int RAW = 101;

    private static final List<String> EXPRESSIONS =
            List.of(
                    "tcp",
                    "udp or icmp",
                    "ip proto 17",
                    "host 10.0.0.1",
                    "src host 10.0.0.1 and not dst host 10.0.0.2",
                    "src and dst net 10.0.0.0/8",
                    "dst net 10.0.0.0 mask 255.255.255.0",
                    "tcp port 53",
                    "udp src port 53",
                    "tcp src port 80 or 1023 or 53",
                    "udp[2:2] > 1023",
                    "tcp[13] & 2 != 0",
                    "tcp[12:2] & 0x3f >= 9",
                    "ip[8] < 3 && ip[0] & 15 > 5",
                    "ip[6:2] & 0x3fff != 0",
                    "icmp[0] = 8 or udp[0] = 8",
                    "not (tcp or udp) and ip[1] & 3 != 0",
                    "ip[12:4] > ip_b and tcp".replace("ip_b", "0x0a000001"),
                    "not tcp[0:2] = 80 and not udp port 53");

    @Test
    void agrees() throws Exception {
        assumeTrue(Files.isExecutable(TCPDUMP), "tcpdump is not installed");
        long seed = Long.getLong("seed", 7);
        RandomExpressions packets = new RandomExpressions(new Random(seed));
        List<byte[]> all = new ArrayList<>();
        while (all.size() < 3000) {
            byte[] packet = packets.packet();
            // tcpdump takes what is no IPv4 for something else, and reads beyond odd headers.
            if (packet.length >= 40 && (packet[0] == 0x45 || packet[0] == 0x46)) {
                all.add(packet);
            }
        }
        byte[] capture = capture(all);
        int matching = 0;
        for (String expression : EXPRESSIONS) {
            Program program = IpBytes.program(expression);
            List<byte[]> expected = all.stream().filter(p -> IpBytes.matches(program, p)).toList();
            assertThat(tcpdump(capture, expression))
                    .as("-Dseed=%d %s", seed, expression)
                    .isEqualTo(capture(expected));
            assertThat(expected.size()).as(expression).isBetween(1, all.size() - 1);
            matching += expected.size();
        }
        System.out.println("TcpdumpSystemTest -Dseed=" + seed + ": " + matching + " matches");
    }

    /** A pcap file with microseconds, all zero. */
    private static byte[] capture(List<byte[]> packets) {
        int size = 24 + packets.stream().mapToInt(p -> 16 + p.length).sum();
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        file.putInt(65_535).putInt(RAW);
        packets.forEach(p -> file.putLong(0).putInt(p.length).putInt(p.length).put(p));
        return file.array();
    }

    private static byte[] tcpdump(byte[] capture, String expression) throws Exception {
        Path file = Files.createTempFile("filter", ".pcap");
        try {
            Files.write(file, capture);
            Process process =
                    new ProcessBuilder(TCPDUMP.toString(), "-n", "-r", "-", "-w", "-", expression)
                            .redirectInput(file.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            process.getInputStream().transferTo(out);
            assertThat(process.waitFor()).as(expression).isZero();
            return out.toByteArray();
        } finally {
            Files.delete(file);
        }
    }
}
