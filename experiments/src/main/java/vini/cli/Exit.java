package vini.cli;

/** What the command's exit status says. */
public enum Exit {
    GOOD(0),
    /** The run is sound, but an expectation of the experiment does not hold. */
    NOT_HELD(1),
    /** A file, a name or an option is wrong; nothing was started. */
    WRONG_INPUT(2),
    /** The machine lacks something: a program, a right, a device. */
    MACHINE_CANNOT(3),
    /** A mistake in Vini. */
    OUR_FAULT(4),
    INTERRUPTED(130);

    private final int status;

    Exit(int status) {
        this.status = status;
    }

    /** The number that the shell sees. */
    public int status() {
        return status;
    }
}
