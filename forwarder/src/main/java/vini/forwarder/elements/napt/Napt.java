package vini.forwarder.elements.napt;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;
import vini.time.Timer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Gives TCP, UDP and ICMP queries of the inside an external address and port, and what comes back
 * their own again: the NAPT of an egress. Input 0 takes packets from the inside, input 1 from the
 * outside; output 0 leads to the outside, output 1 to the inside. It does what RFC 4787, 5382, 5508
 * and 7857 want, where IPRewriter does what Click's does: a host's port has one external port,
 * whomever it speaks to (endpoint-independent mapping), so that peers can find each other through
 * it. The network header must be marked.
 *
 * <p>A mapping has an external port of its own, taken at random (RFC 6056), even for an even one
 * and odd for an odd one where possible; a host always gets the same external address. Packets from
 * the inside to an external address come back to the inside (hairpinning). ICMP errors are
 * translated with the packets that they quote. Fragments follow the first one of their datagram,
 * also if that comes later. A SYN from outside that nobody has invited is answered with an ICMP
 * port unreachable after 6 s, unless the inside opens the same connection meanwhile.
 *
 * <p>Keywords, times in seconds unless a unit is given:
 *
 * <ul>
 *   <li>ADDRESS (also the first argument): external addresses and prefixes, with spaces, 256
 *       addresses at most; of a prefix not the first and the last
 *   <li>PORTS: external ports and ICMP identifiers, such as {@code 20000-29999} (default
 *       1024-65535), so that several share one address
 *   <li>INSIDE: prefixes, with spaces, from which the inside may send (default all)
 *   <li>FILTERING: from whom a mapping lets packets in: {@code endpoint-independent} (default),
 *       {@code address} or {@code address-and-port}
 *   <li>MAPPINGS: how many there may be (default 65536, at most 16777216); PER_USER: how many
 *       sessions an address of the inside may have (default 4096). A session is a TCP connection,
 *       or a peer where filtering is by peer; a mapping has one at least
 *   <li>EVICT: where there is no room, the mapping that has been idle for longest goes, of a user
 *       at its limit one of its own (default true); else the new one is refused. GUARANTEE: so long
 *       after a packet it does not (default 5). Who is refused gets ICMP code 13
 *   <li>UDP_TIMEOUT (300), ICMP_TIMEOUT (60), TCP_TIMEOUT (7440), TCP_OPENING_TIMEOUT and
 *       TCP_CLOSING_TIMEOUT (240): the silence after which a session is over. SHORT_TIMEOUTS true
 *       allows less than the RFCs do, for tests
 *   <li>INBOUND_REFRESH: whether packets from outside keep a mapping of UDP or ICMP (default false)
 *   <li>IP_ID: whether packets that may be in fragments get a new identification (default true, RFC
 *       7857 section 10)
 *   <li>SYN_ERRORS: whether uninvited SYNs are answered (default true)
 *   <li>ICMP_SOURCE: the source of errors to the inside (default the first external address)
 *   <li>LOG: so many beginnings and ends of mappings are kept (default 0); LOG_FILE: all are
 *       appended to that file, up to LOG_FILE_MAX bytes (default 100000000)
 *   <li>REAP_INTERVAL: how often what is over is removed (default 10)
 * </ul>
 *
 * <p>Packets that are too long for the next link are another element's business:
 *
 * <pre>{@code
 * nat :: NAPT(192.0.2.1, PORTS 20000-29999, INSIDE 10.77.0.0/16, FILTERING address);
 * inside -> [0]nat; outside -> [1]nat;
 * nat[0] -> fragments :: IPFragmenter(1500) -> to_outside; nat[1] -> to_inside;
 * fragments[1] -> ICMPError(192.0.2.1, unreachable, needfrag, PMTU 1500) -> [1]nat;
 * }</pre>
 *
 * <p>Handlers: {@code table}, {@code tcp_table}, {@code udp_table}, {@code icmp_table} (read: a
 * line for each mapping: inner and outer endpoint, the peer of the session used last, how many
 * more, and the seconds until it is over), {@code nmappings}, {@code nsessions}, {@code users} (a
 * line for each: sessions, external address, refused), {@code ports} (how many are taken), {@code
 * counts}, {@code memory} (bytes), {@code lookup} (read with {@code PROTOCOL ADDRESS PORT} of the
 * inside: the outer endpoint), {@code who} (read with those of the outside: the inner endpoint),
 * {@code log} (read, perhaps with the number of a line to begin with: number, time, beginning or
 * end, protocol, inner and outer endpoint), {@code log_lost}, {@code capacity} (MAPPINGS and
 * PER_USER), {@code clear} (write: ends all mappings, or those of an address), {@code drops}.
 */
