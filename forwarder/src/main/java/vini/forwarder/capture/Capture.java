package vini.forwarder.capture;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Packet;
import vini.forwarder.filter.FilterException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is written down of packets that go by, until somebody fetches it. A packet makes no object,
 * and its bytes are copied once. There is a bound for what waits; what comes beyond it is counted,
 * and so is all that comes while nobody has fetched for {@link #PATIENCE_NANOS}: whoever wanted it
 * has died.
 *
 * <p>Any thread may use it.
 */
public final class Capture {
    /** How long it goes on when nobody fetches. */
    public static final long PATIENCE_NANOS = 30_000_000_000L;

    /** Of a packet: time, length, bytes kept, point, number of the reason. */
    static final int HEAD_BYTES = 8 + 4 + 4 + 2 + 2;

    private static final int ROOM_BYTES_MIN = 1 << 16;

    /** So that a number of a reason has two bytes; packets for other reasons are not written. */
    private static final int REASONS_MAX = 65_535;

    private final CaptureOrder order;
    private final Map<String, List<Integer>> pointsOf = new TreeMap<>();
    private final @Nullable CaptureFilter filter;
    private final List<String> reasons = new ArrayList<>();
    private ByteBuffer held = ByteBuffer.allocate(0);
    private long fetchedNanos;
    private long total;
    private long missed;

    /**
     * Begins.
     *
     * @param now on the clock of the packets
     * @throws FilterException the order's filter has a mistake
     */
    public Capture(CaptureOrder order, long now) throws FilterException {
        this.order = order;
        filter =
                order.filter().isEmpty()
                        ? null
                        : new CaptureFilter(order.filter(), name -> order.hosts().get(name));
        for (int i = 0; i < order.points().size(); i++) {
            pointsOf.computeIfAbsent(order.points().get(i).graph(), graph -> new ArrayList<>())
                    .add(i);
        }
        fetchedNanos = now;
    }

    /** The numbers of the points in a graph. */
    public List<Integer> pointsOf(String graph) {
        return pointsOf.getOrDefault(graph, List.of());
    }

    /** The point of that number. */
    public CapturePoint point(int number) {
        return order.points().get(number);
    }

    /** The number of a place and a reason by which packets end there; 0 if there are too many. */
    public synchronized int reason(String place, String reason) {
        String text = place + " " + reason;
        int at = reasons.indexOf(text);
        if (at < 0 && reasons.size() < REASONS_MAX) {
            at = reasons.size();
            reasons.add(text);
        }
        return at + 1;
    }

    /**
     * Writes a packet down.
     *
     * @param now when
     * @param point where, by its number in the order
     * @param reason why it ends there, a number of {@link #reason}; 0 if it does not
     */
    public synchronized void take(long now, int point, int reason, Packet packet) {
        if (filter != null && !filter.matches(packet)) {
            return;
        }
        total++;
        int kept = Math.min(packet.length(), order.snapBytes());
        if (now - fetchedNanos > PATIENCE_NANOS) {
            missed += 1 + count(held);
            held = ByteBuffer.allocate(0);
            return;
        }
        if (held.remaining() < HEAD_BYTES + kept && !grow(HEAD_BYTES + kept)) {
            missed++;
            return;
        }
        held.putLong(now).putInt(packet.length()).putInt(kept);
        held.putShort((short) point).putShort((short) reason);
        packet.buffer().getBytes(packet.start(), held.array(), held.position(), kept);
        held.position(held.position() + kept);
    }

    private static int count(ByteBuffer records) {
        ByteBuffer all = records.duplicate().flip();
        int count = 0;
        while (all.hasRemaining()) {
            all.position(all.position() + HEAD_BYTES + all.getInt(all.position() + 12));
            count++;
        }
        return count;
    }

    private boolean grow(int bytes) {
        int wanted = held.position() + bytes;
        if (wanted > order.roomBytes()) {
            return false;
        }
        int size = Math.max(wanted, Math.max(ROOM_BYTES_MIN, 2 * held.capacity()));
        size = Math.min(size, order.roomBytes());
        held = ByteBuffer.wrap(Arrays.copyOf(held.array(), size)).position(held.position());
        return true;
    }

    /**
     * Hands over what was written down since the last time, as {@link Captured} reads it.
     *
     * @param now on the clock of the packets; they are all from before
     */
    public synchronized String fetch(long now) {
        fetchedNanos = now;
        StringBuilder text = new StringBuilder();
        text.append("total ").append(total).append('\n');
        text.append("missed ").append(missed).append('\n');
        reasons.forEach(reason -> text.append("reason ").append(reason).append('\n'));
        ByteBuffer packets = Base64.getEncoder().encode(held.flip());
        text.append("packets ");
        text.append(new String(packets.array(), 0, packets.limit(), StandardCharsets.ISO_8859_1));
        // Half as much may be enough next time: a burst does not keep its memory for ever.
        held =
                ByteBuffer.allocate(
                        held.limit() < held.capacity() / 4 ? held.capacity() / 2 : held.capacity());
        return text.append('\n').toString();
    }
}
