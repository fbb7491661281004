package vini.forwarder.elements.rewrite;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.Checksum;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites ICMP errors about packets that rewriters have put out, so that they pass a NAT in either
 * direction: the quoted packet becomes what it was before, and the error goes to whom that came
 * from. Where the error comes from the host that the packet was for, its source is rewritten as
 * well. The network header must be marked.
 *
 * <p>Arguments: MAPS, names of rewriters (IPRewriter, ICMPPingRewriter and all their kin),
 * separated by spaces, asked in this order; DST_ANNO (default true: set the destination annotation
 * to the new destination); REPLY_ANNO (an annotation of one byte that the error gets as a reply
 * would).
 *
 * <p>Output 0 gets rewritten errors: destination unreachable, source quench, redirect, time
 * exceeded and parameter problem. All other packets go to output 1, or are dropped if that is not
 * wired.
 *
 * <pre>{@code
 * nat :: IPRewriter(pattern 203.0.113.1 1024-65535 - - 0 1, drop);
 * ping :: ICMPPingRewriter(pattern 203.0.113.1 - 0-65535 0 1, drop);
 * errors :: ICMPRewriter(nat ping);
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "ICMPRewriter", ports = "1/1-2", processing = "a/ah", drops = "noMapping")
public final class IcmpRewriter extends Element {
    private static final int SOURCE_QUENCH = 4;
    private static final int REDIRECT = 5;

    /** The longest header that a rewriter changes in a quoted packet, options included. */
    private static final int CHANGED_MAX = 60 + 20;

    private List<String> names = List.of();
    private final List<Rewriter> rewriters = new ArrayList<>();
    private boolean marksDestination;

    /** Where the annotation of replies is; negative if there is none. */
    private int replyAnnotation = -1;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noMapping;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        names = InputSpecReader.words(arguments.required("MAPS", text -> text));
        marksDestination = arguments.keyword("DST_ANNO", ArgumentTypes::bool, true);
        replyAnnotation = arguments.keyword("REPLY_ANNO", t -> Annotation.parse(t, 1).at(), -1);
    }

    @Override
    protected void initialize() throws ConfigException {
        noMapping = drops("noMapping");
        for (String name : names) {
            Rewriter rewriter = named(name, Rewriter.class);
            if (rewriter == null) {
                throw new ConfigException("MAPS: '" + name + "' is no rewriter");
            }
            rewriters.add(rewriter);
        }
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int end = errorEnd(packet);
        if (end >= 0) {
            Packet mine = packet.writable();
            if (rewrite(mine, end)) {
                return mine;
            }
            addOrDrop(1, mine, noMapping);
        } else {
            addOrDrop(1, packet, noMapping);
        }
        return null;
    }

    /** Where an ICMP error's bytes end; -1 if the packet is none, or quotes no IP header. */
    private static int errorEnd(Packet packet) {
        int header = packet.networkHeader();
        if (header < 0 || header > packet.length() - Ipv4Header.BYTES) {
            return -1;
        }
        int icmp = header + ((packet.u8(header) & 0x0f) << 2);
        int end = header + packet.u16(header + Ipv4Header.TOTAL_LENGTH_AT);
        boolean sound =
                packet.u8(header) >> 4 == 4
                        && icmp >= header + Ipv4Header.BYTES
                        && packet.u8(header + Ipv4Header.PROTOCOL_AT) == Ipv4Header.ICMP
                        && (packet.u16(header + Ipv4Header.FRAGMENT_AT)
                                        & Ipv4Header.FRAGMENT_OFFSET_MASK)
                                == 0
                        && end <= packet.length()
                        && icmp + IcmpHeader.BYTES + Ipv4Header.BYTES <= end;
        return sound && isError(packet.u8(icmp + IcmpHeader.TYPE_AT)) ? end : -1;
    }

    private static boolean isError(int type) {
        return switch (type) {
            case IcmpHeader.DESTINATION_UNREACHABLE,
                    SOURCE_QUENCH,
                    REDIRECT,
                    IcmpHeader.TIME_EXCEEDED,
                    IcmpHeader.PARAMETER_PROBLEM ->
                    true;
            default -> false;
        };
    }

    private boolean rewrite(Packet packet, int end) {
        int header = packet.networkHeader();
        int icmp = header + ((packet.u8(header) & 0x0f) << 2);
        int quoted = icmp + IcmpHeader.BYTES;
        int oldSource = packet.i32(quoted + Ipv4Header.SOURCE_AT);
        int oldDestination = packet.i32(quoted + Ipv4Header.DESTINATION_AT);
        // An error goes to the source of what it is about; any other is a forgery.
        if (packet.i32(header + Ipv4Header.DESTINATION_AT) != oldSource) {
            return false;
        }
        int changed = Math.min(end - quoted, CHANGED_MAX);
        long before = Checksum.sum(packet.buffer(), packet.start() + quoted, changed);
        for (Rewriter rewriter : rewriters) {
            int reference = rewriter.rewriteQuoted(packet, quoted, end);
            if (reference >= 0) {
                long after = Checksum.sum(packet.buffer(), packet.start() + quoted, changed);
                mend(packet, icmp + IcmpHeader.CHECKSUM_AT, before, after);
                readdress(packet, header, quoted, oldDestination);
                annotate(packet, header, rewriter, reference);
                return true;
            }
        }
        return false;
    }

    /** Puts a checksum right whose block has another sum now. */
    private static void mend(Packet packet, int at, long before, long after) {
        // In ones' complement, to add the complement is to subtract.
        int delta = FlowState.fold(Checksum.finish(before) + (~Checksum.finish(after) & 0xffff));
        packet.set16(at, FlowState.checksum(packet.u16(at), delta));
    }

    private static void readdress(Packet packet, int header, int quoted, int oldDestination) {
        int from = packet.i32(header + Ipv4Header.SOURCE_AT);
        int to = packet.i32(header + Ipv4Header.DESTINATION_AT);
        int newTo = packet.i32(quoted + Ipv4Header.SOURCE_AT);
        int newFrom =
                from == oldDestination ? packet.i32(quoted + Ipv4Header.DESTINATION_AT) : from;
        packet.set32(header + Ipv4Header.SOURCE_AT, newFrom);
        packet.set32(header + Ipv4Header.DESTINATION_AT, newTo);
        int delta = FlowState.fold(FlowState.delta(from, newFrom) + FlowState.delta(to, newTo));
        int at = header + Ipv4Header.CHECKSUM_AT;
        packet.set16(at, FlowState.checksum(packet.u16(at), delta));
    }

    private void annotate(Packet packet, int header, Rewriter rewriter, int reference) {
        if (marksDestination) {
            packet.destination(packet.i32(header + Ipv4Header.DESTINATION_AT));
        }
        if (replyAnnotation >= 0 && (reference & 1) == 1) {
            packet.annotation(replyAnnotation, 1, rewriter.annotation(reference));
        }
    }
}