@AutoService(Element.class)
@ElementClass(
        name = "NAPT",
        ports = "2/2",
        processing = "h/h",
        drops = {
            "badIcmpError",
            "filtered",
            "fragmentRefused",
            "fragmentTimeout",
            "fragmentsFull",
            "mappingsFull",
            "noMapping",
            "noPort",
            "notInside",
            "spoofedSource",
            "tinyFragment",
            "unsound",
            "unsupported",
            "userLimit"
        })
public final class Napt extends Element {
    /** So many mappings take some 3 MB with their index, more than the caches near a processor. */
    private static final int MAPPINGS_IN_CACHE = 1 << 15;

    /** Mappings that are looked at in one go for being over, and how soon the next go follows. */
    private static final int SWEEP = 16_384;

    private static final long SWEEP_PAUSE = 1_000_000L;
    private static final int LOG_MAX = 1_000_000;
    private static final long FILE_BYTES = 100_000_000L;

    private final NaptCounts counts = new NaptCounts(this::counter);
    private final HeaderView view = new HeaderView();

    /** Of the keys of one batch. */
    private final int[] hashes = new int[Batch.CAPACITY];

    private int logLines;
    private String logFile = "";
    private long logFileBytes;
    private int sweptTo;

    @SuppressWarnings("NullAway.Init") // these are set by configure and initialize
    private NaptSettings settings;

    @SuppressWarnings("NullAway.Init")
    private MappingLog log;

    @SuppressWarnings("NullAway.Init")
    private Mappings mappings;

    @SuppressWarnings("NullAway.Init")
    private Translator translator;

