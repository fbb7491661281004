package vini.forwarder.elements.icmp;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;
import vini.forwarder.elements.ip.IpBounds;
import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;
import vini.time.Timer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sends ICMP echo requests from SRC to DST, the first at once and then one every INTERVAL; where
 * its output is pulled, one each time it is asked. Replies that are led to its input are reported,
 * each in a line, and counted; other packets that come there are dropped.
 *
 * <pre>{@code
 * ping :: ICMPPingSource(10.0.0.1, 10.0.0.2, INTERVAL 0.2, LIMIT 5) -> out;
 * in -> CheckIPHeader -> ping;
 * }</pre>
 *
 * <p>Keywords:
 *
 * <ul>
 *   <li>INTERVAL: a time, seconds without a unit (default 1)
 *   <li>IDENTIFIER: 0-65535 (default 0)
 *   <li>LIMIT: how many requests (default -1: no end)
 *   <li>STOP: true ends the run after the last request (default false)
 *   <li>DATA: what the requests carry (default nothing)
 *   <li>ACTIVE: false sends nothing until told (default true)
 *   <li>MIRROR: true sends the next request, with the data of the reply, a microsecond after a
 *       reply, whatever LIMIT says; only where packets are pushed
 *   <li>VERBOSE: false prints no lines (default true)
 * </ul>
 *
 * <p>Handlers: {@code active} (read, write), {@code count}, {@code summary} (as ping(1) ends),
 * {@code rtt_min}, {@code rtt_avg}, {@code rtt_max} in seconds (read; the last four with an input
 * only), {@code src}, {@code dst} (read, write), {@code limit}, {@code interval}, {@code
 * reset_counts} (write).
 */
@AutoService(Element.class)
@ElementClass(name = "ICMPPingSource", ports = "0-1/1", processing = "h/a", drops = "noEchoReply")
public final class IcmpPingSource extends Element {
    private static final long MIRROR_NANOS = 1000;
    private static final int MIRRORED_MAX = 1024;

