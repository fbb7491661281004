package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Timeout;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;

import java.util.Arrays;
import java.util.List;

/**
 * Any packets, at any times, leave a graph alive and in balance. An input's first byte chooses the
 * graph; then for each packet a byte of flags ({@link #packet}), one for its length, one for the
 * time until it comes, and its bytes.
 */
class PacketFuzzTest {
    private static final String ROUTER =
            """
            in0 :: Inject -> c :: Classifier(12/0806 20/0001, 12/0806 20/0002, 12/0800, -);
            c[0] -> ARPResponder(18.26.4.24 00:00:c0:ae:67:ef) -> out :: Queue(9) -> Unqueue
              -> Discard;
            c[1] -> [1]arpq :: ARPQuerier(18.26.4.24, 00:00:c0:ae:67:ef, CAPACITY 9) -> out;
            c[2] -> Paint(1) -> Strip(14) -> check :: CheckIPHeader(INTERFACES 18.26.4.24/24)
              -> GetIPAddress(16) -> rt :: RadixIPLookup(18.26.4.24/32 0, 10.0.0.0/8 10.1.2.3 1, 0/0 1);
            c[3] -> Discard;
            in1 :: Inject -> MarkIPHeader -> check;
            in2 :: Inject -> [1]arpq;
            rt[0] -> IPReassembler(HIMEM 9000) -> ping :: ICMPPingResponder -> rt;
            ping[1] -> IPFilter(allow tcp or udp port 53, deny all) -> Discard;
            rt[1] -> DropBroadcasts -> cp :: PaintTee(1) -> gio :: IPGWOptions(18.26.4.24)
              -> FixIPSrc(18.26.4.24) -> dt :: DecIPTTL -> fr :: IPFragmenter(300) -> [0]arpq;
            dt[1] -> ICMPError(18.26.4.24, timeexceeded) -> rt;
            fr[1] -> ICMPError(18.26.4.24, unreachable, needfrag, PMTU 300) -> rt;
            gio[1] -> ICMPError(18.26.4.24, parameterproblem) -> rt;
            cp[1] -> ICMPError(18.26.4.24, redirect, host) -> rt;
            """;

    private static final String REWRITING =
            """
            rw :: IPRewriter(pattern 203.0.113.1 1024-1030 - - 0 1, keep 1 0, drop,
              MAPPING_CAPACITY 20);
            ir :: ICMPPingRewriter(pattern 203.0.113.2 - 0-9 0 1, keep 1 0);
            ie :: ICMPRewriter(rw ir);
            in0 :: Inject -> check :: CheckIPHeader -> c :: IPClassifier(icmp type echo or icmp type
              echo-reply, icmp, tcp or udp, -);
            c[0] -> ir; c[1] -> CheckICMPHeader -> ie; c[2] -> rw; c[3] -> Discard;
            in1 :: Inject -> MarkIPHeader -> back :: IPClassifier(icmp, -);
            back[0] -> [1]ir; back[1] -> [1]rw;
            in2 :: Inject -> MarkIPHeader -> [2]rw;
            out :: CheckIPHeader -> CheckTCPHeader -> Discard;
            rw[0] -> out; rw[1] -> IPPrint -> Discard; ir[0] -> out; ir[1] -> Discard;
            ie -> TCPRewriter(pattern 9.9.9.9 - - - 0 0) -> UDPRewriter(pattern 9.9.9.8 1-9# - - 0 0)
              -> IPAddrRewriter(pattern 9.9.9.0-9.9.9.3 - 0 0)
              -> IPAddrPairRewriter(pattern 9.0.0.0/8 - 0 0) -> Discard;
            """;

