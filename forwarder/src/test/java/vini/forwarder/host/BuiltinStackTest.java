package vini.forwarder.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.net.Ipv4Address;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Packets by hand; their checksums were worked out outside this code. */
class BuiltinStackTest {
    /** 10.0.0.1 to 10.0.0.2, TTL 64, echo request id 0x1234 sequence 5 with payload "ab". */
    private static final String PING =
            "4500001e00010000400166dc0a0000010a000002" + "08008464123400056162";

    /** The answer: ID 0, do not fragment, type 0 and so a checksum that is 0x0800 larger. */
    private static final String PONG =
            "4500001e00004000400126dd0a0000020a000001" + "00008c64123400056162";

    /** 10.0.0.1 port 1000 to 10.0.0.2 port 7, "hi". */
    private static final String DATAGRAM =
            "4500001e00010000401166cc0a0000010a000002" + "03e80007000a7f7f6869";

    private static final Ipv4Address PEER = Ipv4Address.parse("10.0.0.1");

    private final VirtualClock clock = new VirtualClock();
    private final List<ByteBuf> out = new ArrayList<>();
    private final BuiltinStack stack =
            new BuiltinStack(
                    clock,
                    new Seed(1).generator("host"),
                    List.of(Ipv4Address.parse("10.0.0.2")),
                    out::add);

    @AfterEach
    void release() {
        out.forEach(ByteBuf::release);
    }

    @Test
    void answersAnEchoRequest() {
        ByteBuf ping = bytes(PING);
        stack.input(ping);
        assertThat(sent()).containsExactly(PONG);
        assertThat(ping.refCnt()).isZero();
    }

    @Test
    void answersWhatHasPaddingBehindIt() {
        stack.input(bytes(PING + "0000"));
        assertThat(sent()).containsExactly(PONG);
    }

    @Test
    void sendsEchoRequestsAndHearsReplies() throws Exception {
        List<String> heard = new ArrayList<>();
        IcmpEcho echo =
                stack.openEcho(
                        (from, sequence, ttl, bytes, nanos) ->
                                heard.add(from + " " + sequence + " " + ttl + " " + bytes));
        echo.send(PEER, 7, 2, 64);
        String id = String.format("%04x", echo.id());
        assertThat(sent().getFirst())
                .startsWith("4500001e00004000400126dd0a0000020a0000010800")
                .endsWith(id + "0007" + "0000");
        ByteBuf reply = bytes(PING.substring(0, 40) + "0000" + "0000" + id + "0007" + "6162");
        vini.net.wire.IcmpHeader.seal(reply, 20, 10);
        stack.input(reply.copy());
        echo.close();
        stack.input(reply);
        assertThat(heard).containsExactly("10.0.0.1 7 64 2");
        assertThat(stack.counters().get(HostCounter.ICMP_FOR_NOBODY)).isEqualTo(1);
    }

    @Test
    void deliversADatagram() throws Exception {
        List<String> heard = new ArrayList<>();
        stack.openUdp(
                7,
                (from, port, data) ->
                        heard.add(
                                from
                                        + " "
                                        + port
                                        + " "
                                        + data.toString(StandardCharsets.US_ASCII)));
        stack.input(bytes(DATAGRAM));
        assertThat(heard).containsExactly("10.0.0.1 1000 hi");
        assertThatThrownBy(() -> stack.openUdp(7, (from, port, data) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("UDP port 7 is in use");
    }

    @Test
    void sendsADatagram() throws Exception {
        UdpEndpoint endpoint = stack.openUdp(7, (from, port, data) -> {});
        endpoint.send(PEER, 1000, bytes("6869"));
        assertThat(sent())
                .containsExactly(
                        "4500001e00004000401126cd0a0000020a000001" + "000703e8000a7f7f6869");
    }

    @Test
    void answersADatagramToAClosedPortWithPortUnreachable() {
        stack.input(bytes(DATAGRAM));
        assertThat(sent().getFirst())
                .startsWith("4500003a00004000400126c10a0000020a000001" + "0303")
                .endsWith("00000000" + DATAGRAM);
        assertThat(stack.counters().get(HostCounter.UDP_PORT_CLOSED)).isEqualTo(1);
    }

    @Test
    void tellsAnEndpointThatItsDatagramFoundNobody() {
        SimulatedWire wire = new SimulatedWire(1, 1000);
        List<String> errors = new ArrayList<>();
        UdpReceiver receiver =
                new UdpReceiver() {
                    @Override
                    public void received(Ipv4Address from, int port, ByteBuf payload) {}

                    @Override
                    public void error(Ipv4Address from, int type, int code) {
                        errors.add(from + " " + type + " " + code);
                    }
                };
        try (UdpEndpoint endpoint = wire.a.openUdp(0, receiver)) {
            endpoint.send(SimulatedWire.B, 9, bytes("00"));
            wire.clock.runFor(10_000);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(errors).containsExactly("10.0.0.2 3 3");
    }

    @Test
    void handlesWhatComesInsideOfSendingAfterwards() throws Exception {
        List<BuiltinStack> self = new ArrayList<>();
        BuiltinStack loop =
                new BuiltinStack(
                        clock,
                        new Seed(1).generator("loop"),
                        List.of(PEER),
                        packet -> self.getFirst().input(packet));
        self.add(loop);
        List<Long> replies = new ArrayList<>();
        IcmpEcho echo = loop.openEcho((from, seq, ttl, bytes, nanos) -> replies.add(nanos));
        echo.send(PEER, 1, 0, 64);
        assertThat(replies).isEmpty();
        clock.runFor(0);
        assertThat(replies).containsExactly(0L);
    }

    @ParameterizedTest
    @CsvSource({
        "45, BAD_IP, 'IPv4 needs 20 bytes, got 1'",
        "4600001e00010000400166dc0a0000010a000002, BAD_IP, 'IPv4 lengths 24 and 30 do not fit 20'",
        "6500001e00010000400166dc0a0000010a00000208008464123400056162, BAD_IP, IP version is not 4",
        "4500001e00010000400166dd0a0000010a00000208008464123400056162, BAD_IP,"
                + " IPv4 header checksum is wrong",
        "4500001e00010000400166dc0a0000010a00000208008465123400056162, BAD_ICMP,"
                + " ICMP checksum is wrong",
        "4500001e00010000401166cc0a0000010a00000203e80007000a7f7e6869, BAD_UDP,"
                + " UDP checksum is wrong",
        "4500001e00010000400666d70a0000010a00000203e80007000a7f7e6869, BAD_TCP,"
                + " 'TCP needs 20 bytes, got 10'",
        "4500001e00010000400166db0a0000010a00000308008464123400056162, NOT_FOR_US, ''",
        "4500001e00012000400146dc0a0000010a00000208008464123400056162, FRAGMENT, ''",
        "4500001e00010001400166db0a0000010a00000208008464123400056162, FRAGMENT, ''",
        "4500001e00010000405966840a0000010a00000208008464123400056162, UNKNOWN_PROTOCOL, ''",
    })
    void dropsAndCounts(String hex, HostCounter counter, String reason) {
        ByteBuf packet = bytes(hex);
        stack.input(packet);
        assertThat(stack.counters().get(counter)).isEqualTo(1);
        assertThat(stack.counters().lastMalformed()).isEqualTo(reason);
        assertThat(packet.refCnt()).isZero();
        assertThat(out).isEmpty();
    }

    private List<String> sent() {
        return out.stream().map(ByteBufUtil::hexDump).toList();
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
