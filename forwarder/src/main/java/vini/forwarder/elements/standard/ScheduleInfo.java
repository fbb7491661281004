package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;

import java.util.Map;
import java.util.TreeMap;

/**
 * Says how often the tasks of elements run, compared with each other.
 *
 * <p>Arguments: any number of {@code ELEMENT PARAMETER}; the parameter is a number above 0, and 1
 * is what an element has that is not named. Of two elements with 2 and 0.5 the first runs four
 * times as often while both have work. A parameter of a compound element multiplies those of its
 * elements; one for {@code compound/element} from outside counts instead of that which is given
 * inside. The parameter times 1024 is the task's tickets, 1 to 32768. It has no ports.
 *
 * <pre>{@code
 * a :: InfiniteSource -> Discard; b :: InfiniteSource -> Discard;
 * ScheduleInfo(a 2, b 0.5);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "ScheduleInfo", ports = "0/0")
public final class ScheduleInfo extends Element {
    private static final double DEFAULT_TICKETS = 1024;
    private static final int TICKETS_MAX = 1 << 15;

    /** After the elements that have tasks, before those that start work. */
    private static final int PHASE = 10;

    private final Map<String, Double> parameters = new TreeMap<>();

    @Override
    protected int phase() {
        return PHASE;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        for (String argument : arguments.all()) {
            String[] words = argument.split("\\s+", -1);
            if (words.length != 2) {
                throw new ConfigException("'" + argument + "' is not ELEMENT PARAMETER");
            }
            parameters.put(words[0], parameter(words[1]));
        }
    }

    private static double parameter(String text) throws ConfigException {
        try {
            double parameter = ArgumentTypes.real(text);
            if (parameter > 0) {
                return parameter;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException("'" + text + "' is not a number");
        }
        throw new ConfigException("'" + text + "' is not above 0");
    }

    /** Each of several does the work of all: what they say belongs together. */
    @Override
    protected void initialize() {
        for (String element : graph().elementNames()) {
            double parameter = parameterOf(element);
            if (parameter > 0) {
                double tickets = Math.rint(parameter * DEFAULT_TICKETS);
                graph().tickets(element, (int) Math.clamp(tickets, 1, TICKETS_MAX));
            }
        }
    }

    /** What the ScheduleInfos say of an element, from the outermost in; 0 if nothing. */
    private double parameterOf(String element) {
        double product = 1;
        boolean named = false;
        String scope = "";
        while (true) {
            String inside = element.substring(scope.length());
            String found = longest(scope, inside);
            if (!found.isEmpty()) {
                product *= said(scope, found);
                named = true;
            }
            int slash = inside.indexOf('/');
            if (found.equals(inside) || slash < 0) {
                return named ? product : 0;
            }
            scope += found.isEmpty() ? inside.substring(0, slash + 1) : found + "/";
        }
    }

    /** The element, or else the innermost compound element around it, that is named in a scope. */
    private String longest(String scope, String inside) {
        String name = inside;
        while (!name.isEmpty() && said(scope, name) == 0) {
            name = name.substring(0, Math.max(0, name.lastIndexOf('/')));
        }
        return name;
    }

    private double said(String scope, String name) {
        double last = 0;
        for (String other : graph().elementNames()) {
            ScheduleInfo info = graph().find(other, ScheduleInfo.class);
            if (info != null && other.substring(0, other.lastIndexOf('/') + 1).equals(scope)) {
                last = info.parameters.getOrDefault(name, last);
            }
        }
        return last;
    }
}
