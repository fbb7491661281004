package vini.forwarder.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

/** Each primitive and connective, against packets written by hand. */
class FilterExpressionTest {
    /** IPv4 headers by RFC 791 3.1; checksums are zero, nobody looks at them. */
    private static final Map<String, String> PACKETS =
            Map.ofEntries(
                    // 10.0.0.1:1234 to 10.0.0.2:53, id 1, TTL 64
                    Map.entry("udp", "4500001c00010000401100000a0000010a000002 04d2003500080000"),
                    // 192.0.2.7:80 to 10.0.0.2:1025, SYN and ACK, window 512, TOS 0xb8 (EF), TTL 3
                    Map.entry(
                            "tcp",
                            "45b8002800024000030600 00c00002070a000002"
                                    + "005004010000000000000000501202000000 0000"),
                    // 10.0.0.1 to 224.0.0.1, echo request, ECN 11 and 4 bytes of options
                    Map.entry(
                            "ping",
                            "4603002000030000400100000a000001e000000101010101 0800000000010001"),
                    // the first of several fragments of UDP
                    Map.entry("first", "4500001c00012000401100000a0000010a000002 04d2003500080000"),
                    // a later fragment whose bytes look like ports 1234 and 53
                    Map.entry("later", "4500001c00010003401100000a0000010a000002 04d2003500080000"),
                    // UDP that ends within its ports
                    Map.entry("short", "4500001700010000401100000a0000010a000002 04d200"));

