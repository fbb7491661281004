package vini.experiment.event;

import org.jspecify.annotations.Nullable;

import vini.overlay.world.World;

import java.io.IOException;

/**
 * What is done to the network at one instant: a step of an event.
 *
 * @param deed what the record says of it
 * @param effect how it is done
 */
public record Act(Deed deed, Effect effect) {
    /** How something is done whose outcome only the world knows. */
    public interface Effect {
        /**
         * Does it; it has happened when the call returns.
         *
         * @return what was really done; null if that is not worth a record
         */
        @Nullable Deed happen(World world) throws IOException;
    }

    /** How something is done that has no other outcome than the planned one. */
    public interface Plain {
        void happen(World world) throws IOException;
    }

    /** Something that is always done as planned. */
    public static Act of(Deed deed, Plain plain) {
        return new Act(
                deed,
                world -> {
                    plain.happen(world);
                    return deed;
                });
    }

    /** A step between others that the record has no line for, unless it fails. */
    public static Act quiet(Deed deed, Plain plain) {
        return new Act(
                deed,
                world -> {
                    plain.happen(world);
                    return null;
                });
    }
}