    @SuppressWarnings("NullAway.Init")
    private Timer reaper;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        settings = NaptSettings.of(arguments, addresses());
        logLines = arguments.keyword("LOG", ArgumentTypes.integer(0, LOG_MAX), 0);
        logFile = arguments.keyword("LOG_FILE", ArgumentTypes::fileName, "");
        logFileBytes =
                arguments.keyword(
                        "LOG_FILE_MAX", ArgumentTypes.integer(0, Long.MAX_VALUE), FILE_BYTES);
    }

    @Override
    protected void initialize() throws ConfigException {
        log = new MappingLog(loop().clock(), logLines);
        if (!logFile.isEmpty()) {
            try {
                log.writeTo(Path.of(logFile), logFileBytes);
            } catch (IOException e) {
                throw new ConfigException("LOG_FILE: " + logFile + ": " + e.getMessage());
            }
        }
        long hashSeed = graph().seed().derive(graph().name() + "/" + name());
        mappings = new Mappings(settings, counts, log, hashSeed, chance());
        Translator.Doors doors = new Translator.Doors(output(0), output(1), this::flushOutputs);
        translator =
                new Translator(
                        settings, mappings, counts, doors, loop(), sent(), this::drops, hashSeed);
        translator.timers(this::timer);
        reaper = timer(this::reap);
    }

    /** What it has; from initialize on. */
    Mappings mappings() {
        return mappings;
    }

    Translator translator() {
        return translator;
    }

    NaptCounts counts() {
        return counts;
    }

    MappingLog log() {
        return log;
    }

    long nowNanos() {
        return loop().clock().nowNanos();
    }

    @Override
    public void push(int port, Batch batch) {
        long now = loop().clock().nowNanos();
        if (batch.size() > 1 && mappings.table.size() > MAPPINGS_IN_CACHE) {
            lookAhead(port, batch);
        }
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (port == 0) {
                translator.fromInside(packet, now);
            } else {
                translator.fromOutside(packet, now);
            }
        }
        batch.recycle();
        flushOutputs();
        if (!reaper.isSet() && mappings.table.size() > 0) {
            reaper.after(settings.reapInterval());
        }
    }

    /**
     * Reads what the mappings of all packets take in memory before any is used: in a large table
     * that is not in the cache, and so the processor waits once for many, not for each.
     */
    private void lookAhead(int port, Batch batch) {
        int keys = 0;
        MappingTable table = mappings.table;
        for (int i = 0; i < batch.size(); i++) {
            HeaderView.Kind kind = view.read(batch.get(i));
            if (kind == HeaderView.Kind.TRANSPORT || kind == HeaderView.Kind.QUERY) {
                hashes[keys++] = table.hash(port == 0 ? view.from() : view.to() | Endpoint.OUTSIDE);
            }
        }
        table.lookAhead(hashes, keys);
    }

    /** Removes some of what is over, and comes back for the rest. */
    private void reap() {
        sweptTo = mappings.sweep(sweptTo, SWEEP, nowNanos());
        if (sweptTo > 0) {
            reaper.after(SWEEP_PAUSE);
            return;
        }
        log.flush();
        if (mappings.table.size() > 0) {
            reaper.after(Math.max(settings.reapInterval(), SWEEP_PAUSE));
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("table", () -> NaptHandlers.table(this, -1));
        handlers.read("tcp_table", () -> NaptHandlers.table(this, Ipv4Header.TCP));
        handlers.read("udp_table", () -> NaptHandlers.table(this, Ipv4Header.UDP));
        handlers.read("icmp_table", () -> NaptHandlers.table(this, Ipv4Header.ICMP));
        handlers.read("nmappings", () -> mappings.table.size());
        handlers.read("nsessions", () -> mappings.sessions());
        handlers.read("users", () -> NaptHandlers.users(this));
        handlers.read("ports", () -> mappings.external.text());
        handlers.read("counts", () -> NaptHandlers.counts(this));
        handlers.read("memory", () -> mappings.bytes());
        handlers.read("capacity", () -> settings.mappings() + " " + settings.perUser());
        handlers.read("lookup", text -> NaptHandlers.lookup(this, text, 0));
        handlers.read("who", text -> NaptHandlers.lookup(this, text, Endpoint.OUTSIDE));
        handlers.read("log", text -> NaptHandlers.log(this, text));
        handlers.read("log_lost", () -> log.lost());
        handlers.act("clear", text -> NaptHandlers.clear(this, text));
    }

    /** Mappings go on; those that could not have been made here end. */
    @Override
    protected void takeState(Element old) {
        Napt other = (Napt) old;
        log.takeOver(other.log);
        if (other.mappings.isLike(settings)) {
            mappings = other.mappings;
            mappings.settle(settings, counts, log);
            other.mappings = new Mappings(other.settings, other.counts, other.log, 0, chance());
            other.translator.settle(other.mappings);
            translator.settle(mappings);
        } else {
            mappings.takeOver(other.mappings);
        }
        translator.takeOver(other.translator);
        if (other.reaper.isSet()) {
            sweptTo = other.sweptTo;
            reaper.at(other.reaper.deadline());
        }
    }

    @Override
    protected void close() {
        if (translator != null) {
            translator.close();
        }
        if (log != null) {
            try {
                log.close();
            } catch (IOException e) {
                chatter(name() + ": " + logFile + ": " + e.getMessage());
            }
        }
    }
}