    private static final String ETHERNET =
            """
            in0 :: Inject -> HostEtherFilter(02:00:00:00:00:01, DROP_OTHER false)
              -> ARPPrint -> VLANDecap -> check :: CheckARPHeader(14);
            check[1] -> sw :: EtherSwitch(TIMEOUT 1);
            in1 :: Inject -> [1]sw;
            sw[0] -> Discard;
            sw[1] -> EtherMirror -> VLANEncap(ANNO) -> StripEtherVLANHeader -> EnsureEther
              -> SetVLANAnno(3) -> EtherVLANEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2, ANNO)
              -> l :: ListenEtherSwitch -> Discard;
            l[1] -> Discard;
            check[0] -> EtherEncap(1, 1:1:1:1:1:1, 2:2:2:2:2:2) -> VLANEncap(9)
              -> VLANDecap -> StripEtherVLANHeader
              -> r :: ARPResponder(10.0.0.0/24 02:00:00:00:00:07) -> Discard;
            r[1] -> [1]arp :: ARPQuerier(10.0.0.1, 02:00:00:00:00:01, CAPACITY 20, ENTRY_CAPACITY 8,
              ENTRY_PACKET_CAPACITY 4, TIMEOUT 50ms, POLL_TIMEOUT 20ms);
            in2 :: Inject -> CheckIPHeader -> [0]arp -> StripToNetworkHeader -> Discard;
            """;

    private static final String SIX =
            """
            in0 :: Inject -> MarkIP6Header -> IP6Print(CONTENTS true) -> check :: CheckIP6Header;
            check[1] -> ICMP6Error(fd00::ff, unreachable) -> Discard;
            check[0] -> hlim :: DecIP6HLIM -> GetIP6Address(24)
              -> rt :: LookupIP6Route(fd00::/16 0, ff00::/8 0, ::/0 fd00::3 1);
            hlim[1] -> ICMP6Error(fd00::ff, timeexceeded) -> Discard;
            rt[1] -> SetIP6Address(fd00::4) -> IP6Encap(ip6, fd00::1, DST_ANNO)
              -> IP6Fragmenter(1280) -> [0]nds;
            rt[0] -> [0]nds :: IP6NDSolicitor(fd00::1, 02:00:00:00:00:01, CAPACITY 9,
              ENTRY_CAPACITY 5, TIMEOUT 1s, POLL_TIMEOUT 100ms);
            nds[0] -> Discard;
            nds[1] -> IP6NDAdvertiser(fd00::3 02:00:00:00:00:03) -> Discard;
            in1 :: Inject -> [1]nds;
            in2 :: Inject -> MarkIP6Header(3) -> loose :: DecIP6HLIM;
            loose[0] -> ICMP6Error(fd00::ff, parameterproblem, 2) -> Discard;
            loose[1] -> ICMP6Error(fd00::ff, packettoobig) -> Discard;
            """;

    private static final String MEASURING =
            """
            in0 :: Inject -> MarkIPHeader -> AggregateIP(ip src/24)
              -> f :: AggregateIPFlows(TCP_TIMEOUT 1, REAP 1, FRAGMENTS true)
              -> AggregateCounter(BYTES true) -> AverageCounter -> TimeFilter(START 0, END 20)
              -> IPPrint(PAYLOAD hex, ID true, TTL true, AGGREGATE true)
              -> ToIPSummaryDump(/dev/null, BAD_PACKETS true, FIELDS timestamp ip_src sport ip_opt
                 tcp_opt tcp_sack payload_md5 icmp_type_name) -> Discard;
            f[1] -> Discard;
            in1 :: Inject -> ToDump(/dev/null, ENCAP IP) -> CheckIPHeader -> IPInputCombo(1)
              -> UDPIPEncap(1.0.0.1, 1, 2.0.0.2, 2) -> SetUDPChecksum -> CheckUDPHeader -> Discard;
            in2 :: Inject -> CheckIPHeader2 -> SetTCPChecksum -> SetUDPChecksum -> SetIPDSCP(3)
              -> MarkIPCE -> StoreIPAddress(1.2.3.4, dst) -> SetIPChecksum -> CheckIPHeader
              -> IPOutputCombo(0, 1.1.1.1, 200)[0,1,2,3,4] => Discard, Discard, Discard, Discard,
                 Discard;
            """;

