package vini.forwarder.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any patterns are refused in words, or compiled to a program that decides as they say. An input is
 * a line for each pattern, then a zero byte, then the packet.
 */
class FilterFuzzTest {
    private interface Reader {
        Condition read(String pattern) throws FilterException;
    }

    @FuzzTest
    @Timeout(10)
    void anyExpressionsDecideAsTheySay(byte[] input) {
        decides(input, line -> FilterParser.parse(line, FilterNames.STANDARD));
    }

    @FuzzTest
    @Timeout(10)
    void anyBytePatternsDecideAsTheySay(byte[] input) {
        decides(input, BytePattern::parse);
    }

    private static void decides(byte[] input, Reader reader) {
        int zero = 0;
        while (zero < input.length && input[zero] != 0) {
            zero++;
        }
        byte[] packet = Arrays.copyOfRange(input, Math.min(zero + 1, input.length), input.length);
        List<Rule> rules = new ArrayList<>();
        Program program;
        try {
            String text = new String(input, 0, zero, StandardCharsets.ISO_8859_1);
            for (String line : text.split("\n", -1)) {
                rules.add(new Rule(reader.read(line), rules.size()));
            }
            program = Program.compile(rules);
        } catch (FilterException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(program.text()).endsWith("alignment offset 0\n");
        // All lengths, since what is too short decides differently.
        for (int length = packet.length; length >= Math.max(0, packet.length - 70); length--) {
            byte[] bytes = Arrays.copyOf(packet, length);
            int transport = length == 0 ? 0 : (bytes[0] & 15) * 4;
            int expected = first(rules, new ConditionMeaning(bytes, transport));
            assertThat(program.match(Unpooled.wrappedBuffer(bytes), 0, transport, length))
                    .as("of %d bytes", length)
                    .isEqualTo(expected);
            assertThat(program.unmatched()).doesNotContain(expected);
        }
    }

    private static int first(List<Rule> rules, ConditionMeaning meaning) {
        for (Rule rule : rules) {
            if (meaning.is(rule.condition())) {
                return rule.output();
            }
        }
        return Rule.DROP;
    }
}
