package vini.routing.ospf;

import vini.routing.ospf.wire.LinkStateAck;
import vini.routing.ospf.wire.LsaHeader;
import vini.time.Clock;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.List;

/** The acknowledgements that a neighbour gets, delayed or direct: RFC 2328 13.5. */
final class AckQueue {
    /** Far below any RxmtInterval; long enough for a burst of floods to share a packet. */
    private static final long DELAY_NANOS = 200_000_000L;

    private final OspfLink link;
    private final Timer timer;
    private final List<LsaHeader> delayed = new ArrayList<>();
    private final List<LsaHeader> direct = new ArrayList<>();

    AckQueue(Clock clock, OspfLink link) {
        this.link = link;
        this.timer = clock.timer(() -> send(delayed));
    }

    void delay(LsaHeader header) {
        delayed.add(header);
        if (delayed.size() >= packetMax()) {
            timer.cancel();
            send(delayed);
        } else if (!timer.isSet()) {
            timer.after(DELAY_NANOS);
        }
    }

    void add(LsaHeader header) {
        direct.add(header);
    }

    /** Sends what {@link #add} has gathered. */
    void sendDirect() {
        send(direct);
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
        headers.clear();
    }

    private int packetMax() {
        return link.payloadMax() / LsaHeader.BYTES;
    }
}
