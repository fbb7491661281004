package vini.forwarder.host.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.host.SimulatedWire;

import java.io.IOException;
import java.util.List;

class BulkTest {
    private static final long MS = 1_000_000L;

    private final SimulatedWire wire = new SimulatedWire(1, 38 * MS);
    private final HostApps a = new HostApps(wire.a);
    private final HostApps b = new HostApps(wire.b);

    @Test
    void sendsUntilItsEndAndEverythingArrives() throws Exception {
        String to = b.start("receive", "PORT 5001, WINDOW 28KB, EVERY 10ms, CHECK true");
        String from = a.start("send", "DST 10.0.0.2, AT 1000000000, FOR 10s, SNDBUF 64KB");
        wire.clock.runUntil(20_000 * MS);
        List<String> sent = a.records(from).lines(0);
        assertThat(sent).hasSize(6);
        assertThat(sent.get(0)).isEqualTo("state 1000000000 connecting to 10.0.0.2 port 5001");
        assertThat(sent.get(1)).isEqualTo("state 1076000000 connected");
        assertThat(sent.get(2)).matches("state 1076000000 flow 6 -?[0-9]+");
        String bytes =
                sent.get(3).replaceFirst("state 11000000000 finishing after (.*) bytes", "$1");
        assertThat(sent.get(4)).endsWith("peer closed");
        assertThat(sent.get(5))
                .endsWith("closed, " + bytes + " of " + bytes + " bytes acknowledged");
        List<String> received = b.records(to).lines(0);
        assertThat(received.getFirst()).isEqualTo("state 0 listening on port 5001");
        assertThat(received.get(received.size() - 2))
                .endsWith("peer closed after " + bytes + " bytes");
        assertThat(received).noneMatch(line -> line.contains("corrupt"));
        // One window per round trip of 76 ms.
        assertThat(Long.parseLong(bytes))
                .isBetween(28_672L * 10_000 / 76 - 65_536, 28_672L * 10_076 / 76 + 65_536);
    }

    @Test
    void mergesArrivalsThatAreCloserThanTheResolution() throws Exception {
        String to = b.start("receive", "WINDOW 28KB, EVERY 20ms");
        a.start("send", "DST 10.0.0.2");
        wire.bitsPerSecond = 10_000_000; // a window lasts 24 ms
        wire.clock.runUntil(3000 * MS);
        long last = -1;
        long cumulative = 0;
        int records = 0;
        for (AppRecord entry : b.records(to).records(0, Integer.MAX_VALUE)) {
            if (entry instanceof AppRecord.Bytes bytes) {
                assertThat(bytes.cumulative()).isGreaterThan(cumulative);
                assertThat(bytes.nanos()).isGreaterThan(last);
                cumulative = bytes.cumulative();
                last = bytes.nanos();
                records++;
            }
        }
        assertThat(cumulative).isGreaterThan(28_672L * 20);
        assertThat(records).isBetween(30, 3000 / 20);
    }

    @Test
    void saysHowItsConnectionDied() throws Exception {
        b.start("receive", "WINDOW 28KB");
        String from = a.start("send", "DST 10.0.0.2");
        wire.clock.runUntil(1000 * MS);
        b.remove("receive-1");
        wire.clock.runUntil(2000 * MS);
        assertThat(a.records(from).lines(0).getLast())
                .startsWith("state 1038000000 reset by peer, ");
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        String from = a.start("send", "DST 10.0.0.2");
        wire.clock.runUntil(100 * MS);
        assertThat(a.records(from).lines(0))
                .containsExactly(
                        "state 0 connecting to 10.0.0.2 port 5001",
                        "state 76000000 refused, 0 of 0 bytes acknowledged");
    }

    @Test
    void stopsOnDemand() throws Exception {
        String to = b.start("receive", "WINDOW 28KB");
        String from = a.start("send", "DST 10.0.0.2");
        wire.clock.runUntil(1000 * MS);
        a.stop(from);
        b.stop(to);
        wire.clock.runUntil(2000 * MS);
        assertThat(a.records(from).lines(0).getLast()).startsWith("state 1000000000 aborted");
        assertThat(b.records(to).lines(0).getLast()).startsWith("state 1000000000 stopped after");
        assertThat(wire.a.connectionCount() + wire.b.connectionCount()).isZero();
    }

    @Test
    void needsItsPort() throws Exception {
        b.start("receive", "");
        assertThatThrownBy(() -> b.start("receive", ""))
                .isInstanceOf(IOException.class)
                .hasMessage("TCP port 5001 is in use");
        assertThatThrownBy(() -> b.start("receive", "CHECK maybe"))
                .hasMessage("receive: CHECK \"maybe\" is neither true nor false");
        assertThatThrownBy(() -> b.start("receive", "WINDOW 1GB"))
                .hasMessage("receive: WINDOW 1073741824 is outside 0-67108864");
    }
}
