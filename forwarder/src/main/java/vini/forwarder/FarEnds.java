package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which watched tunnels of a process hear their far ends, and which do not. A tunnel that has not
 * made up its mind yet is not in it. Any thread may use it.
 */
public final class FarEnds {
    private record Word(Object tunnel, boolean heard) {}

    private final Map<String, Word> words = new TreeMap<>();
    private long version;

    /**
     * A tunnel hears its far end, or does not any more.
     *
     * @param name {@code GRAPH/ELEMENT}
     * @param tunnel who says it; another of the same name takes the place of this one
     */
    public synchronized void say(String name, Object tunnel, boolean heard) {
        words.put(name, new Word(tunnel, heard));
        version++;
    }

    /** The tunnel is no more; what its successor has said stays. */
    public synchronized void forget(String name, Object tunnel) {
        Word word = words.get(name);
        if (word != null && word.tunnel.equals(tunnel)) {
            words.remove(name);
            version++;
        }
    }

    /** Whether a tunnel hears its far end; null if it has not said yet. */
    public synchronized @Nullable Boolean heard(String name) {
        Word word = words.get(name);
        return word == null ? null : word.heard;
    }

    /**
     * What has been said, for who asks again and again.
     *
     * @param known the number of the last answer, 0 for none
     * @return nothing if it is as it was then; else a line {@code version NUMBER} and a line {@code
     *     GRAPH/ELEMENT heard} or {@code GRAPH/ELEMENT silent} for each
     */
    public synchronized String since(long known) {
        if (known == version) {
            return "";
        }
        StringBuilder text = new StringBuilder("version ").append(version).append('\n');
        words.forEach(
                (name, word) -> text.append(name).append(word.heard ? " heard\n" : " silent\n"));
        return text.toString();
    }
}
