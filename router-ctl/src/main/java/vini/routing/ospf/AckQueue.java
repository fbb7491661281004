package vini.routing.ospf;

import vini.routing.ospf.wire.LinkStateAck;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.time.Clock;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The acknowledgements that a neighbour gets, delayed or direct: RFC 2328 13.5. */
final class AckQueue {
    /** Far below any RxmtInterval; long enough for a burst of floods to share a packet. */
    private static final long DELAY_NANOS = 200_000_000L;

    private final OspfLink link;
    private final Timer timer;
    private final Map<LsaKey, LsaHeader> delayed = new LinkedHashMap<>();
    private final List<LsaHeader> direct = new ArrayList<>();

    AckQueue(Clock clock, OspfLink link) {
        this.link = link;
        this.timer = clock.timer(this::sendDelayed);
    }

    void delay(LsaHeader header) {
        delayed.put(header.key(), header);
        if (delayed.size() >= packetMax()) {
            timer.cancel();
            sendDelayed();
        } else if (!timer.isSet()) {
            timer.after(DELAY_NANOS);
        }
    }

    /**
     * Another instance has come into the database, so that the neighbour gets or has that, which
     * tells it enough. An acknowledgement of the one before could come after the neighbour has
     * forgotten that, flushed, and learned it anew from someone who had not heard of the flush: it
     * would take our late word for having told us again.
     */
    void superseded(LsaKey key) {
        delayed.remove(key);
    }

    void add(LsaHeader header) {
        direct.add(header);
    }

    /** Sends what {@link #add} has gathered. */
    void sendDirect() {
        send(direct);
        direct.clear();
    }

    private void sendDelayed() {
        send(new ArrayList<>(delayed.values()));
        delayed.clear();
    }

    void clear() {
        delayed.clear();
        direct.clear();
        timer.cancel();
    }

    private void send(List<LsaHeader> headers) {
        int max = packetMax();
        for (int from = 0; from < headers.size(); from += max) {
            int to = Math.min(headers.size(), from + max);
            link.send(new LinkStateAck(headers.subList(from, to)));
        }
    }

    private int packetMax() {
        return link.payloadMax() / LsaHeader.BYTES;
    }
}
