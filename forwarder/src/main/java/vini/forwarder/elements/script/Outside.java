package vini.forwarder.elements.script;

import vini.forwarder.HandlerException;

/** What a script does to the world. */
interface Outside {
    String read(String path, String argument) throws HandlerException;

    /** Reads a handler as it is called in a text: {@code HANDLER ARGUMENTS}. */
    default String call(String call) throws HandlerException {
        String[] parts = call.strip().split("\\s+", 2);
        return read(parts[0], parts.length > 1 ? parts[1] : "");
    }

    void write(String path, String value) throws HandlerException;

    /** Text for the user's standard output. */
    void print(String text);

    /** A line on standard error. */
    void say(String line);

    /** Something went wrong; the script goes on. */
    void complain(String what);

    /** Asks that the run end. */
    void stop();

    /** To call {@link ScriptMachine#goOn} after a time. */
    void wakeAfter(long nanos);

    /** Not to call it any more. */
    void doNotWake();

    int processId();
}
