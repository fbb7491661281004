package vini.forwarder.elements.ether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.Packet;
import vini.forwarder.PacketType;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;
import vini.forwarder.kit.Puller;

import java.util.List;

class EtherElementsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "EtherEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2); aa; 0202020202020101010101010800aa",
                "EtherEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2); ''; 0202020202020101010101010800",
                "EtherMirror; 0202020202020101010101010800aa; 0101010101010202020202020800aa",
                "EtherMirror; 02020202020201010101010108; ",
                "EtherRewrite(3:3:3:3:3:3, 4:4:4:4:4:4); 0202020202020101010101010800;"
                        + " 0404040404040303030303030800",
                "EtherRewrite(3:3:3:3:3:3, 4:4:4:4:4:4); 00; ",
                "VLANEncap(0x1234, ETHERTYPE 0x88a8); 0202020202020101010101010800aa;"
                        + " 02020202020201010101010188a812340800aa",
                "VLANEncap(VLAN_ID 5, VLAN_PCP 7); 0202020202020101010101010800aa;"
                        + " 0202020202020101010101018100e0050800aa",
                "VLANEncap(VLAN_ID 5, NATIVE_VLAN 5); 0202020202020101010101010800aa;"
                        + " 0202020202020101010101010800aa",
                "VLANEncap(0, NATIVE_VLAN -1); 0202020202020101010101010800aa;"
                        + " 020202020202010101010101810000000800aa",
                "VLANEncap(5); 02020202020201010101010108; ",
                "VLANDecap; 020202020202010101010101810000050800aa;"
                        + " 0202020202020101010101010800aa",
                "VLANDecap; 02; 02",
                "EtherVLANEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2, VLAN_ID 6); '';"
                        + " 020202020202010101010101810000060800",
                "StripEtherVLANHeader; 0202020202020101010101018100; ",
                "StripEtherVLANHeader; 020202020202010101010101810000060800aa; aa",
                "HostEtherFilter(2:2:2:2:2:2, OFFSET 2); ffff0202020202020101010101010800;"
                        + " ffff0202020202020101010101010800",
                "HostEtherFilter(2:2:2:2:2:2, false, false); 0303030303030202020202020800;"
                        + " 0303030303030202020202020800",
                "HostEtherFilter(2:2:2:2:2:2, DROP_OWN true); 0202020202020202020202020800; ",
                "EnsureEther; 45; 45",
            })
    void doesByPushAndByPullWhatItsManualSays(String element, String in, String out)
            throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> %s -> out :: Collect;".formatted(element))) {
            run.push(in);
            assertThat(run.out("out")).isEqualTo(out == null ? List.of() : List.of(out));
        }
        try (GraphRun run =
                GraphRun.of("in :: Inject -> Queue -> %s -> out :: Puller;".formatted(element))) {
            run.push(in);
            assertThat(run.element("out", Puller.class).pull()).isEqualTo(out);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "020000000001, HOST",
        "ffffffffffff, BROADCAST",
        "01005e000001, MULTICAST",
        "020000000009, OTHERHOST"
    })
    void theFilterSetsThePacketType(String to, PacketType type) throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> HostEtherFilter(2:0:0:0:0:1, DROP_OTHER false)"
                                + " -> q :: Queue -> Puller;")) {
            Inject in = run.element("in", Inject.class);
            Packet packet = in.packet(to + "0200000000020800");
            in.inject(packet);
            assertThat(packet.type()).isEqualTo(type);
        }
    }

    /** A shared packet is not written to. */
    @Test
    void rewritesAndTagsACopy() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> s :: ListenEtherSwitch; s[1] -> all :: Collect;"
                                + "s[0] -> Discard;")) {
            run.push("0202020202020101010101010800aa");
            assertThat(run.out("all")).containsExactly("0202020202020101010101010800aa");
        }
        try (GraphRun run =
                GraphRun.of(
                        "a :: Inject -> s :: EtherSwitch -> Discard;"
                                + "Idle -> [1]s[1] -> EtherMirror -> b :: Collect;"
                                + "Idle -> [2]s[2] -> VLANEncap(5) -> VLANDecap -> c :: Collect;"
                                + "Idle -> [3]s[3] -> d :: Collect;")) {
            run.pushFrom("a", "0202020202020101010101010800aa");
            assertThat(run.out("b")).containsExactly("0101010101010202020202020800aa");
            assertThat(run.out("c")).containsExactly("0202020202020101010101010800aa");
            assertThat(run.out("d")).containsExactly("0202020202020101010101010800aa");
        }
    }

    @Test
    void aSwitchKeepsTwoGroupsOfLearntAddressesApart() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "a :: Inject -> s :: EtherSwitch -> outa :: Collect;"
                                + "b :: Inject -> [1]s[1] -> outb :: Collect;")) {
            String fromGroup = "0200000000010300000000020800";
            run.pushFrom("a", fromGroup);
            assertThat(run.read("s.table")).as("a group sends nothing").isEmpty();
            run.pushFrom("a", "0200000000020200000000010800");
            run.pushFrom("b", "0200000000020200000000010800");
            assertThat(run.read("s.table")).as("it moved").isEqualTo("02-00-00-00-00-01 1\n");
        }
    }

    @Test
    void aFloodOfAddressesHasABound() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> s :: EtherSwitch -> Discard; Idle -> [1]s[1] ->"
                                + " Discard;")) {
            for (int i = 0; i < 70_000; i++) {
                run.push("020000000000" + "02%010x".formatted(i) + "0800");
            }
            assertThat(run.read("s.table").lines()).hasSize(65_536);
        }
    }

    @Test
    void pauseFramesArePulledToo() throws Exception {
        try (GraphRun run =
                GraphRun.of("p :: EtherPauseSource(2:0:0:0:0:1, 5, LIMIT 1) -> out :: Puller;")) {
            assertThat(run.element("out", Puller.class).pull())
                    .startsWith("0180c2000001")
                    .hasSize(120);
            assertThat(run.element("out", Puller.class).pull()).isNull();
            run.write("p.reset_counts", "");
            run.write("p.dst", "2:0:0:0:0:2");
            assertThat(run.element("out", Puller.class).pull()).startsWith("020000000002");
            run.write("p.limit", "-1");
            run.write("p.active", "false");
            assertThat(run.element("out", Puller.class).pull()).isNull();
        }
    }

    /** Click's test of names and of the order of the table. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; ''",
                "1.0.0.2 0:1:2:3:4:5; 1.0.0.2/32 00-01-02-03-04-05",
                "1.0.0.0/24 0:1:2:3:4:6, 1.0.0.2 0:1:2:3:4:5;"
                        + " '1.0.0.2/32 00-01-02-03-04-05|1.0.0.0/24 00-01-02-03-04-06'",
                "18.26.4.24 18.26.7/24 00:00:C0:AE:67:EF;"
                        + " '18.26.4.24/32 00-00-C0-AE-67-EF|18.26.7.0/24 00-00-C0-AE-67-EF'",
                "0/0 2:2:1:b:b:0; 0.0.0.0/0 02-02-01-0B-0B-00",
            })
    void theResponderSortsItsTable(String arguments, String table) throws Exception {
        try (GraphRun run =
                GraphRun.of("Idle -> ar :: ARPResponder(%s) -> Discard;".formatted(arguments))) {
            assertThat(run.read("ar.table").strip()).isEqualTo(table.replace('|', '\n'));
        }
    }

    /** Click's test of names. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a; 1.0.0.2/32 00-01-02-03-04-05",
                "a:ipnet b:eth; 1.0.0.0/24 00-01-02-03-04-06",
                "a:ipnet b:eth, a; '1.0.0.2/32 00-01-02-03-04-05|1.0.0.0/24 00-01-02-03-04-06'",
            })
    void aNameStandsForAddressesOfEachKind(String arguments, String table) throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "AddressInfo(a 1.0.0.2/24 00:01:02:03:04:05, b 00:01:02:03:04:06);"
                                + "Idle -> ar :: ARPResponder(%s) -> Discard;".formatted(arguments)
                                + "Idle -> [0]q :: ARPQuerier(a) -> Discard; Idle -> [1]q;")) {
            assertThat(run.read("ar.table").strip()).isEqualTo(table.replace('|', '\n'));
            assertThat(run.read("q.ipaddr")).isEqualTo("1.0.0.2");
            assertThat(run.read("q.broadcast")).isEqualTo("1.0.0.255");
        }
    }

    @Test
    void theResponderWarnsOfTwoEntries() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "Idle -> ar :: ARPResponder(1.0.0.2 0:1:2:3:4:5, 1.0.0.2 0:1:2:3:4:6)"
                                + " -> Discard;")) {
            assertThat(run.chatter()).containsExactly("warning: multiple entries for 1.0.0.2/32");
        }
    }

    @Test
    void aReplyBearsTheVlanOfItsRequest() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> SetVLANAnno(7) -> ARPResponder(10.0.0.2 2:0:0:0:0:2)"
                                + " -> VLANEncap(ANNO) -> out :: Collect;")) {
            run.push(EtherFrames.request(EtherFrames.BROADCAST, "10.0.0.2"));
            assertThat(run.out("out").getFirst().substring(24, 36)).isEqualTo("810000070806");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ARPResponder(10.0.0.1); is not IP[/LENGTH]... and an Ethernet address",
                "ARPResponder(2:0:0:0:0:1); is not IP[/LENGTH]... and an Ethernet address",
                "ARPResponder(10.0.0.1 2:0:0:0:0:1 2:0:0:0:0:2); has two Ethernet addresses",
                "ARPResponder(x); 'x' is neither an IP nor an Ethernet address",
                "VLANEncap(); missing argument VLAN_TCI",
                "VLANEncap(VLAN_ID 1, VLAN_TCI 2); VLAN_TCI and VLAN_ID exclude each other",
                "VLANEncap(VLAN_ID 4096); VLAN_ID: 4096 is outside 0 to 4095",
                "VLANEncap(70000); VLAN_TCI: 70000 is outside 0 to 65535",
                "SetVLANAnno(ANNO); VLAN_TCI: 'ANNO' is not a whole number",
                "EtherEncap(0x10000, 1:1:1:1:1:1, 2:2:2:2:2:2); ETHERTYPE: 0x10000 is outside",
                "ListenEtherSwitch; it needs one more output than inputs, not 1 inputs",
            })
    void refuses(String element, String problem) {
        assertThatThrownBy(() -> GraphRun.of("Idle -> %s -> Discard;".formatted(element)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }
}
