package vini.forwarder.control;

import java.io.IOException;

/** A process that should answer at once is silent: it hangs, is stopped, or the machine is. */
public final class ControlTimeoutException extends IOException {
    ControlTimeoutException(long timeoutMs) {
        super("it says nothing for " + timeoutMs / 1e3 + " s");
    }
}
