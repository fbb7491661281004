package vini.experiment;

import java.util.Locale;

/** What a run happens in, see {@link vini.overlay.world.World}. */
public enum WorldKind {
    /** Real time, sockets and processes. */
    LIVE,
    /** One thread, virtual time, seeded chance. */
    VIRTUAL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
