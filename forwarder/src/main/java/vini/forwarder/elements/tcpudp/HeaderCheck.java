package vini.forwarder.elements.tcpudp;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/** What CheckUDPHeader and CheckTCPHeader share: what becomes of the unsound, and who is told. */
abstract class HeaderCheck extends Element {
    /** What may be wrong with a packet. */
    enum Fault {
        NOT_OF_PROTOCOL("not "),
        BAD_LENGTH("bad length of "),
        BAD_CHECKSUM("bad checksum of ");

        private final String words;

        Fault(String words) {
            this.words = words;
        }
    }

    private final String protocol;
    private final String dropReason;
    private final Counter[] counts = new Counter[Fault.values().length];
    private boolean verbose;
    private boolean details;
    private boolean told;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter bad;

    /** A check for a protocol, named as users know it, that counts its drops for that reason. */
    HeaderCheck(String protocol, String dropReason) {
        this.protocol = protocol;
        this.dropReason = dropReason;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = counter();
        }
    }

    /** What is wrong with the packet, or null. */
    abstract @Nullable Fault fault(Packet packet);

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        verbose = arguments.keyword("VERBOSE", ArgumentTypes::bool, false);
        details = arguments.keyword("DETAILS", ArgumentTypes::bool, false);
    }

    @Override
    protected void initialize() {
        bad = drops(dropReason);
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        Fault fault = fault(packet);
        if (fault == null) {
            return packet;
        }
        counts[fault.ordinal()].increment();
        if (verbose || !told) {
            told = true;
            chatter(name() + ": " + protocol + " header check failed: " + text(fault));
        }
        addOrDrop(1, packet, bad);
        return null;
    }

    private String text(Fault fault) {
        return fault.words + protocol;
    }

    private long total() {
        long total = 0;
        for (Counter count : counts) {
            total += count.value();
        }
        return total;
    }

    private String table() {
        StringBuilder table = new StringBuilder();
        for (Fault fault : Fault.values()) {
            table.append(counts[fault.ordinal()].value()).append('\t');
            table.append(text(fault)).append('\n');
        }
        return table.toString();
    }

    @Override
    protected void takeState(Element old) {
        told = ((HeaderCheck) old).told;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", this::total);
        if (details) {
            handlers.read("drop_details", this::table);
        }
    }
}
