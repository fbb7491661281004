package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Placement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says on which thread elements run, of those that {@code --threads} gives.
 *
 * <p>Arguments: any number of {@code ELEMENT THREAD}; threads are counted from 0. What is connected
 * to the element runs there, too, up to the queues: an element that stores packets between push and
 * pull paths is where packets change threads, and it lives with who pulls from it. Two threads in
 * one part of the graph are an error. A part that is not named runs on thread 0, and so does what
 * wants a thread that there is not. The name of a compound element means all elements in it. It has
 * no ports.
 *
 * <pre>{@code
 * a :: InfiniteSource -> Queue -> b :: Unqueue -> Discard;
 * StaticThreadSched(a 0, b 1);
 * }</pre>
 *
 * <p>Elements that work together without a connection (an {@code ARPQuerier} and its {@code
 * ARPTable}, rewriters that share flows) must be on the same thread. In virtual time there is one
 * thread. Handlers are called on the thread of their element, whoever calls them.
 */
@AutoService(Element.class)
@ElementClass(name = "StaticThreadSched", ports = "0/0")
public final class StaticThreadSched extends Element implements Placement {
    private static final int THREADS_MAX = 1024;

    @Override
    protected void configure(Arguments arguments) {
        List<String> _ = arguments.all(); // the graph has read them when it placed the elements
    }

    @Override
    public Map<String, Integer> threads(Arguments arguments) throws ConfigException {
        Map<String, Integer> threads = new LinkedHashMap<>();
        for (String argument : arguments.all()) {
            String[] words = argument.split("\\s+", -1);
            if (words.length != 2) {
                throw new ConfigException("'" + argument + "' is not ELEMENT THREAD");
            }
            try {
                int thread = ArgumentTypes.integer(0, THREADS_MAX - 1).apply(words[1]);
                threads.put(words[0], thread);
            } catch (IllegalArgumentException e) {
                throw new ConfigException("THREAD: " + e.getMessage());
            }
        }
        return threads;
    }
}
