package vini.overlay.keeper;

import vini.overlay.world.Underlay;

import java.util.List;

/** Hears what happens to a live slice, on its worker. */
public interface KeeperListener {
    /** A process of the slice has ended by itself; it is being started again. */
    default void died(String process, int status, List<String> lastWords) {}

    /** A process of the slice was killed on purpose; it is being started again. */
    default void killed(String process) {}

    /** A link has lost what carries it, or has it again. */
    default void underlay(Underlay change) {}

    /** A process that had died cannot be started for now; that is tried again and again. */
    default void notStarted(String process, String reason) {}

    /** A process that had died is back. */
    default void back(String process) {}

    /** The slice will never be up, because one of its processes dies again and again. */
    default void hopeless(String reason) {}
}
