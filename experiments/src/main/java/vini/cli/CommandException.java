package vini.cli;

/** A command ends for a reason that its user can act on; its message is all that is printed. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Exit exit;

    public CommandException(Exit exit, String message) {
        super(message, null, false, false);
        this.exit = exit;
    }

    /** With what status the command ends. */
    public Exit exit() {
        return exit;
    }

    static CommandException wrongInput(String message) {
        return new CommandException(Exit.WRONG_INPUT, message);
    }

    static CommandException machineCannot(String message) {
        return new CommandException(Exit.MACHINE_CANNOT, message);
    }
}
