package vini.forwarder.control;

import vini.forwarder.HandlerException;

/** The handlers of a process by their paths: {@code NODE/ELEMENT.HANDLER} or {@code HANDLER}. */
public interface HandlerSpace {
    /** Reads a handler; the argument is empty for most. */
    String read(String path, String argument) throws HandlerException;

    /** Writes a handler. */
    void write(String path, String value) throws HandlerException;

    /** Throws if the handler cannot be read. */
    void checkRead(String path) throws HandlerException;

    /** Throws if the handler cannot be written. */
    void checkWrite(String path) throws HandlerException;
}
