package vini.forwarder.elements.napt;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.elements.napt.NaptRun.EXTERNAL;
import static vini.forwarder.elements.napt.NaptRun.HOST;
import static vini.forwarder.elements.napt.NaptRun.NOTHING;
import static vini.forwarder.elements.napt.NaptRun.SERVER;
import static vini.forwarder.elements.napt.NaptRun.STRANGER;
import static vini.forwarder.elements.tcpudp.Segments.SYN;
import static vini.forwarder.elements.tcpudp.Segments.tcp;
import static vini.forwarder.elements.tcpudp.Segments.udp;

import org.junit.jupiter.api.Test;

import vini.forwarder.Packet;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;
import vini.forwarder.kit.Packets;

import java.lang.management.ManagementFactory;
import java.util.Objects;

/** Where there is no more room: who goes, who is refused, and that nothing breaks. */
class NaptLimitsTest {
    @Test
    void whichHasBeenIdleForLongestGoesFirst() throws Exception {
        try (NaptRun nat = new NaptRun("MAPPINGS 3, GUARANTEE 5")) {
            nat.udpPort("10.0.0.1", 5000);
            nat.pass(1);
            nat.udpPort("10.0.0.2", 5000);
            nat.pass(1);
            nat.connect("10.0.0.3", 5000);
            nat.pass(4);
            nat.udpPort("10.0.0.1", 5000); // used again
            nat.pass(1);
            assertThat(nat.out(udp("10.0.0.4", 5000, SERVER, 53, ""))).isNotEqualTo(NOTHING);
            assertThat(nat.read("lookup", "udp 10.0.0.2 5000")).isEmpty();
            assertThat(nat.read("lookup", "udp 10.0.0.1 5000")).isNotEmpty();
            assertThat(nat.read("lookup", "tcp 10.0.0.3 5000")).isNotEmpty();
            assertThat(nat.count("mappings_evicted")).isEqualTo(1);
            // All others are in use.
            assertThat(nat.out(udp("10.0.0.5", 5000, SERVER, 53, ""))).isNotEqualTo(NOTHING);
            assertThat(nat.read("lookup", "tcp 10.0.0.3 5000")).isEmpty();
            assertThat(nat.out(udp("10.0.0.6", 5000, SERVER, 53, ""))).isEqualTo(NOTHING);
            assertThat(nat.dropped("mappingsFull")).isEqualTo(1);
        }
    }

    @Test
    void evictionCanBeForbidden() throws Exception {
        try (NaptRun nat = new NaptRun("MAPPINGS 1, PER_USER 9, EVICT false")) {
            nat.udpPort("10.0.0.1", 5000);
            nat.pass(299);
            assertThat(nat.out(udp("10.0.0.2", 5000, SERVER, 53, ""))).isEqualTo(NOTHING);
            nat.pass(1);
            // The mapping is over, but has not been removed: it is in nobody's way.
            assertThat(nat.out(udp("10.0.0.1", 5001, SERVER, 53, ""))).isNotEqualTo(NOTHING);
        }
    }

    @Test
    void aUserAtTheLimitHarmsOnlyItself() throws Exception {
        try (NaptRun nat = new NaptRun("PER_USER 20, GUARANTEE 5")) {
            int port = nat.udpPort(HOST, 5000);
            nat.pass(1);
            for (int i = 0; i < 1000; i++) {
                nat.run().pushFrom("in0", udp("10.0.0.9", 1000 + i, SERVER, 53, ""));
                nat.run().run(100 * GraphRun.MS);
            }
            int before = nat.run().out("outside").size() - 1;
            assertThat(nat.count("mappings_evicted") + nat.dropped("userLimit")).isEqualTo(980);
            assertThat(nat.count("mappings_evicted")).isGreaterThan(300);
            assertThat(before).isEqualTo(1000 - nat.dropped("userLimit"));
            assertThat(nat.read("users"))
                    .contains(
                            "10.0.0.9 sessions 20 address 192.0.2.1 refused "
                                    + nat.dropped("userLimit"))
                    .contains("10.0.0.5 sessions 1 address 192.0.2.1 refused 0");
            assertThat(nat.read("lookup", "udp " + HOST + " 5000"))
                    .isEqualTo(EXTERNAL + ":" + port);
        }
    }

