package vini.overlay.host;

import java.io.IOException;

/** The machine cannot do what was asked: exit status 3. The message says what and what to do. */
public final class MachineException extends IOException {
    public MachineException(String message) {
        super(message);
    }

    public MachineException(String message, Throwable cause) {
        super(message, cause);
    }
}
