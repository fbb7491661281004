package vini.forwarder.control;

import java.io.IOException;

/** A process refused a command of the control protocol. */
public final class ControlException extends IOException {
    private final int code;

    public ControlException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** What a handler complains of: a message without the line that says which handler it was. */
    static String why(String message) {
        return message.replaceFirst("^(Read|Write) handler '[^\n]*' error:\n", "");
    }

    /** The protocol's status code, such as 511 for no such handler. */
    public int code() {
        return code;
    }
}