    private static void check(String expression, String matching) throws FilterException {
        Program program = IpBytes.program(expression);
        for (Map.Entry<String, String> packet : PACKETS.entrySet()) {
            byte[] bytes = java.util.HexFormat.of().parseHex(packet.getValue().replace(" ", ""));
            assertThat(IpBytes.matches(program, bytes))
                    .as("%s for %s", expression, packet.getKey())
                    .isEqualTo((" " + matching + " ").contains(" " + packet.getKey() + " "));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "true; udp tcp ping first later short",
                "-; udp tcp ping first later short",
                "any; udp tcp ping first later short",
                "all; udp tcp ping first later short",
                "false; ''",
                "none; ''",
                "ip proto 17; udp first later short",
                "ip proto udp; udp first later short",
                "ip proto != udp; tcp ping",
                "ip proto > 6; udp first later short",
                "proto icmp; ping",
                "udp; udp first later short",
                "tcp; tcp",
                "icmp; ping",
                "igmp; ''",
                "tcpudp; udp tcp first later short",
                "host 10.0.0.1; udp ping first later short",
                "host 10.0.0.2; udp tcp first later short",
                "src host 10.0.0.1; udp ping first later short",
                "src host == 10.0.0.1; udp ping first later short",
                "src host != 10.0.0.1; tcp",
                "dst host 10.0.0.1; ''",
                "src or dst host 10.0.0.2; udp tcp first later short",
                "dst or src host 10.0.0.2; udp tcp first later short",
                "src and dst host 10.0.0.2; ''",
                "src and dst net 10.0.0.0/8; udp first later short",
                "src && dst net 10.0.0.0/8; udp first later short",
                "10.0.0.1; udp ping first later short",
                "src 192.0.2.7; tcp",
                "src host & 255.255.0.0 == 192.0.0.0; tcp",
                "src host & 0xffff0000 192.0.0.0; tcp",
                "src host & 128.0.0.0; tcp",
                "net 192.0.2.0/24; tcp",
                "net 192.0.2.0 mask 255.255.255.0; tcp",
                "192.0.2.0/255.255.255.0; tcp",
                "192.0.2.0/24; tcp",
                "src 10.0.0.0/8; udp ping first later short",
                "src net != 10.0.0.0/8; tcp",
                "dst net 10.0.0.0/8 and src net != 10.0.0.0/8; tcp",
                "port 53; udp first",
                "port domain; udp first",
                "dns; udp first",
                "dst port 53; udp first",
                "src port 53; ''",
                "udp port 53; udp first",
                "tcp port 53; ''",
                "dst udp port 53; udp first",
                "udp dst port 53; udp first",
                "tcp src port www; tcp",
                "src port != 80; udp first short",
                "not src port 80; udp ping first later short",
                "src port > 80; udp first short",
                "src port >= 80; udp tcp first short",
                "src port < 1234; tcp",
                "src port <= 1234; udp tcp first short",
                "dst port >= 1025; tcp",
                "dst port < 1025; udp first",
                "dst port < 0; ''",
                "dst port >= 0; udp tcp first",
                "dst port > 65535; ''",
                "dst port <= 65535; udp tcp first",
                "src port & 0xff == 0xd2; udp first short",
                "src port & 0x50 80; udp tcp first short",
                "src port & 1; ''",
                "dst port & 0x400 > 0; tcp",
                "dst port & 0x0f0 >= 0x31; ''",
                "dst port & 0x0f0 <= 0x31; udp tcp first",
                "src port 80 or 1234; udp tcp first short",
                "src port 80 or dst 53; udp tcp first",
                "dst tcp port 53 or 1025; tcp",
                "port 80 or domain; udp tcp first",
                "src and dst port > 52; udp tcp first",
                "ip vers 4; udp tcp ping first later short",
                "ip vers 6; ''",
                "ip hl 6; ping",
                "ip hl > 5; ping",
                "ip id 2; tcp",
                "ip id >= 2; tcp ping",
                "ip tos 184; tcp",
                "ip dscp 46; tcp",
                "ip dscp 46 or 0; udp tcp ping first later short",
                "ip ect; ping",
                "ip ce; ping",
                "ce; ping",
                "ip ttl 64; udp ping first later short",
                "ip ttl < 4; tcp",
                "ttl 3; tcp",
                "ip len 40; tcp",
                "ip len > 31; tcp ping",
                "ip frag; first later",
                "frag; first later",
                "ip unfrag; udp tcp ping short",
                "unfrag; udp tcp ping short",
                "tcp opt syn; tcp",
                "syn; tcp",
                "syn ack; tcp",
                "tcp opt fin; ''",
                "!ack; udp ping first later short",
                "syn and not ack; ''",
                "tcp win 512; tcp",
                "tcp win < 512; ''",
                "icmp type 8; ping",
                "icmp type echo; ping",
                "icmp type echo-reply; ''",
                "icmp type echo-reply or echo; ping",
                "icmp type != echo-reply; ping",
                "ip[8] 64; udp ping first later short",
                "ip[8:1] == 3; tcp",
                "ip[12:4] 0x0a000001; udp ping first later short",
                "ip[14:4] 0x00010a00; udp first later short",
                "ip[6] & 0x40; tcp",
                "ip[6]&64==0; udp ping first later short",
                "ip[22:2] 53; udp first later",
                "transp[0] 8; ping",
                "transp[2:2] = 53; udp first",
                "udp[2:2] 53; udp first",
                "tcp[2:2] 53; ''",
                "tcp[13] & 2 != 0; tcp",
                "tcp[13] & 2; tcp",
                "icmp[0] < 9; ping",
                "transp[2] 0; udp first short ping",
                "transp[4:4] > 0x7ffff; udp first",
                "tcp or udp and port 53; udp tcp first",
                "(tcp or udp) and port 53; udp first",
                "not tcp and not udp; ping",
                "! ( tcp || udp ); ping",
                "not not tcp; tcp",
                "tcp ? src port 80 : dst port 53; udp tcp first",
                "tcp ? false : udp ? frag : true; ping first later",
                "host 10.0.0.1 and tcp or icmp; ping",
            })
    void isTrueForTheseOnly(String expression, String matching) throws FilterException {
        check(expression, matching);
    }

    @Test
    void whatIsTooShortIsFalseWhateverTheRelation() throws FilterException {
        // The behaviour of Click's own test for short packets: 21 bytes have no transp[1].
        String packet =
                java.util.Objects.requireNonNull(PACKETS.get("udp"))
                        .replace(" ", "")
                        .substring(0, 42);
        for (String relation : new String[] {"==", "!=", "<", "<=", ">", ">="}) {
            assertThat(IpBytes.matches("transp[1] & 128 " + relation + " 0", packet)).isFalse();
            assertThat(IpBytes.matches("not transp[1] & 128 " + relation + " 0", packet)).isTrue();
        }
        assertThat(IpBytes.matches("transp[1]&128==0 || transp[1]&128==128", packet)).isFalse();
        assertThat(IpBytes.matches("transp[0] 4", packet)).isTrue();
        assertThat(IpBytes.matches("ip[0] 0x45", "")).isFalse();
        assertThat(IpBytes.matches("not tcp", "")).isTrue();
        assertThat(IpBytes.matches("-", "")).isTrue();
    }
}
