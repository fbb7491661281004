package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.time.Timer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts fragmented IPv4 packets together again (RFC 791 3.2, RFC 815); packets that are no fragments
 * pass unchanged.
 *
 * <p>Fragments are held until none is missing; the packet then has the annotations of the first
 * fragment, and what that had before its IP header. If no further fragment comes for 30 s, they are
 * dropped; with output 1 in use, a fragment with all that has come is sent there, which {@code
 * ICMPError(ADDR, timeexceeded, reassembly)} answers if it has the beginning of the packet.
 *
 * <p>A fragment that overlaps with another one ends the whole packet, since which of them to
 * believe is how filters are deceived (as RFC 5722 has it for IPv6); one that came before is
 * dropped by itself. If more than HIMEM bytes are held (default 262144, at most 256 MB), those that
 * waited longest are dropped, until it is three quarters of that.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> re :: IPReassembler -> ...;
 * re[1] -> ICMPError(18.26.4.24, timeexceeded, reassembly) -> ...;
 * }</pre>
 *
 * <p>With MAX_MTU_ANNO that annotation of two bytes gets the length of the longest fragment.
 *
 * <p>Handlers: {@code fragments}, {@code assembled}, {@code failed} (how many of each), {@code
 * length} (packets that wait for fragments), {@code memory} (bytes held), {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "IPReassembler",
        ports = "1/1-2",
        processing = "a/ah",
        drops = {
            "badFragment",
            "duplicateFragment",
            "merged",
            "noIpHeader",
            "overlappingFragment",
            "reassemblyFull",
            "reassemblyTimeout"
        })
public final class IpReassembler extends Element {
    private static final long TIMEOUT_NANOS = 30_000_000_000L;
    private static final int PACKET_BYTES_MAX = 0xffff;

    /** The one that was touched last stands last. */
    private final LinkedHashMap<Reassembly.Key, Reassembly> waiting = new LinkedHashMap<>();

    private final Counter fragments = counter();
    private final Counter assembled = counter();
    private final Counter failed = counter();
    private Counter sent = new Counter();
    private long memory;
    private long memoryMax;
    private @Nullable Annotation longest;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer timer;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badFragment;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter duplicate;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter overlap;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter timeout;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter full;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter merged;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        memoryMax = arguments.keyword("HIMEM", ArgumentTypes.integer(0, 1L << 28), 256L << 10);
        List<Annotation> given =
                arguments.keyword(
                        "MAX_MTU_ANNO", text -> List.of(Annotation.parse(text, 2)), List.of());
        longest = given.isEmpty() ? null : given.getFirst();
    }

    @Override
    protected void initialize() {
        sent = sent();
        timer = timer(this::expire);
        noHeader = drops(IpBounds.NO_HEADER);
        badFragment = drops("badFragment");
        duplicate = drops("duplicateFragment");
        overlap = drops("overlappingFragment");
        timeout = drops("reassemblyTimeout");
        full = drops("reassemblyFull");
        merged = drops("merged");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!IpBounds.hasHeader(packet)) {
            noHeader.drop(packet);
            return null;
        }
        if (!IpBounds.isFragment(packet)) {
            return packet;
        }
        fragments.increment();
        if (isBad(packet)) {
            badFragment.drop(packet);
            return null;
        }
        return take(packet);
    }

    private static boolean isBad(Packet packet) {
        int bytes = Reassembly.payloadBytes(packet);
        return bytes == 0
                || !Reassembly.isLast(packet) && bytes % 8 != 0
                || Reassembly.end(packet) + IpBounds.headerLength(packet) > PACKET_BYTES_MAX;
    }

    private @Nullable Packet take(Packet packet) {
        Reassembly.Key key = Reassembly.Key.of(packet);
        Reassembly parts = waiting.computeIfAbsent(key, k -> new Reassembly());
        Reassembly.Fate fate = parts.add(packet, loop().clock().nowNanos());
        switch (fate) {
            case DUPLICATE -> duplicate.drop(packet);
            case CONTRADICTS -> {
                overlap.drop(packet);
                forget(key, parts);
                failed.increment();
                parts.fragments().forEach(overlap::drop);
            }
            case KEPT -> {
                memory += Reassembly.memory(packet);
                waiting.remove(key);
                waiting.put(key, parts);
                makeRoom();
            }
            case COMPLETE -> {
                memory += Reassembly.memory(packet);
                forget(key, parts);
                return whole(parts);
            }
        }
        setTimer();
        return null;
    }

    private void forget(Reassembly.Key key, Reassembly parts) {
        waiting.remove(key);
        memory -= parts.memory();
        setTimer();
    }

    private Packet whole(Reassembly parts) {
        assembled.increment();
        Packet packet = parts.join(loop().packets());
        if (longest != null) {
            packet.annotation(longest.at(), longest.size(), parts.longest());
        }
        sent.increment();
        parts.fragments().forEach(merged::drop);
        return packet;
    }

    private void makeRoom() {
        if (memory <= memoryMax) {
            return;
        }
        while (memory > memoryMax - memoryMax / 4 && !waiting.isEmpty()) {
            Map.Entry<Reassembly.Key, Reassembly> eldest = waiting.firstEntry();
            forget(eldest.getKey(), eldest.getValue());
            failed.increment();
            eldest.getValue().fragments().forEach(full::drop);
        }
    }

    private void setTimer() {
        if (waiting.isEmpty()) {
            timer.cancel();
        } else if (!timer.isSet()) {
            timer.at(waiting.firstEntry().getValue().touchedNanos() + TIMEOUT_NANOS);
        }
    }

    private void expire() {
        long old = loop().clock().nowNanos() - TIMEOUT_NANOS;
        while (!waiting.isEmpty() && waiting.firstEntry().getValue().touchedNanos() <= old) {
            Map.Entry<Reassembly.Key, Reassembly> eldest = waiting.firstEntry();
            Reassembly parts = eldest.getValue();
            forget(eldest.getKey(), parts);
            failed.increment();
            if (hasOutput(1)) {
                output(1).add(parts.join(loop().packets()));
                sent.increment();
                parts.fragments().forEach(merged::drop);
            } else {
                parts.fragments().forEach(timeout::drop);
            }
        }
        setTimer();
        flushOutputs();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("fragments", fragments::value).read("assembled", assembled::value);
        handlers.read("failed", failed::value).read("length", waiting::size);
        handlers.read("memory", () -> memory);
    }

    /** Fragments that wait are taken over; the timer follows. */
    @Override
    protected void takeState(Element old) {
        IpReassembler other = (IpReassembler) old;
        waiting.putAll(other.waiting);
        memory += other.memory;
        other.waiting.clear();
        other.memory = 0;
        makeRoom();
        setTimer();
    }

    @Override
    protected void close() {
        waiting.values().forEach(parts -> parts.fragments().forEach(Packet::kill));
        waiting.clear();
    }
}
