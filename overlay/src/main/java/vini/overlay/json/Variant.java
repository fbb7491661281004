package vini.overlay.json;

/**
 * One of several things that may stand in the same place, told apart by its key: {@code "fail"}
 * among events, {@code "ping"} among probes. Variants are found as services ({@code @AutoService}
 * on a class in the variant's own file), so that a new one touches no other file.
 *
 * @param <T> what all variants of the table are
 */
public interface Variant<T> {
    /** The JSON key. */
    String key();

    /** The record whose components are the keys of the value. */
    Class<? extends T> form();
}
