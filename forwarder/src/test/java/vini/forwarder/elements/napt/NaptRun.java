package vini.forwarder.elements.napt;

import static org.assertj.core.api.Assertions.assertThat;

import vini.forwarder.HandlerException;
import vini.forwarder.elements.tcpudp.Segments;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.List;

/**
 * A NAPT {@code nat} in virtual time. What is put in from one side comes back as what came out: the
 * packet, {@code -} if none did. Each one that comes out must have right checksums. The NAPT leaves
 * identifications as they are unless the configuration says otherwise, so that packets can be
 * compared.
 */
final class NaptRun implements AutoCloseable {
    static final String HOST = "10.0.0.5";
    static final String OTHER = "10.0.0.6";
    static final String EXTERNAL = "192.0.2.1";
    static final String SERVER = "198.51.100.7";
    static final String STRANGER = "203.0.113.9";
    static final String ROUTER = "198.18.0.1";
    static final String NOTHING = "-";

    private final GraphRun run;
    private int sawOutside;
    private int sawInside;

    /** The first external address, and these keywords. */
    NaptRun(String keywords) throws Exception {
        this(42, EXTERNAL, keywords);
    }

    NaptRun(long seed, String addresses, String keywords) throws Exception {
        run = GraphRun.of(seed, graph(addresses, keywords));
    }

    static String graph(String addresses, String keywords) {
        String id = keywords.contains("IP_ID") ? "" : ", IP_ID false";
        String more = keywords.isEmpty() ? "" : ", " + keywords;
        return "nat :: NAPT(ADDRESS "
                + addresses
                + id
                + more
                + ");in0 :: Inject -> CheckIPHeader -> [0]nat; in1 :: Inject -> CheckIPHeader ->"
                + " [1]nat;nat[0] -> outside :: Collect; nat[1] -> inside :: Collect;";
    }

    GraphRun run() {
        return run;
    }

    String read(String handler) throws HandlerException {
        return run.read("nat." + handler);
    }

    String read(String handler, String argument) throws HandlerException {
        return run.read("nat." + handler, argument);
    }

    /** Of the handler {@code counts}. */
    long count(String name) throws HandlerException {
        return read("counts")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** Packets that were dropped for that reason. */
    long dropped(String reason) {
        return run.graph("n").ledger().dropped().getOrDefault(reason, 0L);
    }

    void pass(double seconds) {
        run.run(Math.round(seconds * 1e9));
    }

    /** From the inside to the outside. */
    String out(String hex) {
        run.pushFrom("in0", hex);
        return newOutside();
    }

    /** From the outside to the inside. */
    String in(String hex) {
        run.pushFrom("in1", hex);
        return newInside();
    }

    /** From the inside, to where it is said to come out there again. */
    String back(String hex) {
        run.pushFrom("in0", hex);
        return newInside();
    }

    /** What has come out to the outside since somebody asked; one at most. */
    String newOutside() {
        List<String> all = run.out("outside");
        String one = one(all, sawOutside);
        sawOutside = all.size();
        return one;
    }

    String newInside() {
        List<String> all = run.out("inside");
        String one = one(all, sawInside);
        sawInside = all.size();
        return one;
    }

    private static String one(List<String> all, int seen) {
        assertThat(all.size() - seen).as("packets at once").isBetween(0, 1);
        if (all.size() == seen) {
            return NOTHING;
        }
        String packet = all.getLast();
        assertThat(isFragment(packet) || Segments.sound(packet)).as(packet).isTrue();
        return packet;
    }

    static boolean isFragment(String hex) {
        return (Integer.parseInt(hex.substring(12, 16), 16) & 0x3fff) != 0;
    }

    static int sourcePort(String hex) {
        return Integer.parseInt(hex.substring(40, 44), 16);
    }

    static int identifier(String hex) {
        return Integer.parseInt(hex.substring(48, 52), 16);
    }

    static String source(String hex) {
        return Segments.dotted(hex.substring(24, 32));
    }

    static String destination(String hex) {
        return Segments.dotted(hex.substring(32, 40));
    }

    /** The external port that a host's UDP port gets when it sends to the server. */
    int udpPort(String host, int port) {
        return sourcePort(out(Segments.udp(host, port, SERVER, 53, "61")));
    }

    /** The external port of a TCP connection to the server, both SYNs and the ACK of which pass. */
    int connect(String host, int port) {
        int external = sourcePort(out(Segments.tcp(host, port, SERVER, 80, Segments.SYN, "")));
        int both = Segments.SYN | Segments.ACK;
        assertThat(in(Segments.tcp(SERVER, 80, EXTERNAL, external, both, "")))
                .isEqualTo(Segments.tcp(SERVER, 80, host, port, both, ""));
        assertThat(out(Segments.tcp(host, port, SERVER, 80, Segments.ACK, "")))
                .isEqualTo(Segments.tcp(EXTERNAL, external, SERVER, 80, Segments.ACK, ""));
        return external;
    }

    /** The external identifier of a host's pings. */
    int pingId(String host, int id) {
        return identifier(out(Segments.echo(host, SERVER, 8, id, 1)));
    }

    /** An ICMP message of any type in IPv4. */
    static String icmp(String from, String to, String typeAndCode, String rest) {
        String sum = Packets.checksum(typeAndCode + "0000" + rest);
        return Packets.ipv4(from, to, 64, 1, typeAndCode + sum + rest);
    }

    /** A piece of a datagram: from a byte of its payload to before another. */
    static String fragment(String whole, int id, int from, int to) {
        String payload = whole.substring(40);
        int end = Math.min(2 * to, payload.length());
        String piece = payload.substring(2 * from, end);
        int more = end < payload.length() ? 0x2000 : 0;
        String head =
                "4500%04x%04x%04x".formatted(20 + piece.length() / 2, id, more | from / 8)
                        + whole.substring(16, 20);
        String addresses = whole.substring(24, 40);
        return head + Packets.checksum(head + addresses) + addresses + piece;
    }

    /** The datagram that pieces are of, in order; its checksum of the payload must be right. */
    static String joined(List<String> pieces) {
        StringBuilder payload = new StringBuilder();
        for (String piece : pieces) {
            assertThat(Packets.checksum(piece.substring(0, 40))).isEqualTo("0000");
            assertThat((Integer.parseInt(piece.substring(12, 16), 16) & 0x1fff) * 16)
                    .isEqualTo(payload.length());
            assertThat(piece.substring(8, 12)).isEqualTo(pieces.getFirst().substring(8, 12));
            payload.append(piece.substring(40));
        }
        String first = pieces.getFirst();
        String whole =
                Packets.ipv4(
                        source(first),
                        destination(first),
                        64,
                        Integer.parseInt(first.substring(18, 20), 16),
                        payload.toString());
        assertThat(Segments.sound(whole)).as(whole).isTrue();
        return whole;
    }

    @Override
    public void close() {
        long held = run.loop().packets().inUse();
        assertThat(run.graph("n").ledger().imbalance(held)).as("books").isZero();
        run.close();
    }
}
