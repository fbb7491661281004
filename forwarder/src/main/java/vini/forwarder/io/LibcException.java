package vini.forwarder.io;

import java.io.IOException;

/** A system call that failed: which, why, and with what it was called. */
public final class LibcException extends IOException {
    private final String call;
    private final int errno;

    /**
     * @param call name of the C function, with the arguments that help a reader
     * @param errno the error number, greater than zero
     */
    public LibcException(String call, int errno) {
        super(call + ": " + Errno.text(errno) + " (" + Errno.name(errno) + ")");
        this.call = call;
        this.errno = errno;
    }

    public String call() {
        return call;
    }

    /** Compare with the constants of {@link Errno}. */
    public int errno() {
        return errno;
    }
}
