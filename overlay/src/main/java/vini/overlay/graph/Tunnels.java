package vini.overlay.graph;

import vini.net.Quantity;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;

/** How the ends of links reach each other, as Click text. */
public interface Tunnels {
    /** The tunnel element at one end of a link, without a semicolon. */
    String element(Link link, End end);

    private static String watch(Link link) {
        return link.watchNanos() == 0 ? "" : ", WATCH " + Quantity.ofNanos(link.watchNanos());
    }

    /** Batches are handed over inside the process. */
    record Direct() implements Tunnels {
        @Override
        public String element(Link link, End end) {
            return "DirectTunnel("
                    + name(link, end)
                    + ", "
                    + name(link, end.other())
                    + watch(link)
                    + ")";
        }

        private static String name(Link link, End end) {
            return link.node(end).name() + "/" + link.node(end.other()).name();
        }
    }

    /**
     * UDP on the machine's loopback: slice n has 127.77.n.0/24 to itself. Ports begin above those
     * of services and end below those that the kernel gives out (32768).
     *
     * @param slice 0-255, see {@link vini.overlay.host.UnderlaySlot}
     */
    record Udp(int slice) implements Tunnels {
        private static final int FIRST_PORT = 10_000;
        private static final int LINKS_PER_ADDRESS = 10_000;

        @Override
        public String element(Link link, End end) {
            String mtu = link.mtu() == 1500 ? "" : ", MTU " + link.mtu();
            String ends = at(link, end) + ", " + at(link, end.other());
            return "UdpTunnel(" + ends + mtu + ", PARTIAL true" + watch(link) + ")";
        }

        private String at(Link link, End end) {
            int port = FIRST_PORT + 2 * (link.number() % LINKS_PER_ADDRESS) + end.ordinal();
            return "127.77." + slice + "." + (1 + link.number() / LINKS_PER_ADDRESS) + ":" + port;
        }
    }
}
