package vini.forwarder.elements.egress;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.EventLoop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Carries users' packets on by ordinary sockets of this process: an egress that needs no rights and
 * no address of its own. Input 0 takes their IPv4 packets, output 0 gives the answers. The network
 * header must be marked; which destinations are open is another element's business.
 *
 * <p>TCP ends here. A SYN is held until the socket to its destination is connected, and is answered
 * as that was: by a SYN, a reset, an ICMP error or silence. Then bytes are carried both ways, no
 * faster than the slower side takes them; FIN and resets go on as they come. Each port of UDP and
 * each identifier of ICMP echo of a user is one socket outside, whomever it speaks to; ICMP errors
 * of the outside come back, also those about packets that are too long and may not be cut. Packets
 * leave with the TTL that they have here, so that traceroute works.
 *
 * <p>Ping needs a socket that Linux gives to members of the groups in {@code
 * net.ipv4.ping_group_range}, or a raw one for root; without either it is dropped ({@code
 * noRight}), and the machine's user is told once.
 *
 * <p>Keywords, times in seconds unless a unit is given:
 *
 * <ul>
 *   <li>ICMP_SOURCE (also the first argument): the source of errors of its own
 *   <li>INSIDE: prefixes, with spaces, from which packets are carried on (default all)
 *   <li>FILTERING: who may answer to a port of UDP: {@code address} (default: who was sent
 *       something), {@code address-and-port} or {@code endpoint-independent}
 *   <li>SESSIONS: how many sockets there may be (default 4096, at most 65536); PER_USER: how many
 *       an address of the inside may have (default 1024)
 *   <li>GUARANTEE: where there is no room, the session that has been idle for longest goes, of a
 *       user at its limit one of its own, if it is idle for so long (default 5). Who is refused
 *       gets ICMP code 13
 *   <li>BYTES: what connections of TCP may hold together (default 268435456); BUFFER: what one may
 *       hold in each direction (default 1048576), less when many have begun
 *   <li>UDP_TIMEOUT (300), ICMP_TIMEOUT (60), TCP_TIMEOUT (7440), TCP_OPENING_TIMEOUT and
 *       TCP_CLOSING_TIMEOUT (240): the silence after which a session is over. SHORT_TIMEOUTS true
 *       allows less than the RFCs do, for tests. REAP_INTERVAL: how often is looked (default 10)
 *   <li>NETNS: the network namespace of the sockets
 * </ul>
 *
 * <pre>{@code
 * users -> whole :: IPReassembler -> out :: SocketEgress(192.0.2.1, INSIDE 10.77.0.0/16);
 * out -> fit :: IPFragmenter(1500) -> to_users;
 * fit[1] -> ICMPError(192.0.2.1, unreachable, needfrag, PMTU 1500) -> out;
 * }</pre>
 *
 * <p>Handlers: {@code table} (a line for each session), {@code users} (a line for each: sessions,
 * refused), {@code nsessions}, {@code counts}, {@code tcp_counts} (what the TCP of this side
 * counted), {@code capacity} (SESSIONS and PER_USER), {@code clear} (write: ends all), {@code
 * drops}.
 */
@AutoService(Element.class)
@ElementClass(
        name = "SocketEgress",
        processing = "h/h",
        drops = {
            "badIcmp",
            "badTcp",
            "badUdp",
            "filtered",
            "fragment",
            "noDescriptor",
            "noIpHeader",
            "noRight",
            "noRoom",
            "noRoute",
            "notAllowed",
            "notForUser",
            "notInside",
            "notSent",
            "sessionsFull",
            "tooLong",
            "unsupported",
            "userLimit"
        })
public final class SocketEgress extends Element {
    @SuppressWarnings("NullAway.Init") // set by configure
    private EgressSettings settings;

    /** What lives as long as the sessions do: it goes from graph to graph. */
    private @Nullable Carrier carrier;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        settings = EgressSettings.of(arguments, addresses());
    }

    @Override
    protected void initialize() throws ConfigException {
        Loop loop = loop();
        if (!(loop instanceof EventLoop live)) {
            throw new ConfigException("it needs sockets, which the virtual world has not");
        }
        EgressCounts counts = new EgressCounts(Counter::new);
        Flush flush = new Flush(live);
        Answers answers = new Answers(live, settings, counts, new Door(), flush);
        flush.answers = answers;
        RandomGenerator random = chance();
        String namespace = settings.namespace().isEmpty() ? null : settings.namespace();
        carrier =
                new Carrier(
                        live,
                        settings,
                        counts,
                        answers,
                        new LiveOutside(live, namespace, random),
                        random,
                        line -> chatter(name() + ": " + line));
    }

    /** This element's output and books. */
    private final class Door implements Answers.Door {
        private final Counter sent = SocketEgress.this.sent();
        private final Counter delivered = SocketEgress.this.delivered();
        private final Map<String, DropCounter> drops = new LinkedHashMap<>();

        @Override
        public void pass(Packet packet) {
            output(0).add(packet);
        }

        @Override
        public void flush() {
            output(0).flush();
        }

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
            drops.computeIfAbsent(reason, SocketEgress.this::drops).drop(packet);
        }
    }

    /** Passes answers on when what the loop does now is done. */
    private static final class Flush implements Runnable {
        private final EventLoop loop;
        private @Nullable Answers answers;

        Flush(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            if (answers != null) {
                loop.afterThis(answers::flush);
            }
        }
    }

    private Carrier carrier() {
        if (carrier == null) {
            throw new IllegalStateException(name() + " was not initialized");
        }
        return carrier;
    }

    @Override
    public void push(int port, Batch batch) {
        Carrier takes = carrier();
        for (int i = 0; i < batch.size(); i++) {
            takes.take(batch.get(i));
        }
        batch.recycle();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("table", this::table);
        handlers.read("users", () -> carrier().sessions().text());
        handlers.read("nsessions", () -> carrier().sessions().size());
        handlers.read("counts", () -> carrier().counts().text());
        handlers.read("tcp_counts", () -> carrier().tcp().counters());
        handlers.read("capacity", () -> settings.sessions() + " " + settings.perUser());
        handlers.act("clear", text -> carrier().sessions().clear());
    }

    private String table() {
        StringBuilder text = new StringBuilder();
        carrier().sessions().forEach(session -> text.append(session.text()).append('\n'));
        return text.toString();
    }

    /** Sessions of one that was configured alike live on; those of another end with it. */
    @Override
    protected void takeState(Element old) {
        SocketEgress other = (SocketEgress) old;
        if (settings.equals(other.settings) && loop().equals(other.loop())) {
            Carrier idle = carrier();
            carrier = other.carrier();
            carrier.answers().by(new Door());
            other.carrier = idle;
        }
    }

    @Override
    protected void close() {
        if (carrier != null) {
            carrier.close();
        }
    }
}
