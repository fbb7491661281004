package vini.forwarder.elements.rewrite;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Spreads the new flows of an IPRewriter over patterns in turn, as a load balancer does. Name it in
 * place of an INPUTSPEC. Where a pattern has no place for a flow, the next one is tried.
 *
 * <p>Arguments: one or more patterns with outputs, as after the word {@code pattern} of IPRewriter.
 * It has no ports and no handlers of its own.
 *
 * <pre>{@code
 * servers :: RoundRobinIPMapper(- - 10.0.0.1 - 0 1, - - 10.0.0.2 - 0 1);
 * rw :: IPRewriter(servers, drop);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "RoundRobinIPMapper", ports = "0/0")
public final class RoundRobinIpMapper extends Element implements IpMapper {
    private static final int OUTPUTS_MAX = 256;

    private List<InputSpec.Mapped> turn = List.of();
    private int turned;

    /** After the patterns, before the rewriters. */
    @Override
    protected int phase() {
        return IpRewriterPatterns.PHASE + 1;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        InputSpecReader reader =
                new InputSpecReader(
                        addresses(), name -> IpRewriterPatterns.find(graph(), name), name -> null);
        turn = new ArrayList<>();
        for (String text : arguments.all()) {
            try {
                turn.add(reader.mapped(InputSpecReader.words(text), OUTPUTS_MAX));
            } catch (IllegalArgumentException e) {
                throw new ConfigException("'" + text + "': " + e.getMessage());
            }
        }
        if (turn.isEmpty()) {
            throw new ConfigException("missing argument PATTERN");
        }
    }

    @Override
    public List<InputSpec.Mapped> all() {
        return turn;
    }

    @Override
    public List<InputSpec.Mapped> next() {
        List<InputSpec.Mapped> order = List.copyOf(turn);
        Collections.rotate(turn, -1);
        turned = (turned + 1) % turn.size();
        return order;
    }

    @Override
    protected void takeState(Element old) {
        RoundRobinIpMapper other = (RoundRobinIpMapper) old;
        if (isConfiguredAs(other)) {
            turned = other.turned;
            Collections.rotate(turn, -turned);
            for (int i = 0; i < turn.size(); i++) {
                turn.get(i).pattern().goOn(other.turn.get(i).pattern());
            }
        }
    }
}