    private static final String SHAPING =
            """
            in0 :: Inject -> t :: Tee(3) -> Queue(3) -> p :: PrioSched -> LinkUnqueue(3ms, 1Mbps)
              -> Pad(60) -> Discard;
            t[1] -> RED(1, 2, 0.5) -> FrontDropQueue(2) -> CoDel -> [1]p;
            t[2] -> [0] clip :: Clipboard(3/4, 60/9) [0] -> BandwidthMeter(1kbps)[0,1]
              => Discard, Discard;
            in1 :: Inject -> mq :: MixedQueue(4) -> DRRSched(9) -> Shaper(50) -> Unqueue
              -> Suppressor -> RandomBitErrors(0.01) -> hash :: HashSwitch(2, 4)
              -> [1] clip [1] -> [1] mq;
            hash[1] -> Strip(9) -> Unstrip(5) -> Truncate(30) -> Print -> Discard;
            in2 :: Inject -> Link(DELAY 3ms, LOSS 10%, JITTER 2ms) -> StripIPHeader
              -> Resize(4, 7) -> Align(4, 2) -> Discard;
            """;

    private static final String OVERLAY =
            """
            h :: BuiltinHost(10.0.0.2); in0 :: Inject -> h -> Discard;
            in1 :: Inject -> MarkIPHeader -> GetIPAddress(16) -> e :: RadixIPLookup(10.0.0.2 0);
            e[0] -> Discard;
            in2 :: Inject -> CheckIPHeader -> ICMPPingSource(2.0.0.2, 1.0.0.1, LIMIT 3) -> Discard;
            """;

    private static final List<String> GRAPHS =
            List.of(ROUTER, REWRITING, ETHERNET, SIX, MEASURING, SHAPING, OVERLAY);
    private static final int PACKETS_MAX = 60;
    private static final int TIMERS_MAX = 300;

    @FuzzTest
    @Timeout(10)
    void anyPacketsEndSomewhere(byte[] input) throws Exception {
        if (input.length == 0) {
            for (String text : GRAPHS) {
                GraphRun.of(text).close();
            }
            return;
        }
        try (GraphRun run = GraphRun.of(GRAPHS.get((input[0] & 0xff) % GRAPHS.size()))) {
            int at = 1;
            for (int n = 0; n < PACKETS_MAX && at + 3 <= input.length; n++) {
                int end = Math.min(input.length, at + 3 + (input[at + 1] & 0xff));
                run.run((input[at + 2] & 0xff) * 10L * GraphRun.MS, TIMERS_MAX);
                packet(run, input[at], Arrays.copyOfRange(input, at + 3, end));
                at = end;
            }
            run.run(100 * GraphRun.MS, TIMERS_MAX);
            long inUse = run.loop().packets().inUse();
            assertThat(run.graph("n").ledger().imbalance(inUse)).isZero();
        }
    }

    /** Bits 0-1 say where it is pushed, 2-3 what annotations it has, 4 makes it longer. */
    private static void packet(GraphRun run, byte flags, byte[] start) {
        byte[] bytes = (flags & 16) != 0 ? Arrays.copyOf(start, start.length + 1300) : start;
        Packet packet = run.loop().packets().copyOf(Unpooled.wrappedBuffer(bytes));
        switch (flags >> 2 & 3) {
            case 1 -> {
                packet.networkHeader(0);
                packet.transportHeader(20);
            }
            case 2 -> {
                packet.macHeader(0);
                packet.networkHeader(14);
                packet.transportHeader(34);
            }
            case 3 -> {
                packet.networkHeader(flags >> 5 == 0 ? -20 : bytes.length - 1);
                packet.transportHeader(bytes.length);
                packet.macHeader(-1);
            }
            default -> {}
        }
        run.element("in" + (flags & 3) % 3, Inject.class).inject(packet);
    }
}
