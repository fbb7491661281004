package vini.forwarder.elements.rewrite;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Graph;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives names to patterns, which IPRewriter and its kin then use: {@code pattern NAME FOUTPUT
 * ROUTPUT}. Rewriters that use one pattern share its place in a sequential range.
 *
 * <p>Arguments: any number of {@code NAME SADDR SPORT DADDR DPORT}, with patterns as IPRewriter has
 * them, or {@code NAME SADDR DADDR} for IPAddrRewriter and IPAddrPairRewriter. No name may be given
 * twice in a configuration. It has no ports and no handlers of its own.
 *
 * <pre>{@code
 * IPRewriterPatterns(NAT 203.0.113.1 1024-65535 - -);
 * rw :: IPRewriter(pattern NAT 0 1, drop);
 * ping :: ICMPPingRewriter(pattern NAT 0 1, drop);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "IPRewriterPatterns", ports = "0/0")
public final class IpRewriterPatterns extends Element {
    static final int PHASE = -2;

    private final Map<String, Pattern> patterns = new TreeMap<>();

    /** Before the mappers and rewriters that use the names. */
    @Override
    protected int phase() {
        return PHASE;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        for (String text : arguments.all()) {
            List<String> words = InputSpecReader.words(text);
            String name = words.getFirst();
            if (words.size() < 3 || words.size() > 5) {
                throw new ConfigException(
                        "'" + text + "': want NAME SADDR SPORT DADDR DPORT, or NAME SADDR DADDR");
            }
            if (find(graph(), name) != null) {
                throw new ConfigException("the pattern " + name + " is given twice");
            }
            try {
                patterns.put(name, Pattern.parse(words.subList(1, words.size()), addresses()));
            } catch (IllegalArgumentException e) {
                throw new ConfigException(name + ": " + e.getMessage());
            }
        }
    }

    @Override
    protected void takeState(Element old) {
        ((IpRewriterPatterns) old)
                .patterns.forEach(
                        (name, before) -> {
                            Pattern pattern = patterns.get(name);
                            if (pattern != null) {
                                pattern.goOn(before);
                            }
                        });
    }

    /** The pattern of that name in a graph. */
    static @Nullable Pattern find(Graph graph, String name) {
        for (String element : graph.elementNames()) {
            IpRewriterPatterns holder = graph.find(element, IpRewriterPatterns.class);
            Pattern found = holder == null ? null : holder.patterns.get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
