package vini.forwarder.elements.rewrite;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;

import java.util.random.RandomGenerator;

/**
 * What all rewriters share: they find the flow of a packet in their table, or make one as the
 * INPUTSPEC of the input says, and rewrite the packet. A subclass says what a flow's key is and
 * what is rewritten besides addresses.
 */
abstract class Rewriter extends FlowElement implements FlowSet.Lifetimes, Pattern.Taken {
    static final long SECOND = 1_000_000_000L;

    /** So many flows take some 3 MB with their index, more than the caches near a processor. */
    private static final int FLOWS_IN_CACHE = 1 << 15;

    /** Nobody wants it; but for it the compiler would leave out what {@link #lookAhead} reads. */
    long lookedAt;

    /** Of the keys of one batch. */
    private final int[] hashes = new int[Batch.CAPACITY];

    private InputSpecs specs = InputSpecs.NONE;
    private @Nullable String capacityOf;
    private int capacity;
    private long reapInterval;
    private boolean marksDestination = true;

    /** Where the annotation of replies is; negative if there is none. */
    private int replyAnnotation = -1;

    private final Counter failures = counter();

    /** Its own, or those of the element whose capacity it shares; made by who asks first. */
    private @Nullable FlowSet flows;

    @SuppressWarnings("NullAway.Init") // these are set by initialize
    private OwnFlows own;

    @SuppressWarnings("NullAway.Init")
    private RandomGenerator chance;

    @SuppressWarnings("NullAway.Init")
    private DropCounter dropInput;

    @SuppressWarnings("NullAway.Init")
    private DropCounter notRewritable;

    @SuppressWarnings("NullAway.Init")
    private DropCounter noMapping;

    /** Reads the keywords of the class. */
    abstract void configureLifetimes(Arguments arguments) throws ConfigException;

    /** Why a pattern does not fit the class, as an IllegalArgumentException. */
    void checkPattern(Pattern pattern) {}

    /** The addresses in the forward key of the packet. */
    long forwardAddresses() {
        return addresses;
    }

    /** Finds the flow of what was read. */
    int find() {
        return table().find(addresses, ports);
    }

    /** Whether what was read may begin a flow. */
    boolean mayBegin() {
        return true;
    }

    /** What {@link #addresses} become in the direction of that reference. */
    long rewritten(int reference) {
        return FlowKey.swapped(table().addresses(reference ^ 1));
    }

    /** Its flows; from initialize on. */
    final OwnFlows own() {
        return own;
    }

    /** The flows of all that share its capacity. */
    final FlowSet flows() {
        return own.set();
    }

    final FlowTable table() {
        return own.table();
    }

    /** The number that stands in the keys of its flows. */
    final int owner() {
        return own.owner();
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        configureLifetimes(arguments);
        reapInterval = arguments.keyword("REAP_INTERVAL", ArgumentTypes::nanos, 900 * SECOND);
        capacity = arguments.keyword("MAPPING_CAPACITY", this::capacity, FlowSet.CAPACITY);
        marksDestination = arguments.keyword("DST_ANNO", ArgumentTypes::bool, true);
        replyAnnotation = arguments.keyword("REPLY_ANNO", t -> Annotation.parse(t, 1).at(), -1);
        specs = InputSpecs.read(arguments.rest("INPUTSPEC", t -> t), inputs(), this::readSpec);
    }

    /** Reads a number, or notes whose capacity is shared. */
    private int capacity(String text) {
        if (text.strip().matches("[-+0-9].*")) {
            return RewriterHandlers.capacity(text);
        }
        capacityOf = text.strip();
        return FlowSet.CAPACITY;
    }

    private InputSpec readSpec(String text) {
        InputSpecReader reader =
                new InputSpecReader(
                        addresses(),
                        name -> IpRewriterPatterns.find(graph(), name),
                        name -> named(name, IpMapper.class));
        InputSpec spec = reader.read(text, outputs());
        if (spec instanceof InputSpec.Mapped mapped) {
            checkPattern(mapped.pattern());
        } else if (spec instanceof InputSpec.ByMapper byMapper) {
            byMapper.mapper().all().forEach(mapped -> checkPattern(mapped.pattern()));
        }
        return spec;
    }

    @Override
    protected void initialize() throws ConfigException {
        dropInput = drops("dropInput");
        notRewritable = drops("notRewritable");
        noMapping = drops("noMapping");
        chance = chance();
        own = new OwnFlows(this, flows(0), specs, loop().clock(), this::timer, reapInterval);
    }

