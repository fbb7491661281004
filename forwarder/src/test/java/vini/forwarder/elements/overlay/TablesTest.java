package vini.forwarder.elements.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

/** EncapTable, Punt and GuardHost. */
class TablesTest {
    private static String to(String address) {
        return Packets.udp("10.0.0.1", address, 64, 1, 2);
    }

    private static String ospf(String address) {
        return Packets.ipv4("10.0.0.1", address, 1, 89, "0201");
    }

    @Test
    void encapTableMapsNextHopsToLinks() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader -> e :: EncapTable(200.0.0.2 1, 10.0.0.2 0);"
                                + "e[0] -> a :: Collect; e[1] -> b :: Collect;")) {
            run.push(to("10.0.0.2"), to("200.0.0.2"), to("10.0.0.3"));
            assertThat(run.out("a")).containsExactly(to("10.0.0.2"));
            assertThat(run.out("b")).containsExactly(to("200.0.0.2"));
            assertThat(run.books()).contains("drop e noLink 1");
            assertThat(run.read("e.table").lines())
                    .containsExactlyInAnyOrder("10.0.0.2 0", "200.0.0.2 1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "10.0.0.2 1; next hop 10.0.0.2 leads to an output not in use",
                "10.0.0.2 0, 10.0.0.2 0; two rows for next hop 10.0.0.2",
                "10.0.0.2; ROW: '10.0.0.2' is not a next hop and an output like '10.77.128.2 0'",
                "10.0.0 0; ROW: \"10.0.0\" is not an IPv4 address like 10.77.0.1",
            })
    void encapTableRefuses(String rows, String message) {
        assertThatThrownBy(
                        () -> GraphRun.of("Idle -> e :: EncapTable(" + rows + "); e[0] -> Idle;"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("t.click:1: 'e :: EncapTable': " + message);
    }

    @Test
    void puntTakesOspfForTheRouterOnly() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader -> p :: Punt(10.77.128.1, 200.0.0.6);"
                                + "p[0] -> rest :: Collect; p[1] -> router :: Collect;")) {
            run.push(ospf("224.0.0.5"), ospf("224.0.0.6"), ospf("10.77.128.1"), ospf("200.0.0.6"));
            run.push(ospf("10.77.128.2"), ospf("224.0.0.7"), to("224.0.0.5"), to("10.77.128.1"));
            assertThat(run.out("router"))
                    .containsExactly(
                            ospf("224.0.0.5"),
                            ospf("224.0.0.6"),
                            ospf("10.77.128.1"),
                            ospf("200.0.0.6"));
            assertThat(run.out("rest"))
                    .containsExactly(
                            ospf("10.77.128.2"),
                            ospf("224.0.0.7"),
                            to("224.0.0.5"),
                            to("10.77.128.1"));
        }
    }

    @Test
    void puntNeedsBothOutputs() {
        assertThatThrownBy(() -> GraphRun.of("Idle -> p :: Punt; p[0] -> Idle;"))
                .hasMessage("t.click:1: 'p :: Punt' has 1 output, it takes 2");
        assertThatThrownBy(() -> GraphRun.of("Idle -> p :: Punt; p[1] -> Idle;"))
                .hasMessage("t.click:1: 'p' output 0 unused");
        assertThatThrownBy(() -> GraphRun.of("Idle -> p :: Punt(x); p[0], p[1] -> Idle;"))
                .hasMessageContaining("LINKADDR: \"x\" is not an IPv4 address");
    }

    @Test
    void aHostMayNotSpeakOspfNorSendToGroups() throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> CheckIPHeader -> g :: GuardHost -> out :: Collect;")) {
            run.push(ospf("10.0.0.2"), to("10.0.0.2"), to("224.0.0.5"), to("239.255.255.255"));
            run.push(to("223.255.255.255"), to("240.0.0.1"));
            assertThat(run.out("out"))
                    .containsExactly(to("10.0.0.2"), to("223.255.255.255"), to("240.0.0.1"));
            assertThat(run.books()).contains("drop g uninvited 3");
        }
    }
}
