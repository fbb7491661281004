package vini.forwarder.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class BytePatternTest {
    static boolean matches(String pattern, byte[] packet) throws FilterException {
        Program program = Program.compile(List.of(new Rule(BytePattern.parse(pattern), 0)));
        return program.match(Unpooled.wrappedBuffer(packet), 0, packet.length, packet.length) == 0;
    }

    @ParameterizedTest
    @CsvSource({
        "-, '', true",
        "0/01, 01, true",
        "0/01, 02, false",
        "0/01, '', false",
        "!0/01, 02, true",
        "!0/01, 01, false",
        "!0/01, '', true",
        "! 0/01, 02, true",
        "1/02, 0102, true",
        "1/02, 01, false",
        "0/0102030405, 0102030405, true",
        "0/0102030405, 0102030406, false",
        "0/0102030405, 01020304, false",
        "3/0405060708, 0102030405060708, true",
        "3/0405060708, 01020304050607ff, false",
        "!3/0405060708, 01020304050607ff, true",
        "!3/0405060708, 01020304050607, true",
        "0/?1, f1, true",
        "0/?1, f2, false",
        "0/1?, 1f, true",
        "0/03%03, ff, true",
        "0/03%03, fd, false",
        "0/ff%03, 03, true",
        "0/0?%ff, 0f, true",
        "0/AbcD, abcd, true",
        "0/01??, 01, true",
        "0/??01, 0001, true",
        "0/??01, 00, false",
        "0/01 1/02, 0102, true",
        "0/01 1/02, 0103, false",
        "0/01 !1/02, 0103, true",
        "0/01 !1/02, 0102, false",
        "0/01   1/02, 0102, true",
        "0/00%00, '', true",
    })
    void matchesTheseBytes(String pattern, String hex, boolean expected) throws FilterException {
        assertThat(matches(pattern, HexFormat.of().parseHex(hex))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "''~ it is empty; '-' matches every packet",
                "12/080~ '12/080': the value has an odd number of digits",
                "12/0800%ff~ '12/0800%ff': value and mask are not equally long",
                "12~ '12' is not OFFSET/VALUE or OFFSET/VALUE%MASK, like 12/0800",
                "12/~ '12/' is not OFFSET/VALUE or OFFSET/VALUE%MASK, like 12/0800",
                "0x0c/0800~ '0x0c/0800' is not OFFSET/VALUE or OFFSET/VALUE%MASK, like 12/0800",
                "12/08gg~ '12/08gg' is not OFFSET/VALUE or OFFSET/VALUE%MASK, like 12/0800",
                "- 12/0800~ '-' is not OFFSET/VALUE or OFFSET/VALUE%MASK, like 12/0800",
                "99999999999/08~ '99999999999/08': the offset is above 65535",
                "65536/08~ '65536/08': the offset is above 65535",
            })
    void refuses(String pattern, String message) {
        assertThatThrownBy(() -> BytePattern.parse(pattern)).hasMessage(message);
    }

    /** Random lists of patterns: the compiled program against a reading of the digits. */
    @Test
    void theFirstPatternThatMatchesWins() throws FilterException {
        long seed = Long.getLong("seed", 3);
        Random random = new Random(seed);
        int[] outcomes = new int[6];
        for (int round = 0; round < 3000; round++) {
            List<String> patterns = new ArrayList<>();
            List<Rule> rules = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                patterns.add(pattern(random));
                rules.add(new Rule(BytePattern.parse(patterns.getLast()), i));
            }
            Program program = Program.compile(rules);
            for (int i = 0; i < 20; i++) {
                byte[] packet = new byte[random.nextInt(14)];
                for (int b = 0; b < packet.length; b++) {
                    packet[b] = (byte) (random.nextInt(2) * 16 + random.nextInt(2));
                }
                int naive = naive(patterns, packet);
                int end = packet.length;
                assertThat(program.match(Unpooled.wrappedBuffer(packet), 0, end, end))
                        .as(
                                "-Dseed=%d, %s for %s",
                                seed, patterns, HexFormat.of().formatHex(packet))
                        .isEqualTo(naive);
                outcomes[naive + 1]++;
            }
        }
        System.out.println(
                "BytePatternTest -Dseed=" + seed + " " + java.util.Arrays.toString(outcomes));
        for (int outcome : outcomes) {
            assertThat(outcome).as("-Dseed=%d", seed).isGreaterThan(100);
        }
    }

    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            pattern.append(random.nextInt(4) == 0 ? " !" : " ").append(random.nextInt(10));
            pattern.append('/');
            int bytes = 1 + random.nextInt(random.nextInt(4) == 0 ? 6 : 2);
            for (int b = 0; b < 2 * bytes; b++) {
                pattern.append("01??".charAt(random.nextInt(4)));
            }
            if (random.nextInt(3) == 0) {
                pattern.append('%');
                for (int b = 0; b < 2 * bytes; b++) {
                    pattern.append("01f".charAt(random.nextInt(3)));
                }
            }
        }
        return pattern.toString();
    }

    private static int naive(List<String> patterns, byte[] packet) {
        String hex = HexFormat.of().formatHex(packet);
        for (int i = 0; i < patterns.size(); i++) {
            boolean all = true;
            for (String clause : patterns.get(i).strip().split(" ", -1)) {
                boolean negated = clause.startsWith("!");
                all &= negated != clauseMatches(clause.substring(negated ? 1 : 0), hex);
            }
            if (all) {
                return i;
            }
        }
        return -1;
    }

    /** Digit by digit; a byte of which no bit counts need not be there. */
    private static boolean clauseMatches(String clause, String hex) {
        String[] parts = clause.split("[/%]", -1);
        int offset = 2 * Integer.parseInt(parts[0]);
        for (int d = 0; d < parts[1].length(); d++) {
            char digit = parts[1].charAt(d);
            int mask = parts.length < 3 ? 15 : Character.digit(parts[2].charAt(d), 16);
            if (digit == '?' || mask == 0) {
                continue;
            }
            if (offset + d >= hex.length()) {
                return false;
            }
            int found = Character.digit(hex.charAt(offset + d), 16);
            if ((found & mask) != (Character.digit(digit, 16) & mask)) {
                return false;
            }
        }
        return true;
    }
}
