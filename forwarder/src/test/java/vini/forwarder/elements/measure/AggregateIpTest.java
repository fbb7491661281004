package vini.forwarder.elements.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;

import java.util.List;

class AggregateIpTest {
    /** TOS 0xb9, length 44, id 0x1234, DF, offset 0, TTL 64, TCP, 1.2.3.4 to 5.6.7.8. */
    private static final String TCP =
            "45b9002c123440004006000001020304050607080016c350" // to the ports 22 and 50000
                    + "0000000a0000000b5012100000aa0003020405b4";

    private static String counted(String field, String... packets) throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> a :: AggregateIP("
                                + field
                                + ") -> c :: AggregateCounter -> Discard;")) {
            run.push(packets);
            run.write("c.write_text_file", "-");
            List<String> lines = run.chatter();
            return String.join(";", lines.subList(1, lines.size()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip vers | 4",
                "ip hl | 5",
                "ip tos | 185",
                "ip dscp | 46",
                "ip ecn | 1",
                "ip len | 44",
                "ip id | 4660",
                "ip off | 16384",
                "ip rf | 0",
                "ip df | 1",
                "ip mf | 0",
                "ip fragoff | 0",
                "ip ttl | 64",
                "ip proto | 6",
                "ip sum | 0",
                "ip src | 16909060",
                "ip dst | 84281096",
                "tcp sport | 22",
                "sport | 22",
                "dport | 50000",
                "tcp seq | 10",
                "tcp ack | 11",
                "tcp hl | 5",
                "tcp flags | 18",
                "tcp syn | 1",
                "tcp ackf | 1",
                "tcp fin | 0",
                "tcp win | 4096",
                "tcp sum | 170",
                "tcp urp | 3",
                // Click's ways to ask for the top byte of the source address.
                "ip src/8 | 1",
                "ip src & 0xFF000000 | 1",
                "ip[12] | 1",
                "\"ip[12, 1]\" | 1",
                "\"ip{96, 8}\" | 1",
                "ip{96-103} | 1",
                "ip[12:2] | 258",
                "ip[8:2] & 0x3F0 | 0",
                "ip[12-15] & 0x3F0 | 48",
                "transp[0:2] | 22",
                "tcp[13] & 2 | 1",
                "data[0] | 2",
                "ip src, UNSHIFT_IP_ADDR true | 16909060",
                "ip src/8, UNSHIFT_IP_ADDR true | 16777216",
                "ip dst & 0xff00, UNSHIFT_IP_ADDR true | 1792",
            })
    void findsEachField(String field, String value) throws Exception {
        assertThat(counted(field, TCP)).isEqualTo(value + " 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"udp sport", "icmp type", "ip[44]", "ip[42-45]", "data[4]", "transp[24]"})
    void aPacketMayLackAField(String field) throws Exception {
        assertThat(counted(field, TCP)).isEmpty();
    }

    @Test
    void aFragmentOrShortPacketHasNoPorts() throws Exception {
        String fragment = TCP.replaceFirst("12344000", "12340003");
        assertThat(counted("sport", fragment, TCP.substring(0, 42), TCP.substring(0, 38), ""))
                .isEmpty();
        assertThat(counted("ip id", fragment, TCP)).isEqualTo("4660 2");
    }

    @Test
    void incrementalPutsOneBehindTheOther() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> AggregateIP(ip src/16) -> AggregateIP(ip dst/16,"
                                + " INCREMENTAL true) -> c :: AggregateCounter -> Discard;")) {
            run.push(TCP);
            run.write("c.write_ip_file", "-");
            assertThat(run.chatter()).contains("1.2.5.6 1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip colour | there is no header field 'ip colour'",
                "colour | there is no header field 'colour'",
                "ip | there is no header field 'ip'",
                "ip src/0 | /0 is outside 1 to 32 bits",
                "ip src/33 | /33 is outside 1 to 32 bits",
                "ip tos & 0x101 | a mask is one run of 1 bits within the field's 8 bits",
                "ip tos & 0x100 | a mask is one run of 1 bits within the field's 8 bits",
                "ip tos & 0 | a mask is one run of 1 bits within the field's 8 bits",
                "ip[0:5] | 'ip[0:5]' has not 1 to 32 bits",
                "ip[3-1] | 'ip[3-1]' has not 1 to 32 bits",
                "ip[1} | 'ip[1}' has brackets of two kinds",
                "ip[12345678901] | 12345678901 is too large",
                "ip[ | 'ip[' is no header field, such as ip src/8 or ip[8:2] & 0x3F0",
            })
    void refuses(String field, String message) {
        assertThatThrownBy(() -> IpField.parse(field))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void needsAField() {
        assertThatThrownBy(() -> counted(""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("missing argument FIELD");
    }
}