    @Test
    void aScanOfPortsFromOnePortIsBoundedByTheUser() throws Exception {
        try (NaptRun nat = new NaptRun("PER_USER 50, FILTERING address, SYN_ERRORS false")) {
            for (int i = 1; i < 2000; i++) {
                nat.run().pushFrom("in0", tcp(HOST, 5000, SERVER, i, SYN, ""));
                nat.run().run(GraphRun.MS * 20);
            }
            assertThat(nat.read("nmappings")).isEqualTo("1");
            assertThat(nat.read("nsessions")).isEqualTo("50");
            assertThat(nat.count("mappings_evicted")).isGreaterThan(200);
            nat.pass(250);
            assertThat(nat.read("nsessions")).isEqualTo("0");
            assertThat(nat.read("users")).isEmpty();
        }
    }

    @Test
    void strangersTakeNoPlaceFromAnything() throws Exception {
        try (NaptRun nat = new NaptRun("PER_USER 10")) {
            int port = nat.connect(HOST, 5000);
            nat.pass(60);
            for (int i = 1; i < 3000; i++) {
                nat.run().pushFrom("in1", tcp(STRANGER, i, EXTERNAL, port, SYN, ""));
            }
            assertThat(nat.read("nsessions")).isEqualTo("10");
            assertThat(nat.count("mappings_evicted")).isZero();
            assertThat(nat.count("syns_waiting")).isEqualTo(HeldSyns.SYNS_MAX);
            nat.pass(6);
            assertThat(nat.count("syns_waiting")).isZero();
            // Nor do they keep a mapping that the inside has left.
            for (int i = 0; i < 40; i++) {
                nat.pass(200);
                nat.run().pushFrom("in1", tcp(STRANGER, 4000 + i, EXTERNAL, port, SYN, ""));
            }
            assertThat(nat.read("nmappings")).isEqualTo("0");
        }
    }

