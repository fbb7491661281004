package vini.forwarder.elements.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import vini.forwarder.Arguments;
import vini.forwarder.Counter;
import vini.forwarder.Packet;
import vini.forwarder.VirtualLoop;
import vini.forwarder.elements.napt.Filtering;
import vini.forwarder.elements.napt.Timeouts;
import vini.forwarder.elements.tcpudp.Segments;
import vini.forwarder.host.BuiltinStack;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.time.Seed;
import vini.time.Timer;
import vini.time.VirtualClock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What carries packets on, in virtual time, with a user that is a builtin host, and no sockets. */
final class CarrierRun implements AutoCloseable, Answers.Door {
    static final String USER = "10.77.0.1";
    static final String OTHER = "10.77.0.2";
    static final String SERVER = "203.0.113.5";
    static final String SOURCE = "10.77.0.9";
    static final long SECOND = 1_000_000_000L;

    final VirtualClock clock = new VirtualClock();
    final VirtualLoop loop = new VirtualLoop(clock);
    final FakeOutside outside = new FakeOutside(loop.packets());
    final BuiltinStack user;
    final Carrier carrier;

    /** Packets into the slice, in hex. */
    final List<String> answers = new ArrayList<>();

    final Map<String, Integer> dropped = new LinkedHashMap<>();
    final List<String> said = new ArrayList<>();
    private final Counter sent = new Counter();
    private final Counter delivered = new Counter();

    CarrierRun() throws Exception {
        this(100, 50);
    }

    CarrierRun(int sessions, int perUser) throws Exception {
        Timeouts timeouts = Timeouts.of(new Arguments(List.of()));
        EgressSettings settings =
                new EgressSettings(
                        Ipv4Address.parse(SOURCE),
                        List.of(Prefix.parse("10.77.0.0/16")),
                        Filtering.ADDRESS,
                        timeouts,
                        sessions,
                        perUser,
                        64 << 20,
                        1 << 20,
                        5 * SECOND,
                        10 * SECOND,
                        "");
        EgressCounts counts = new EgressCounts(Counter::new);
        Answers[] late = new Answers[1];
        Timer flush = clock.timer(() -> late[0].flush());
        Answers made = new Answers(loop, settings, counts, this, () -> flush.after(0));
        late[0] = made;
        Seed seed = new Seed(1);
        carrier =
                new Carrier(loop, settings, counts, made, outside, seed.generator("x"), said::add);
        user =
                new BuiltinStack(
                        clock,
                        seed.generator("user"),
                        List.of(Ipv4Address.parse(USER)),
                        packet -> {
                            push(packet);
                            packet.release();
                        });
    }

    private void push(ByteBuf bytes) {
        Packet packet = loop.packets().copyOf(bytes);
        packet.networkHeader(0);
        carrier.take(packet);
    }

    /** A packet of a user. */
    void push(String hex) {
        push(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
        run(0);
    }

    void run(long nanos) {
        clock.runFor(nanos);
    }

    /** What has come for the slice since somebody asked. */
    List<String> newAnswers() {
        run(0);
        List<String> all = List.copyOf(answers);
        answers.clear();
        return all;
    }

    long count(String name) {
        return carrier.counts()
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void pass(Packet packet) {
        ByteBuf bytes = packet.buffer().copy(packet.start(), packet.length());
        String hex = ByteBufUtil.hexDump(bytes);
        assertThat(Segments.sound(hex)).as(hex).isTrue();
        answers.add(hex);
        packet.kill();
        user.input(bytes);
    }

    @Override
    public void flush() {}

    @Override
    public Counter sent() {
        return sent;
    }

    @Override
    public Counter delivered() {
        return delivered;
    }

    @Override
    public void drop(String reason, Packet packet) {
        dropped.merge(reason, 1, Integer::sum);
        packet.kill();
    }

    /** Ends all, and sees that nothing is left. */
    @Override
    public void close() {
        user.close();
        carrier.close();
        assertThat(outside.isClosed).isTrue();
        assertThat(outside.sockets).allMatch(socket -> socket.isClosed);
        assertThat(carrier.sessions().size()).isZero();
        assertThat(loop.packets().inUse()).isZero();
        loop.packets().close();
    }
}
