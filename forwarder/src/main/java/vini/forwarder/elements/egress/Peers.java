package vini.forwarder.elements.egress;

import vini.forwarder.elements.napt.Endpoint;
import vini.forwarder.elements.napt.Filtering;

import java.util.LinkedHashMap;
import java.util.Map;

/** To whom a session has sent, as far as that decides who may send to it (RFC 4787 section 5). */
final class Peers {
    /** So many are remembered; the one to whom nothing was sent for longest goes. */
    static final int MOST = 1024;

    private final long mask;
    private final Map<Long, Boolean> known =
            new LinkedHashMap<>(4, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                    return size() > MOST;
                }
            };

    /** The one to whom the last packet went: mostly the next one, too. */
    private long last;

    private boolean any;

    Peers(Filtering filtering, int protocol) {
        mask = filtering.mask(protocol);
    }

    private long key(int address, int port) {
        return Endpoint.of(address, port, 0) & mask;
    }

    void sentTo(int address, int port) {
        long key = key(address, port);
        if (!any || key != last) {
            any = true;
            last = key;
            known.put(key, true);
        }
    }

    boolean mayCome(int address, int port) {
        long key = key(address, port);
        return any && (key == last || known.containsKey(key));
    }
}
