package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;

import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that packets begin with a sound IPv4 header: version, lengths, checksum, and a source that
 * is no multicast or broadcast address (RFC 1812 5.2.2, 5.3.7). Sets the network and transport
 * header and the destination annotation, and cuts off bytes beyond the IP length.
 *
 * <p>Output 0 gets sound packets; the others go to output 1, or are dropped if that is not wired.
 *
 * <pre>{@code
 * tunnel -> CheckIPHeader -> ...;
 * eth0 -> Strip(14) -> CheckIPHeader(INTERFACES 18.26.4.9/24 18.32.9.44/28) -> ...;
 * }</pre>
 *
 * <p>Arguments:
 *
 * <ul>
 *   <li>OFFSET: at which byte of the packet the header begins (default 0)
 *   <li>BADSRC: sources that are refused besides, a list with spaces
 *   <li>GOODDST: destinations whose packets may have any source
 *   <li>INTERFACES: the router's addresses with their prefixes; their broadcast addresses, 0.0.0.0
 *       and 255.255.255.255 are bad sources, the addresses themselves are good destinations
 *   <li>CHECKSUM: false leaves the checksum alone (default true)
 *   <li>VERBOSE: true prints a line about each unsound packet, not only about the first
 *   <li>DETAILS: true counts them by reason, in the handler {@code drop_details}
 * </ul>
 *
 * <p>The old form {@code CheckIPHeader(BADSRC, OFFSET)} with a list first is understood as well.
 *
 * <p>Handlers: {@code count}, {@code drops}, {@code drop_details} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "CheckIPHeader",
        ports = "1/1-2",
        processing = "a/ah",
        partialChecksums = PartialChecksums.PASSED,
        drops = "badIpHeader")
public sealed class CheckIpHeader extends Element permits CheckIpHeader2 {
    private static final int OFFSET_MAX = 1 << 16;

    private final boolean checksumByDefault;
    private final Counter sound = counter();

    @SuppressWarnings("NullAway.Init") // set by configure
    private HeaderRules rules;

    @SuppressWarnings("NullAway.Init") // set by configure
    private Refusals refusals;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badHeader;

    /** What the first argument says: in the old form a list of bad sources. */
    private record First(int offset, @Nullable List<Ipv4Address> bad) {}

    public CheckIpHeader() {
        this(true);
    }

    CheckIpHeader(boolean checksumByDefault) {
        this.checksumByDefault = checksumByDefault;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        First first = arguments.optional("OFFSET", this::first, new First(0, null));
        int offset = first.offset;
        List<Ipv4Address> bad = List.of();
        if (first.bad != null) {
            offset = arguments.optional("OFFSET", ArgumentTypes.integer(0, OFFSET_MAX), 0);
            bad =
                    Stream.concat(
                                    first.bad.stream(),
                                    Stream.of(Ipv4Address.ANY, new Ipv4Address(-1)))
                            .toList();
        }
        boolean checksum = arguments.keyword("CHECKSUM", ArgumentTypes::bool, checksumByDefault);
        rules = HeaderRules.read(arguments, addresses(), offset, checksum, bad);
        refusals = Refusals.read(arguments, HeaderRules.REASONS, this::counter);
    }

    private First first(String text) {
        return text.matches("[-+]?[0-9]\\w*")
                ? new First(ArgumentTypes.integer(0, OFFSET_MAX).apply(text), null)
                : new First(0, HeaderRules.list(addresses()::ip).apply(text));
    }

    @Override
    protected void initialize() {
        badHeader = drops("badIpHeader");
        refusals.chatter(line -> chatter(name() + ": " + line));
    }

    /** As the inherited one does, in a loop of its own, into which the check is compiled. */
    @Override
    public void push(int port, Batch batch) {
        int kept = 0;
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (isSound(packet)) {
                batch.set(kept++, packet);
            }
        }
        sound.add(kept);
        batch.truncate(kept);
        output(0).push(batch);
        flushOutputs();
    }

    @Override
    protected final @Nullable Packet simpleAction(Packet packet) {
        if (!isSound(packet)) {
            return null;
        }
        sound.increment();
        return packet;
    }

    /** Whether it may go on; else it has gone elsewhere. */
    private boolean isSound(Packet packet) {
        int reason = rules.check(packet);
        if (reason != HeaderRules.SOUND) {
            refusals.count(reason);
            addOrDrop(1, packet, badHeader);
        }
        return reason == HeaderRules.SOUND;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", sound::value);
        refusals.handlers(handlers);
    }
}
