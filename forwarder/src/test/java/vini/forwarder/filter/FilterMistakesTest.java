package vini.forwarder.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Random;

/** What is said about wrong expressions, and that every text ends in an answer. */
class FilterMistakesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "''~ it is empty; '-' matches every packet",
                "src por 80~ 'por' is not known here; did you mean 'port'?",
                "src port~ a port like www or 80 was expected, not the end",
                "port 65536~ 65536 is above 65535",
                "ip ttl 256~ 256 is above 255",
                "ip vers 16~ 16 is above 15",
                "ip dscp 64~ 64 is above 63",
                "ip[0:4] 4294967296~ 4294967296 is above 4294967295",
                "port 99999999999999999999~ 99999999999999999999 is above 65535",
                "port ack~ a port like www or 80 was expected, not 'ack'",
                "80~ nothing says what 80 is; write 'port 80' or 'ip proto 80'",
                "tcp 80~ nothing says what 80 is; write 'port 80' or 'ip proto 80'",
                "host 10.0.0~ an address like 10.0.0.1 was expected, not '10.0.0'",
                "host 10.0.0.256~ \"10.0.0.256\" is not an IPv4 address like 10.77.0.1",
                "host 10.0.0.0/8~ '10.0.0.0/8' is a network; write 'net 10.0.0.0/8'",
                "net 10.0.0.0~ net 10.0.0.0 has no mask; write '10.0.0.0/24' or so",
                "net 10.0.0.0/33~ '10.0.0.0/33': the length is above 32",
                "net 10.0.0.0 mask~ \"\" is not an IPv4 address like 10.77.0.1",
                "src host < 10.0.0.1~ addresses can only be compared with '==' and '!='",
                "icmp port 7~ only tcp and udp have ports",
                "udp opt syn~ 'opt' and 'win' go with tcp only",
                "tcp opt mss~ a TCP option like syn was expected, not 'mss'",
                "tcp opt == syn~ a TCP option like syn was expected, not '=='",
                "tcp type 3~ 'type' goes with icmp only",
                "gopher8~ 'gopher8' is not known here; expressions are like 'tcp dst port 80' or"
                        + " 'ip proto 89'",
                "src ip ttl 3~ 'ip' is not known here; did you mean 'id'?",
                "src tcp[0] 3~ 'src' and 'dst' go with hosts, nets and ports only",
                "timeexceeded~ write 'icmp type timeexceeded'",
                "ip[3:5] 1~ '[3:5]' is not [POS] or [POS:LEN] with LEN from 1 to 4",
                "ip[3:0] 1~ '[3:0]' is not [POS] or [POS:LEN] with LEN from 1 to 4",
                "ip[x] 1~ '[x]' is not [POS] or [POS:LEN] with LEN from 1 to 4",
                "(tcp~ a ')' is missing before the end",
                "tcp)~ ')' stands where the pattern could have ended",
                "tcp and~ a primitive was expected, not the end",
                "tcp or or udp~ a primitive was expected, not 'or'",
                "not~ a primitive was expected, not the end",
                "tcp ? udp~ after '?' a ':' with spaces around it was expected, not the end",
                "tcp | udp~ '|' has no meaning here",
                "10.0.0.1 # 3~ '#' has no meaning here",
                "src dst src 1.2.3.4~ 'dst' follows another direction",
            })
    void isTold(String expression, String message) {
        assertThatThrownBy(() -> FilterParser.parse(expression, FilterNames.STANDARD))
                .isInstanceOf(FilterException.class)
                .hasMessage(message);
    }

    @Test
    void nestingHasABound() throws FilterException {
        String deep = "(".repeat(100_000) + "tcp" + ")".repeat(100_000);
        assertThatThrownBy(() -> FilterParser.parse(deep, FilterNames.STANDARD))
                .hasMessage("it is nested deeper than 200");
        String choices = "tcp ? udp : ".repeat(100_000) + "icmp";
        assertThatThrownBy(() -> FilterParser.parse(choices, FilterNames.STANDARD))
                .hasMessage("it is nested deeper than 200");
        assertThat(IpBytes.matches("(".repeat(150) + "tcp" + ")".repeat(150), "")).isFalse();
        assertThat(IpBytes.matches("!".repeat(100_001) + "tcp", "")).isTrue();
    }

    @Test
    void tooManyTestsAreRefused() {
        StringBuilder many = new StringBuilder("port 0");
        for (int i = 1; i < 20_000; i++) {
            many.append(" or ").append(i);
        }
        assertThatThrownBy(() -> IpBytes.program(many.toString()))
                .hasMessage("the patterns need more than 16384 tests");
    }

    /** Forms that would grow exponentially if they were multiplied out. */
    @Test
    void whatLooksExponentialIsCompiledInTheEnd() throws FilterException {
        StringBuilder product = new StringBuilder("true");
        StringBuilder parity = new StringBuilder("ip[0] & 1 == 0");
        StringBuilder words = new StringBuilder("false");
        for (int i = 0; i < 150; i++) {
            words.append(" or (ip[%d:4] > %d and not src port %d)".formatted(i, 7 * i, 9 * i));
            product.append(" and (ip[%d] < 77 or transp[%d] > 99)".formatted(i, i));
            if (i > 90) {
                continue;
            }
            parity.insert(0, "(ip[%d] & 3 == 2 ? ".formatted(i)).append(" : ip[3] 1)");
        }
        for (StringBuilder text : List.of(product, parity, words)) {
            assertThat(IpBytes.program(text.toString()).text()).contains("safe length");
        }
    }

    @Test
    void anyTextEndsInAFilterOrAMessage() {
        String[] pieces = {
            "src",
            "dst",
            "or",
            "and",
            "not",
            "!",
            "(",
            ")",
            "?",
            ":",
            "host",
            "net",
            "port",
            "ip",
            "tcp",
            "udp",
            "icmp",
            "proto",
            "opt",
            "type",
            "win",
            "syn",
            "ack",
            "www",
            "echo",
            "80",
            "0x11",
            "10.0.0.1",
            "10.0.0.0/8",
            "mask",
            "&",
            "==",
            "!=",
            "<",
            ">=",
            "[0]",
            "[2:2]",
            "transp",
            "ttl",
            "dscp",
            "frag",
            "-",
            "any",
            "false",
            "ip[6]",
            "&&",
            "||",
            "\u00e9",
            "4294967296",
            "1.2.3",
            "[",
            "%",
            "\"",
            "tcpudp",
            "vers"
        };
        long seed = Long.getLong("seed", 20261122);
        Random random = new Random(seed);
        int good = 0;
        int bad = 0;
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder();
            int words = 1 + random.nextInt(9);
            for (int w = 0; w < words; w++) {
                text.append(pieces[random.nextInt(pieces.length)]);
                text.append(random.nextInt(5) == 0 ? "" : " ");
            }
            if (random.nextInt(4) == 0) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x20, 0x180));
            }
            try {
                Program program = IpBytes.program(text.toString());
                IpBytes.matches(program, new byte[random.nextInt(40)]);
                good++;
            } catch (FilterException e) {
                assertThat(e.getMessage()).as(text.toString()).isNotEmpty();
                bad++;
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + " text '" + text + "'", e);
            }
        }
        System.out.println("FilterMistakesTest -Dseed=" + seed + ": " + good + " good of 60000");
        assertThat(good).as("-Dseed=%d", seed).isGreaterThan(1000);
        assertThat(bad).as("-Dseed=%d", seed).isGreaterThan(3000);
    }
}
