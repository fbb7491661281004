package vini.forwarder.elements.napt;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.elements.napt.NaptRun.EXTERNAL;
import static vini.forwarder.elements.napt.NaptRun.HOST;
import static vini.forwarder.elements.napt.NaptRun.NOTHING;
import static vini.forwarder.elements.napt.NaptRun.SERVER;
import static vini.forwarder.elements.napt.NaptRun.STRANGER;
import static vini.forwarder.elements.tcpudp.Segments.ACK;
import static vini.forwarder.elements.tcpudp.Segments.RST;
import static vini.forwarder.elements.tcpudp.Segments.SYN;
import static vini.forwarder.elements.tcpudp.Segments.echo;
import static vini.forwarder.elements.tcpudp.Segments.tcp;
import static vini.forwarder.elements.tcpudp.Segments.udp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.kit.Packets;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where RFC 7857 refines the three others, by its sections. */
class Rfc7857Test {
    @Test
    void section21OpeningAndClosingHaveTimersOfTheirOwn() throws Exception {
        try (NaptRun nat = new NaptRun("TCP_OPENING_TIMEOUT 30, TCP_CLOSING_TIMEOUT 300")) {
            nat.out(tcp(HOST, 5000, SERVER, 80, SYN, ""));
            nat.pass(30);
            assertThat(nat.read("lookup", "tcp " + HOST + " 5000")).isEmpty();
            nat.connect(HOST, 5001);
            nat.out(tcp(HOST, 5001, SERVER, 80, RST, ""));
            nat.pass(299);
            assertThat(nat.read("lookup", "tcp " + HOST + " 5001")).isNotEmpty();
            nat.pass(1);
            assertThat(nat.read("lookup", "tcp " + HOST + " 5001")).isEmpty();
        }
    }

    @Test
    void section22AResetIsWaitedForFourMinutesAndMayBeWrong() throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.connect(HOST, 5000);
            assertThat(nat.in(tcp(SERVER, 80, EXTERNAL, port, RST, "")))
                    .isEqualTo(tcp(SERVER, 80, HOST, 5000, RST, ""));
            nat.pass(239);
            // A packet that is no reset: the connection lives.
            assertThat(nat.out(tcp(HOST, 5000, SERVER, 80, ACK, "61"))).isNotEqualTo(NOTHING);
            nat.pass(7000);
            assertThat(nat.in(tcp(SERVER, 80, EXTERNAL, port, ACK, "62"))).isNotEqualTo(NOTHING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address"})
    void section5And6ProtocolsHaveMappingsOfTheirOwn(String filtering) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + filtering + ", PORTS 20000-20001")) {
            int udpPort = nat.udpPort(HOST, 5000);
            assertThat(nat.in(tcp(SERVER, 53, EXTERNAL, udpPort, SYN, ""))).isEqualTo(NOTHING);
            // The same number, one for each protocol: none is kept for the others.
            nat.udpPort(HOST, 5001);
            assertThat(nat.connect(HOST, 5000)).isBetween(20000, 20001);
            assertThat(nat.pingId(HOST, 9)).isBetween(20000, 20001);
        }
    }

    @Test
    void section7StrangersDoNotKeepAMapping() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int udpPort = nat.udpPort(HOST, 5000);
            int tcpPort = nat.connect(HOST, 5000);
            nat.in(tcp(SERVER, 80, EXTERNAL, tcpPort, RST, ""));
            for (int i = 0; i < 29; i++) {
                nat.pass(10);
                nat.in(udp(STRANGER, i + 1, EXTERNAL, udpPort, ""));
                nat.in(tcp(STRANGER, 80, EXTERNAL, tcpPort, SYN, ""));
                // Nor what the host says to it.
                nat.run().pushFrom("in0", tcp(HOST, 5000, STRANGER, 80, RST | ACK, ""));
                assertThat(nat.newOutside()).isNotNull();
            }
            nat.pass(10);
            assertThat(nat.read("nmappings")).isEqualTo("0");
        }
    }

    @Test
    void section9PortsAreRandomAndSeeded() throws Exception {
        List<Integer> first = ports(1);
        assertThat(ports(1)).isEqualTo(first);
        assertThat(ports(2)).isNotEqualTo(first);
        // No two follow each other as they would in turn, and all of the range is used.
        Set<Integer> quarters = new TreeSet<>();
        int near = 0;
        for (int i = 1; i < first.size(); i++) {
            near += Math.abs(first.get(i) - first.get(i - 1)) < 100 ? 1 : 0;
            quarters.add(first.get(i) / 16384);
        }
        assertThat(near).isLessThan(5);
        assertThat(quarters).containsExactly(0, 1, 2, 3);
    }

    private static List<Integer> ports(long seed) throws Exception {
        List<Integer> ports = new ArrayList<>();
        try (NaptRun nat = new NaptRun(seed, EXTERNAL, "")) {
            for (int i = 0; i < 200; i++) {
                ports.add(nat.udpPort(HOST, 5000 + i));
            }
        }
        return ports;
    }

    private static int id(String hex) {
        return Integer.parseInt(hex.substring(8, 12), 16);
    }

    /** RFC 6864: two hosts of the inside may have used one identification for one server. */
    @Test
    void section10IdentificationsOfWhatMayBeInFragmentsAreNew() throws Exception {
        try (NaptRun nat = new NaptRun("IP_ID true")) {
            Set<Integer> ids = new TreeSet<>();
            for (int i = 1; i < 100; i++) {
                ids.add(id(nat.out(udp("10.0.0." + i, 5000, SERVER, 53, "61"))));
            }
            assertThat(ids).hasSize(99);
            // Pieces of one datagram have one, and what can have none keeps its own.
            String whole = udp(HOST, 5000, SERVER, 53, "61".repeat(40));
            String one = nat.out(NaptRun.fragment(whole, 777, 0, 24));
            String two = nat.out(NaptRun.fragment(whole, 777, 24, 100));
            assertThat(id(two)).isEqualTo(id(one)).isNotIn(ids).isNotEqualTo(777);
            String joined = NaptRun.joined(List.of(one, two));
            assertThat(joined.substring(56)).isEqualTo(whole.substring(56));
            String atomic = udp(HOST, 5000, SERVER, 53, "61");
            String head = atomic.substring(0, 12) + "4000" + atomic.substring(16, 20);
            String addresses = atomic.substring(24, 40);
            String hex = head + Packets.checksum(head + addresses) + atomic.substring(24);
            assertThat(id(nat.out(hex))).isEqualTo(1);
        }
    }

    @Test
    void section11AQueryMappingEndsWithItsLastSession() throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address")) {
            int id = nat.pingId(HOST, 777);
            nat.pass(40);
            nat.out(echo(HOST, STRANGER, 8, 777, 1));
            assertThat(nat.read("nsessions")).isEqualTo("2");
            nat.pass(40);
            assertThat(nat.read("lookup", "icmp " + HOST + " 777")).isEqualTo(EXTERNAL + ":" + id);
            nat.pass(20);
            assertThat(nat.read("lookup", "icmp " + HOST + " 777")).isEmpty();
        }
    }
}
