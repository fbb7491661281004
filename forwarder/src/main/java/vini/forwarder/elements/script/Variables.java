package vini.forwarder.elements.script;

import org.jspecify.annotations.Nullable;

import vini.forwarder.HandlerException;

import java.util.LinkedHashMap;
import java.util.Map;

/** The variables of a script: its own, and before them those that its caller gives it. */
final class Variables {
    private static final int VARIABLES_MAX = 10_000;

    private final Map<String, String> own = new LinkedHashMap<>();

    /** The arguments of the call. */
    private Map<String, String> given = new LinkedHashMap<>();

    /** The value of a variable, or null. */
    @Nullable String get(String variable) {
        String value = given.get(variable);
        return value == null ? own.get(variable) : value;
    }

    void set(String variable, String text) throws HandlerException {
        if (given.containsKey(variable)) {
            given.put(variable, text);
            return;
        }
        if (own.size() >= VARIABLES_MAX && !own.containsKey(variable)) {
            throw new HandlerException("more than " + VARIABLES_MAX + " variables");
        }
        own.put(variable, text);
    }

    /** Sets what {@code $?} is: whether the last write of a handler went well. */
    void status(int status) {
        own.put("?", "" + status);
    }

    /** Gives it others from its caller. */
    void given(Map<String, String> arguments) {
        given = arguments;
    }

    /** What its caller has given it. */
    Map<String, String> given() {
        return given;
    }

    void takeState(Variables old) {
        own.putAll(old.own);
        given = old.given;
    }
}
