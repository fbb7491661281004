package vini.forwarder.capture;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Packet;
import vini.forwarder.filter.FilterException;
import vini.forwarder.offload.PartialChecksum;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
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
    /** A process has at most so many at the same time. */
    public static final int MOST = 16;

    /** How long it goes on when nobody fetches. */
    public static final long PATIENCE_NANOS = 30_000_000_000L;

    /** Of a packet: time, length, bytes kept, point, number of the reason. */
    static final int HEAD_BYTES = 8 + 4 + 4 + 2 + 2;

    /** Holds any packet. */
    private static final int PIECE_BYTES = 1 << 18;

    /** Pieces that are kept for the next packets. */
    private static final int SPARES_MAX = 4;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** So that a number of a reason has two bytes; packets for other reasons are not written. */
    private static final int REASONS_MAX = 65_535;

    private final CaptureOrder order;
    private final Map<String, List<Integer>> pointsOf = new TreeMap<>();
    private final @Nullable CaptureFilter filter;
    private final List<String> reasons = new ArrayList<>();
    private final int pieceBytes;
    private final PartialChecksum completion = new PartialChecksum();
    private final Deque<ByteBuffer> full = new ArrayDeque<>();
    private final Deque<ByteBuffer> spare = new ArrayDeque<>();

    /** To which the next packet is added. */
    private ByteBuffer current = NOTHING.duplicate();

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
        pieceBytes = Math.min(PIECE_BYTES, order.roomBytes());
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
        if (now - fetchedNanos > PATIENCE_NANOS) {
            forget();
            missed++;
            return;
        }
        int kept = Math.min(packet.length(), order.snapBytes());
        if (current.remaining() < HEAD_BYTES + kept && !next(HEAD_BYTES + kept)) {
            missed++;
            return;
        }
        current.putLong(now).putInt(packet.length()).putInt(kept);
        current.putShort((short) point).putShort((short) reason);
        packet.buffer().getBytes(packet.start(), current.array(), current.position(), kept);
        if (packet.isPartial()) {
            completion.completeCopy(packet, current.array(), current.position(), kept);
        }
        current.position(current.position() + kept);
    }

    /** Whoever wanted it has died: its memory is given back. */
    private void forget() {
        missed += count(current.flip());
        full.forEach(piece -> missed += count(piece));
        full.clear();
        spare.clear();
        current = NOTHING.duplicate();
    }

    private static int count(ByteBuffer records) {
        int count = 0;
        while (records.hasRemaining()) {
            records.position(
                    records.position() + HEAD_BYTES + records.getInt(records.position() + 12));
            count++;
        }
        return count;
    }

    /** Begins another piece, if there is room for it and it has room for so much. */
    private boolean next(int bytes) {
        boolean isFirst = current.capacity() == 0;
        int pieces = full.size() + (isFirst ? 1 : 2);
        if (bytes > pieceBytes || (long) pieces * pieceBytes > order.roomBytes()) {
            return false;
        }
        if (!isFirst) {
            full.add(current.flip());
        }
        ByteBuffer used = spare.poll();
        current = used == null ? ByteBuffer.allocate(pieceBytes) : used.clear();
        return true;
    }

    /**
     * Hands over a piece of what was written down and was not handed over, as {@link Captured}
     * reads it. Pieces are small, since whoever makes an answer of them moves no packets meanwhile,
     * and leaves garbage.
     *
     * @param now on the clock of the packets; they are all from before
     */
    public synchronized String fetch(long now) {
        fetchedNanos = now;
        if (full.isEmpty() && current.position() > 0) {
            full.add(current.flip());
            current = NOTHING.duplicate();
        }
        StringBuilder text = new StringBuilder();
        text.append("total ").append(total).append('\n');
        text.append("missed ").append(missed).append('\n');
        reasons.forEach(reason -> text.append("reason ").append(reason).append('\n'));
        ByteBuffer piece = full.poll();
        if (piece != null) {
            byte[] packets = Base64.getEncoder().encode(piece).array();
            text.append("packets ").append(new String(packets, StandardCharsets.ISO_8859_1));
            text.append('\n');
            if (spare.size() < SPARES_MAX) {
                spare.add(piece);
            }
        }
        text.append("more ").append(!full.isEmpty() || current.position() > 0).append('\n');
        return text.toString();
    }
}
