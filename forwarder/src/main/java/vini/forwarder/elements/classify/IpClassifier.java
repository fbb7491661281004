package vini.forwarder.elements.classify;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Packet;
import vini.forwarder.filter.FilterParser;
import vini.forwarder.filter.Rule;

/**
 * Sorts IPv4 packets by expressions like tcpdump's: one output for each, and a packet goes to the
 * output of the first expression that is true for it. A packet for which none is true is dropped as
 * {@code noMatch}. The network header must be set, as {@code CheckIPHeader} does.
 *
 * <p>Primitives, where DIR is {@code src}, {@code dst}, {@code src or dst} (the default) or {@code
 * src and dst}:
 *
 * <ul>
 *   <li>{@code [DIR] host ADDR}, {@code [DIR] net ADDR/LEN}, {@code [DIR] net ADDR mask MASK}
 *   <li>{@code [DIR] ether host ETH}: an Ethernet address, or a name of one; only packets that have
 *       a link header match, as those of FromDevice do (Strip leaves it where it is)
 *   <li>{@code [DIR] [tcp|udp] port PORT}: a number or a name ({@code ssh}, {@code www}, {@code
 *       domain}, ...)
 *   <li>{@code ip proto PROTO}: a number, or {@code icmp}, {@code igmp}, {@code ipip}, {@code tcp},
 *       {@code udp}
 *   <li>{@code ip vers N}, {@code ip hl N} (in words of four bytes), {@code ip len N}, {@code ip id
 *       N}, {@code ip tos N}, {@code ip dscp N}, {@code ip ttl N}
 *   <li>{@code ip ect} (ECN-capable), {@code ip ce} (congestion experienced), {@code ip frag} (a
 *       fragment, the first included), {@code ip unfrag}
 *   <li>{@code tcp opt FLAG}: {@code syn}, {@code fin}, {@code ack}, {@code rst}, {@code psh},
 *       {@code urg}
 *   <li>{@code tcp win N}
 *   <li>{@code icmp type TYPE}: a number or a name ({@code echo}, {@code echo-reply}, {@code
 *       unreachable}, {@code timeexceeded}, ...)
 *   <li>{@code ip[POS:LEN] N}, {@code transp[POS:LEN] N}, {@code tcp[POS:LEN] N} (or another
 *       protocol): LEN bytes, 1-4, from byte POS of the IP header or of what follows it and its
 *       options; without {@code :LEN}, one byte
 *   <li>{@code true}, {@code any}, {@code all} or {@code -}; {@code false} or {@code none}
 * </ul>
 *
 * <p>Before the value may stand {@code ==} (the default), {@code !=} or, for numbers, {@code <},
 * {@code <=}, {@code >}, {@code >=}, and before that {@code & MASK}; a mask alone asks whether any
 * of its bits is set. {@code tcp opt} takes neither. Numbers are decimal or {@code 0x...}.
 *
 * <p>Primitives are joined by {@code not} ({@code !}), {@code and} ({@code &&}, or nothing), {@code
 * or} ({@code ||}) and {@code ? :} (with spaces around the colon), which bind in this order, and by
 * parentheses. What is clear may be left out: {@code tcp}, {@code www}, {@code syn}, {@code
 * 10.0.0.0/24}, {@code unfrag}; a value alone is as the primitive before it, so {@code src port 80
 * or 81} asks for source ports twice.
 *
 * <p>What asks for ports, ICMP types, TCP options or other bytes after the IP header is true for
 * first fragments only, and for packets of the protocol only: {@code src tcp port != 5} is false
 * for UDP, {@code not src tcp port 5} is true. What asks for bytes that a packet is too short to
 * have is false, also with {@code !=}.
 *
 * <p>With {@code src or dst} a relation must hold for one of the two, so {@code host != 10.0.0.1}
 * is true where either end is another host; {@code not host 10.0.0.1} is true where both are.
 *
 * <p>There must be as many outputs as expressions. A line warns of an expression that no packet can
 * come to, because it contradicts itself or those before it take all.
 *
 * <pre>{@code
 * c :: IPClassifier(10.0.0.0/24 and syn, dst tcp port 8000 or 8080, icmp type echo, -);
 * ... -> CheckIPHeader -> c;
 * c[0] -> ...; c[1] -> ...; c[2] -> ...; c[3] -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code config} (read, write), {@code program} (read): the tests that packets go
 * through, a line for each step: offset (from 256 on in the IP header, from 512 on behind it),
 * value and mask of four bytes, and where a packet goes on that has them or has them not, or is too
 * short if that is neither; {@code [0]} is an output, {@code [X]} the end of packets for which
 * nothing is true.
 */
@AutoService(Element.class)
@ElementClass(
        name = "IPClassifier",
        ports = "1/-",
        processing = "h/h",
        live = true,
        partialChecksums = PartialChecksums.PASSED,
        drops = "noMatch")
public final class IpClassifier extends PatternElement {
    public IpClassifier() {
        super("noMatch");
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        GraphNames names = new GraphNames(addresses(), portNumbers());
        patterns =
                Patterns.read(
                        arguments.all(),
                        (number, text) -> new Rule(FilterParser.parse(text, names), number));
    }

    @Override
    protected void reconfigured() throws ConfigException {
        patterns.checkOnePerOutput(outputs());
        super.reconfigured();
    }

    @Override
    int match(Packet packet) {
        return PacketMatch.byIpHeader(patterns.program(), packet);
    }
}
