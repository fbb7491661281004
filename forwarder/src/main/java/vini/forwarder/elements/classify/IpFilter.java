package vini.forwarder.elements.classify;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Packet;
import vini.forwarder.filter.FilterException;
import vini.forwarder.filter.FilterNames;
import vini.forwarder.filter.FilterParser;
import vini.forwarder.filter.Rule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filters IPv4 packets: each argument is an action and an expression, and what happens to a packet
 * is said by the first expression that is true for it. The expressions are those of {@code
 * IPClassifier}. The network header must be set, as {@code CheckIPHeader} does.
 *
 * <p>The action is the number of an output port, {@code allow} (output 0), or {@code deny} or
 * {@code drop}. Packets that are denied, and packets for which no expression is true, are dropped
 * as {@code filtered}.
 *
 * <pre>{@code
 * f :: IPFilter(deny src net 10.0.0.0/8,
 *               allow tcp && (dst port 22 or 80),
 *               1 icmp,
 *               deny all);
 * ... -> CheckIPHeader -> f; f[0] -> ...; f[1] -> ...;
 * }</pre>
 *
 * <p>A line warns of an expression that no packet can come to, because it contradicts itself or
 * those before it take all.
 *
 * <p>Handlers: {@code program} (read): the tests that packets go through, as {@code IPClassifier}
 * prints them; {@code [X]} is the end of dropped packets.
 */
@AutoService(Element.class)
@ElementClass(
        name = "IPFilter",
        ports = "1/-",
        processing = "h/h",
        live = true,
        partialChecksums = PartialChecksums.PASSED,
        drops = "filtered")
public final class IpFilter extends PatternElement {
    /** An action and an expression; an output has at most four digits. */
    private static final Pattern RULE =
            Pattern.compile("(allow|deny|drop|[0-9]{1,4})(?:(?=[\\s(!])\\s*(.+))?", Pattern.DOTALL);

    public IpFilter() {
        super("filtered");
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        FilterNames names = new GraphNames(addresses(), portNumbers());
        patterns = Patterns.read(arguments.all(), (number, text) -> rule(text, names));
    }

    @Override
    int match(Packet packet) {
        return PacketMatch.byIpHeader(patterns.program(), packet);
    }

    private static Rule rule(String text, FilterNames names) throws FilterException {
        Matcher matcher = RULE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new FilterException("an action (allow, deny, drop or an output) is missing");
        }
        String action = matcher.group(1);
        if (matcher.group(2) == null) {
            throw new FilterException("an expression must follow the action, such as 'all'");
        }
        int output =
                switch (action) {
                    case "allow" -> 0;
                    case "deny", "drop" -> Rule.DROP;
                    default -> Integer.parseInt(action);
                };
        return new Rule(FilterParser.parse(matcher.group(2), names), output);
    }
}
