package vini.forwarder.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** What the compiler makes of rules: that it decides the same, and how it looks. */
class ProgramTest {
    private static Program bytes(String... patterns) throws FilterException {
        List<Rule> rules = new ArrayList<>();
        for (String pattern : patterns) {
            rules.add(new Rule(BytePattern.parse(pattern), rules.size()));
        }
        return Program.compile(rules);
    }

    private static Program ip(String... expressions) throws FilterException {
        List<Rule> rules = new ArrayList<>();
        for (String expression : expressions) {
            Condition condition = FilterParser.parse(expression, FilterNames.STANDARD);
            rules.add(new Rule(condition, rules.size()));
        }
        return Program.compile(rules);
    }

    /** The example of Click's manual of Classifier. */
    @Test
    void looksAsInClicksManual() throws FilterException {
        assertThat(bytes("12/0806 20/0001", "12/0806 20/0002", "12/0800", "-").text())
                .isEqualTo(
                        """
                         0  12/08060000%ffff0000  yes->step 1  no->step 3
                         1  20/00010000%ffff0000  yes->[0]  no->step 2
                         2  20/00020000%ffff0000  yes->[1]  no->[3]
                         3  12/08000000%ffff0000  yes->[2]  no->[3]
                        safe length 22
                        alignment offset 0
                        """);
        assertThat(bytes("-").text()).isEqualTo("all->[0]\nsafe length 0\nalignment offset 0\n");
        assertThat(bytes().text()).isEqualTo("all->[X]\nsafe length 0\nalignment offset 0\n");
    }

    @Test
    void sharesTheTestsThatPatternsHaveInCommon() throws FilterException {
        assertThat(
                        ip(
                                        "dst port 7777",
                                        "dst port 8888",
                                        "dst port 7000",
                                        "icmp type echo",
                                        "icmp",
                                        "-")
                                .text())
                .isEqualTo(
                        """
                         0 264/00060000%00ff0000  yes->step 2  no->step 1
                         1 264/00110000%00ff0000  yes->step 2  no->step 6
                         2 260/00000000%00001fff  yes->step 3  no->[5]
                         3 512/00001e61%0000ffff  yes->[0]  no->step 4
                         4 512/000022b8%0000ffff  yes->[1]  no->step 5
                         5 512/00001b58%0000ffff  yes->[2]  no->[5]
                         6 264/00010000%00ff0000  yes->step 7  no->[5]
                         7 260/00000000%00001fff  yes->step 8  no->[4]
                         8 512/08000000%ff000000  yes->[3]  no->[4]
                        safe length 516
                        alignment offset 0
                        """);
    }

    @Test
    void asksOneWordOnce() throws FilterException {
        assertThat(ip("src port 80 and dst port 81 and tcp").text())
                .contains(" 512/00500051%ffffffff  yes->[0]  no->[X]\n");
        assertThat(ip("tcp and not tcp", "ip ttl > 3 and ip ttl < 2", "tcp or not tcp").text())
                .doesNotContain("[0]")
                .doesNotContain("[1]");
    }

    @Test
    void leavesOutWhatDoesNotMatter() throws FilterException {
        Condition one = FilterParser.parse("tcp && dst 10.0.0.0/32", FilterNames.STANDARD);
        Program program =
                Program.compile(List.of(new Rule(one, 0), new Rule(new Condition.Always(true), 0)));
        assertThat(program.text()).startsWith("all->[0]\n");
        assertThat(program.unmatched()).isEmpty();
    }

    @Test
    void findsRulesThatNoPacketComesTo() throws FilterException {
        assertThat(bytes("12/0806 12/0800", "-", "0/01").unmatched()).containsExactly(0, 2);
        assertThat(ip("src port www and src port ftp", "10.0.0.0/8", "10.1.0.0/16").unmatched())
                .containsExactly(0, 2);
        assertThat(ip("tcp", "udp", "tcp or udp", "-").unmatched()).containsExactly(2);
        assertThat(ip("port > 1023", "port 1024", "-").unmatched()).containsExactly(1);
    }

    @Test
    void matchingAllocatesNothing() throws FilterException {
        Program program = ip("src port > 1023 and dst port 80", "icmp type echo", "frag or ack");
        ByteBuf packet = Unpooled.buffer(40).writeZero(40).setByte(0, 0x45).setByte(9, 6);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 10_000;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            program.match(packet, 0, 20, 40 - i % 30);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(rounds);
    }

    /** Thousands of random lists of expressions; both answers of each must be frequent. */
    @Test
    void decidesWhatTheExpressionsSay() throws FilterException {
        long seed = Long.getLong("seed", 1961);
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);
        int[] outcomes = new int[5];
        for (int round = 0; round < 4000; round++) {
            List<RandomExpressions.Expression> list = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                list.add(expressions.expression(random.nextInt(5)));
            }
            String[] texts =
                    list.stream().map(RandomExpressions.Expression::text).toArray(String[]::new);
            String where = "-Dseed=" + seed + ", " + String.join(", ", texts);
            Program program = ip(texts);
            for (int i = 0; i < 25; i++) {
                byte[] packet = expressions.packet();
                int expected = -1;
                for (int e = list.size() - 1; e >= 0; e--) {
                    expected = list.get(e).is().test(packet) ? e : expected;
                }
                int end = packet.length;
                int transport = end == 0 ? 0 : (packet[0] & 15) * 4;
                assertThat(program.match(Unpooled.wrappedBuffer(packet), 0, transport, end))
                        .as("%s for %s", where, HexFormat.of().formatHex(packet))
                        .isEqualTo(expected);
                assertThat(program.unmatched()).as(where).doesNotContain(expected);
                outcomes[expected + 1]++;
            }
        }
        System.out.println(
                "ProgramTest -Dseed=" + seed + " outcomes " + java.util.Arrays.toString(outcomes));
        for (int outcome : outcomes) {
            assertThat(outcome).as("-Dseed=%d", seed).isGreaterThan(1000);
        }
    }
}