    private final Deque<Packet> mirrored = new ArrayDeque<>();
    private final Counter count = counter();
    private final Notifier more = new Notifier(true);
    private Ipv4Address source = Ipv4Address.ANY;
    private Ipv4Address destination = Ipv4Address.ANY;
    private long intervalNanos;
    private int identifier;
    private int sequence;
    private long limit;
    private byte[] data = {};
    private boolean stop;
    private boolean active;
    private boolean mirror;
    private boolean verbose;
    private Counter sent = new Counter();
    private Counter delivered = new Counter();
    private @Nullable PingReport report;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer timer;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer mirrorTimer;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noReply;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        source = arguments.required("SRC", addresses()::ip);
        destination = arguments.required("DST", addresses()::ip);
        intervalNanos = arguments.keyword("INTERVAL", IcmpPingSource::interval, 1_000_000_000L);
        identifier = arguments.keyword("IDENTIFIER", ArgumentTypes.integer(0, 0xffff), 0);
        limit = arguments.keyword("LIMIT", ArgumentTypes::integer, -1L);
        stop = arguments.keyword("STOP", ArgumentTypes::bool, false);
        data = arguments.keyword("DATA", ArgumentTypes::data, data);
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
        mirror = arguments.keyword("MIRROR", ArgumentTypes::bool, false);
        verbose = arguments.keyword("VERBOSE", ArgumentTypes::bool, true);
        if (data.length > IcmpPackets.DATA_MAX) {
            throw new ConfigException("DATA is longer than " + IcmpPackets.DATA_MAX + " bytes");
        }
    }

    private static long interval(String text) {
        long nanos = ArgumentTypes.nanos(text);
        if (nanos < 1000) {
            throw new IllegalArgumentException("'" + text + "' is shorter than a microsecond");
        }
        return nanos;
    }

    @Override
    protected void initialize() throws ConfigException {
        sent = sent();
        delivered = delivered();
        noReply = drops("noEchoReply");
        timer = timer(this::fire);
        mirrorTimer = timer(this::sendMirrored);
        if (mirror && !isPush(0)) {
            throw new ConfigException("MIRROR works where packets are pushed only");
        }
        if (inputs() > 0) {
            report = new PingReport();
        }
        wake();
    }

    private void wake() {
        more.set(active && !isOver());
        if (!isPush(0)) {
            return;
        }
        if (!active || isOver()) {
            timer.cancel();
        } else if (!timer.isSet()) {
            timer.after(0);
        }
    }

    private boolean isOver() {
        return limit >= 0 && count.value() >= limit;
    }

    private void fire() {
        if (active && !isOver()) {
            output(0).push(make(null));
            if (isOver()) {
                over();
            } else {
                timer.after(intervalNanos);
            }
        }
    }

    private void over() {
        more.set(false);
        if (stop) {
            driver().stop();
        }
    }

    @Override
    public @Nullable Packet pull(int port) {
        if (!active || isOver()) {
            return null;
        }
        Packet packet = make(null);
        if (isOver()) {
            over();
        }
        return packet;
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return more;
    }

    /** A request with our data, or with those of a reply. */
    private Packet make(@Nullable Packet reply) {
        int from = reply == null ? 0 : icmp(reply) + IcmpHeader.BYTES;
        int bytes = reply == null ? data.length : IpBounds.end(reply) - from;
        Packet packet = loop().packets().allocate(IcmpPackets.BYTES + bytes);
        int to = packet.start() + IcmpPackets.BYTES;
        if (reply == null) {
            packet.buffer().setBytes(to, data);
        } else {
            packet.buffer().setBytes(to, reply.buffer(), reply.start() + from, bytes);
        }
        int number = sequence++ & 0xffff;
        IcmpPackets.write(
                packet, source, destination, IcmpHeader.ECHO_REQUEST, 0, identifier, number);
        packet.timestampNanos(loop().clock().epochNanos());
        if (report != null) {
            report.sent(number, loop().clock().nowNanos());
        }
        count.increment();
        sent.increment();
        return packet;
    }

    private static int icmp(Packet packet) {
        return packet.networkHeader() + IpBounds.headerLength(packet);
    }

    /** Replies to our requests. */
    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (isReply(packet)) {
                take(packet);
                delivered.increment();
                packet.kill();
            } else {
                noReply.drop(packet);
            }
        }
        batch.recycle();
        flushOutputs();
    }

    private boolean isReply(Packet packet) {
        if (!IpBounds.hasHeader(packet) || IpBounds.isFragment(packet)) {
            return false;
        }
        int header = packet.networkHeader();
        int icmp = icmp(packet);
        return packet.u8(header + Ipv4Header.PROTOCOL_AT) == Ipv4Header.ICMP
                && IpBounds.end(packet) - icmp >= IcmpHeader.BYTES
                && packet.u8(icmp) == IcmpHeader.ECHO_REPLY
                && packet.u16(icmp + IcmpHeader.ID_AT) == identifier
                && packet.i32(header + Ipv4Header.SOURCE_AT) == destination.bits()
                && packet.i32(header + Ipv4Header.DESTINATION_AT) == source.bits();
    }

    private void take(Packet packet) {
        if (report == null) {
            return;
        }
        int icmp = icmp(packet);
        PingReport.Echo echo =
                report.received(
                        destination,
                        packet.u16(icmp + IcmpHeader.SEQUENCE_AT),
                        IpBounds.end(packet) - icmp,
                        packet.u8(packet.networkHeader() + Ipv4Header.TTL_AT),
                        loop().clock().nowNanos());
        if (echo == null) {
            return;
        }
        if (verbose) {
            chatter(name() + ": " + echo.line());
        }
        if (mirror && active && !echo.again() && mirrored.size() < MIRRORED_MAX) {
            mirrored.add(make(packet));
            if (!mirrorTimer.isSet()) {
                mirrorTimer.after(MIRROR_NANOS);
            }
        }
    }

    /** Not while the reply is pushed: a responder next door would make that a loop without end. */
    private void sendMirrored() {
        while (!mirrored.isEmpty()) {
            output(0).add(mirrored.remove());
        }
        flushOutputs();
    }

    @Override
    protected void takeState(Element old) {
        IcmpPingSource other = (IcmpPingSource) old;
        sequence = other.sequence;
        if (report != null && other.report != null) {
            report.take(other.report);
        }
        mirrored.addAll(other.mirrored);
        other.mirrored.clear();
        if (other.mirrorTimer.isSet()) {
            mirrorTimer.at(other.mirrorTimer.deadline());
        }
        if (other.timer.isSet() && timer.isSet()) {
            timer.at(Math.min(other.timer.deadline(), loop().clock().nowNanos() + intervalNanos));
        }
        wake();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("active", () -> active).read("count", count::value);
        handlers.read("src", () -> source).read("dst", () -> destination);
        handlers.write("src", value -> source = addresses().ip(value.strip()));
        handlers.write("dst", value -> destination = addresses().ip(value.strip()));
        handlers.write(
                "active",
                value -> {
                    active = ArgumentTypes.bool(value);
                    wake();
                });
        handlers.write(
                "limit",
                value -> {
                    limit = ArgumentTypes.integer(value);
                    wake();
                });
        handlers.write("interval", value -> intervalNanos = interval(value.strip()));
        handlers.write("reset_counts", value -> resetCounts());
        PingReport pings = report;
        if (pings != null) {
            handlers.read("summary", () -> pings.summary(count.value()));
            handlers.read("rtt_min", pings::least).read("rtt_max", pings::most);
            handlers.read("rtt_avg", pings::mean);
        }
    }

    private void resetCounts() {
        count.reset();
        if (report != null) {
            report.reset();
        }
        wake();
    }

    @Override
    protected void close() {
        mirrored.forEach(Packet::kill);
        mirrored.clear();
    }
}