    /** The flows, its own or those of the element whose capacity it shares. */
    private FlowSet flows(int depth) throws ConfigException {
        if (flows != null) {
            return flows;
        }
        if (capacityOf == null) {
            flows = new FlowSet(capacity, graph().seed().derive(graph().name() + "/" + name()));
            return flows;
        }
        Rewriter other = named(capacityOf, Rewriter.class);
        if (other == null || depth > graph().elementNames().size()) {
            throw new ConfigException(
                    "MAPPING_CAPACITY: '" + capacityOf + "' is no number and no rewriter");
        }
        flows = other.flows(depth + 1);
        return flows;
    }

    @Override
    public void push(int port, Batch batch) {
        long now = loop().clock().nowNanos();
        if (batch.size() > 1 && table().size() > FLOWS_IN_CACHE) {
            lookAhead(batch);
        }
        for (int i = 0; i < batch.size(); i++) {
            handle(port, batch.get(i), now);
        }
        batch.recycle();
        flushOutputs();
    }

    /**
     * Reads what the flows of all packets take in memory before any is used: in a large table that
     * is not in the cache, and so the processor waits once for many, not for each.
     */
    private void lookAhead(Batch batch) {
        int keys = 0;
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            int end = readIp(packet, packet.networkHeader(), packet.length(), false);
            if (end >= 0 && readKey(packet, end, false)) {
                hashes[keys++] = table().hash(addresses, ports);
            }
        }
        lookedAt = table().lookAhead(hashes, keys);
    }

    private void handle(int port, Packet packet, long now) {
        int header = packet.networkHeader();
        int end = readIp(packet, header, packet.length(), false);
        boolean readable = end >= 0 && readKey(packet, end, false);
        int reference = readable ? find() : FlowTable.NONE;
        if (reference < 0) {
            InputSpec spec = specs.of(port);
            if (spec instanceof InputSpec.Pass pass) {
                addOrDrop(pass.output(), packet, noMapping);
                return;
            }
            if (spec instanceof InputSpec.Drop) {
                dropInput.drop(packet);
                return;
            }
            if (!readable || !mayBegin()) {
                notRewritable.drop(packet);
                return;
            }
            reference = begin(spec, port, packet, now);
            if (reference < 0) {
                failures.increment();
                noMapping.drop(packet);
                return;
            }
        }
        Packet mine = packet.writable();
        FlowTable table = table();
        int flow = reference >> 1;
        long state = table.state(flow);
        table.used(flow, now);
        int before = FlowState.seen(state);
        int after = seen(before, mine, end, reference);
        if (after != before) {
            table.state(flow, FlowState.seen(state, after));
            flows().shortened(flow);
        }
        long newAddresses = rewriteAddresses(mine, header, reference, state, false);
        rewriteTransport(mine, end, reference, FlowState.transportDelta(state, reference), false);
        if (marksDestination) {
            mine.destination(FlowKey.destination(newAddresses));
        }
        if (replyAnnotation >= 0 && (reference & 1) == 1) {
            mine.annotation(replyAnnotation, 1, FlowState.annotation(state));
        }
        addOrDrop(FlowState.output(state, reference), mine, noMapping);
    }

    private long rewriteAddresses(
            Packet packet, int header, int reference, long state, boolean quoted) {
        long forward = rewritten(reference);
        long newAddresses = quoted ? FlowKey.swapped(forward) : forward;
        packet.set32(header + Ipv4Header.SOURCE_AT, FlowKey.source(newAddresses));
        packet.set32(header + Ipv4Header.DESTINATION_AT, FlowKey.destination(newAddresses));
        int sum = packet.u16(header + Ipv4Header.CHECKSUM_AT);
        packet.set16(
                header + Ipv4Header.CHECKSUM_AT,
                FlowState.checksum(sum, FlowState.ipDelta(state, reference)));
        return newAddresses;
    }

    /** Makes a flow; the reference of its forward direction, or -1. */
    private int begin(InputSpec spec, int port, Packet packet, long now) {
        return switch (spec) {
            case InputSpec.Keep keep -> {
                boolean taken = isTaken(addresses, (int) ports);
                yield taken
                        ? -1
                        : begin(
                                addresses,
                                (int) ports,
                                keep.forwardOutput(),
                                keep.replyOutput(),
                                port,
                                packet,
                                now);
            }
            case InputSpec.Mapped mapped -> begin(mapped, port, packet, now);
            case InputSpec.ByMapper byMapper -> {
                for (InputSpec.Mapped mapped : byMapper.mapper().next()) {
                    int reference = begin(mapped, port, packet, now);
                    if (reference >= 0) {
                        yield reference;
                    }
                }
                yield -1;
            }
            case InputSpec.Drop drop -> -1;
            case InputSpec.Pass pass -> -1;
        };
    }

    private int begin(InputSpec.Mapped mapped, int port, Packet packet, long now) {
        Pattern pattern = mapped.pattern();
        long place = pattern.place(addresses, (int) ports, chance, this);
        if (place < 0) {
            return -1;
        }
        return begin(
                pattern.addresses(place, addresses),
                pattern.ports(place, (int) ports),
                mapped.forwardOutput(),
                mapped.replyOutput(),
                port,
                packet,
                now);
    }

    @Override
    public boolean isTaken(long newAddresses, int newPorts) {
        return table().find(replyAddresses(newAddresses), replyPorts(newPorts)) >= 0;
    }

    private int begin(
            long newAddresses,
            int newPorts,
            int output,
            int replyOutput,
            int port,
            Packet packet,
            long now) {
        int ipDelta =
                FlowState.fold(
                        FlowState.delta(FlowKey.source(addresses), FlowKey.source(newAddresses))
                                + FlowState.delta(
                                        FlowKey.destination(addresses),
                                        FlowKey.destination(newAddresses)));
        int annotation = replyAnnotation < 0 ? 0 : (int) packet.annotation(replyAnnotation, 1);
        int transportDelta = transportDelta(ipDelta, (int) ports, newPorts);
        long state = FlowState.of(ipDelta, transportDelta, output, replyOutput, annotation);
        if (!flows().admit(this, FlowKey.protocol(ports), state, now)) {
            return -1;
        }
        int flow =
                flows().add(
                                forwardAddresses(),
                                ports,
                                replyAddresses(newAddresses),
                                replyPorts(newPorts),
                                port,
                                state,
                                now);
        own.begun(port);
        return flow << 1;
    }

    @Override
    public void gone(int flow) {
        own.gone(flow);
    }

    final long failures() {
        return failures.value();
    }

    /** What is done with new flows, for each input. */
    final InputSpecs specs() {
        return specs;
    }

    /** Puts another INPUTSPEC in place, and ends the flows that the old one has made. */
    final void changeSpec(int input, String text) {
        InputSpec spec = readSpec(text);
        own.clear(input);
        specs.change(input, text.strip(), spec);
    }

    /** The key that the flow's packets have after rewriting. */
    String rewrittenText(int reference) {
        return text(
                FlowKey.swapped(table().addresses(reference ^ 1)),
                turned(table().ports(reference ^ 1)));
    }

    long nowNanos() {
        return loop().clock().nowNanos();
    }

    /**
     * Rewrites a packet that is quoted in an ICMP error, if it is one that this rewriter has put
     * out: to what it was when it came.
     *
     * @return the flow's reference in the direction of replies to the quoted packet, or -1
     */
    final int rewriteQuoted(Packet packet, int header, int limit) {
        int end = readIp(packet, header, limit, true);
        if (end < 0 || !readKey(packet, end, true)) {
            return -1;
        }
        turnAround();
        int reference = find();
        if (reference >= 0) {
            long state = table().state(reference >> 1);
            rewriteAddresses(packet, header, reference, state, true);
            rewriteTransport(
                    packet, end, reference, FlowState.transportDelta(state, reference), true);
        }
        return reference;
    }

    /** The annotation byte that replies of the flow get. */
    final int annotation(int reference) {
        return FlowState.annotation(table().state(reference >> 1));
    }

    @Override
    protected void handlers(Handlers handlers) {
        RewriterHandlers.add(this, handlers);
    }

    /** Whose flows others share takes them for all. */
    @Override
    protected void takeState(Element old) {
        Rewriter other = (Rewriter) old;
        if (capacityOf == null && other.capacityOf == null) {
            OwnFlows.takeOver(other.flows(), flows(), nowNanos());
        }
    }

    /** Whether this one would have made the flows of that one. */
    final boolean goesOn(Rewriter before) {
        return name().equals(before.name())
                && getClass() == before.getClass()
                && specs.sameTexts(before.specs);
    }
}