    @Test
    void exhaustedPortsComeBack() throws Exception {
        try (NaptRun nat = new NaptRun("PORTS 20000-20999, GUARANTEE 1h")) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 1200; i++) {
                    nat.run().pushFrom("in0", udp("10.0.1." + i % 200, 5000 + i, SERVER, 53, ""));
                }
                assertThat(nat.read("ports")).contains("192.0.2.1 udp 1000 of 1000");
                assertThat(nat.dropped("noPort")).isEqualTo(200L * (round + 1));
                nat.pass(320);
                assertThat(nat.read("ports")).contains("192.0.2.1 udp 0 of 1000");
            }
        }
    }

    @Test
    void onlyTheInsideMaySend() throws Exception {
        try (NaptRun nat = new NaptRun("INSIDE 10.0.0.0/24 10.9.0.1")) {
            assertThat(nat.out(udp("10.0.0.7", 5000, SERVER, 53, ""))).isNotEqualTo(NOTHING);
            assertThat(nat.out(udp("10.9.0.1", 5000, SERVER, 53, ""))).isNotEqualTo(NOTHING);
            String[] others = {"10.0.1.7", "10.9.0.2", "192.0.2.1", "127.0.0.1", "0.0.0.0"};
            for (String other : others) {
                assertThat(nat.out(udp(other, 5000, SERVER, 53, ""))).isEqualTo(NOTHING);
            }
            assertThat(nat.dropped("notInside")).isEqualTo(others.length);
        }
    }

    /** Whoever pretends to be one of the inside, hairpinned, or another slice of that address. */
    @Test
    void theOutsideMayNotSendFromExternalAddresses() throws Exception {
        try (NaptRun nat = new NaptRun(42, "192.0.2.1 192.0.2.2", "INSIDE 10.0.0.0/8")) {
            String out = nat.out(udp(HOST, 5000, SERVER, 53, ""));
            String external = NaptRun.source(out);
            int port = NaptRun.sourcePort(out);
            for (String spoofed : new String[] {"192.0.2.1", "192.0.2.2"}) {
                assertThat(nat.in(udp(spoofed, 53, external, port, ""))).isEqualTo(NOTHING);
            }
            assertThat(nat.dropped("spoofedSource")).isEqualTo(2);
            assertThat(nat.in(udp(SERVER, 53, external, port, ""))).isNotEqualTo(NOTHING);
        }
    }

    /** Counts what passes, and allocates nothing; from there on, neither does the NAPT. */
    private static final String MANY =
            "in0 :: Inject -> CheckIPHeader -> nat :: NAPT(192.0.2.0/29, MAPPINGS 100000, PER_USER"
                + " 1000, FILTERING address-and-port) -> CheckIPHeader -> CheckUDPHeader -> out ::"
                + " Counter -> Discard; in1 :: Inject -> CheckIPHeader -> [1]nat; nat[1] ->"
                + " CheckIPHeader -> CheckUDPHeader -> back :: Counter -> Discard;";

    private static final int FLOWS = 100_000;

    private static void send(Inject in, Packet template) {
        Packet[] one = new Packet[1];
        for (int i = 0; i < FLOWS; i++) {
            Packet packet = template.copy();
            packet.set32(12, 10 << 24 | 1 + i / 500);
            packet.set16(20, 1024 + i % 500);
            // Sums of words that only change there.
            packet.set16(10, 0);
            packet.set16(10, vini.net.Checksum.of(packet.buffer(), packet.start(), 20));
            one[0] = packet;
            in.inject(one);
        }
    }

    @Test
    void aHundredThousandMappingsLive() throws Exception {
        try (GraphRun run = GraphRun.of(MANY)) {
            Inject in = Objects.requireNonNull(run.graph("n").find("in0", Inject.class));
            Packet template = in.packet(Packets.udp("10.0.0.1", SERVER, 64, 1024, 53));
            template.set16(26, 0);
            send(in, template);
            assertThat(run.read("nat.nmappings")).isEqualTo("100000");
            assertThat(run.read("out.count")).isEqualTo("100000");
            send(in, template);
            assertThat(run.read("nat.nmappings")).isEqualTo("100000");
            assertThat(run.read("out.count")).isEqualTo("200000");
            assertThat(run.read("nat.counts")).contains("mappings_made 100000\n");
            // Each has a port of its own, through which its reply finds it.
            String where = run.read("nat.lookup", "udp 10.0.0.200 1500");
            String[] place = where.split(":", -1);
            run.pushFrom(
                    "in1",
                    udp(SERVER, 53, place[0], Integer.parseInt(place[1]), "6162"),
                    udp(SERVER, 54, place[0], Integer.parseInt(place[1]), "6162"));
            assertThat(run.read("back.count")).isEqualTo("1");
            template.kill();
            run.run(400_000 * GraphRun.MS);
            assertThat(run.read("nat.nmappings")).isEqualTo("0");
        }
    }

    @Test
    void theSteadyStateAllocatesNothing() throws Exception {
        String text =
                MANY.replace("in0 :: Inject -> CheckIPHeader", "in0 :: Inject -> MarkIPHeader");
        try (GraphRun run = GraphRun.of(text)) {
            Inject in = Objects.requireNonNull(run.graph("n").find("in0", Inject.class));
            Packet template = in.packet(Packets.udp("10.0.0.1", SERVER, 64, 1024, 53));
            template.set16(26, 0);
            send(in, template);
            send(in, template);
            var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            send(in, template);
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            template.kill();
            assertThat(bytes).as("bytes for %d packets", FLOWS).isLessThan(FLOWS);
        }
    }
}
