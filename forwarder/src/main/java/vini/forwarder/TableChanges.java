package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;

/** What was changed by handlers in a table that the configuration of an element began. */
public final class TableChanges {
    /** Puts a row, or takes it out if there is no value. */
    public interface Change<K, V> {
        void make(K key, @Nullable V value);
    }

    private TableChanges() {}

    /**
     * Makes the changes again in the table of the element that goes on, but not where its
     * configuration says something new.
     *
     * @param begun what the configuration of the old table says
     * @param now what is in the old table
     * @param next what the configuration of the new table says, and is in it
     */
    public static <K, V> void goOn(
            Map<K, V> begun, Map<K, V> now, Map<K, V> next, Change<K, V> change) {
        begun.forEach(
                (key, value) -> {
                    if (!now.containsKey(key) && Objects.equals(next.get(key), value)) {
                        change.make(key, null);
                    }
                });
        now.forEach(
                (key, value) -> {
                    V was = begun.get(key);
                    if (!Objects.equals(was, value) && Objects.equals(next.get(key), was)) {
                        change.make(key, value);
                    }
                });
    }
}
