package vini.forwarder.elements.script;

import vini.forwarder.ConfigException;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One instruction of a script: what to do, and the rest of its text, not yet substituted.
 *
 * @param unquote whether a layer of quotes is removed from the text after substitution
 */
record Instruction(Kind kind, String text, boolean unquote) {
    enum Kind {
        SET,
        INIT,
        EXPORT,
        PRINT,
        PRINTN,
        READ,
        WRITE,
        SAVE,
        APPEND,
        PAUSE,
        WAIT,
        LABEL,
        GOTO,
        LOOP,
        EXIT,
        END,
        RETURN,
        ERROR,
        STOP
    }

    private static final Map<String, Kind> WORDS = new TreeMap<>();

    static {
        for (Kind kind : Kind.values()) {
            WORDS.put(kind.name().toLowerCase(Locale.ROOT), kind);
        }
        WORDS.put("wait_step", Kind.PAUSE);
        WORDS.put("wait_stop", Kind.PAUSE);
        WORDS.put("wait_pause", Kind.PAUSE);
        WORDS.put("wait_time", Kind.WAIT);
    }

    private static final Set<Kind> QUOTED =
            EnumSet.of(
                    Kind.SET,
                    Kind.INIT,
                    Kind.EXPORT,
                    Kind.PRINT,
                    Kind.PRINTN,
                    Kind.READ,
                    Kind.WRITE,
                    Kind.RETURN,
                    Kind.ERROR);

    private static final Set<Kind> WITH_TEXT =
            EnumSet.of(
                    Kind.SET,
                    Kind.INIT,
                    Kind.EXPORT,
                    Kind.READ,
                    Kind.WRITE,
                    Kind.SAVE,
                    Kind.APPEND,
                    Kind.LABEL,
                    Kind.GOTO);

    /** Reads all, and notes what is wrong with any of them. */
    static List<Instruction> parse(List<String> arguments, List<String> problems) {
        List<Instruction> program = new ArrayList<>();
        for (String argument : arguments) {
            try {
                program.add(parse(argument));
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        return program;
    }

    /** Reads one; a {@code q} behind the word asks for a layer of quotes to be removed. */
    static Instruction parse(String argument) throws ConfigException {
        String[] parts = argument.strip().split("\\s+", 2);
        String word = parts[0].toLowerCase(Locale.ROOT);
        String text = parts.length > 1 ? parts[1] : "";
        Kind kind = WORDS.get(word);
        boolean unquote = false;
        if (kind == null && word.endsWith("q")) {
            kind = WORDS.get(word.substring(0, word.length() - 1));
            unquote = true;
            if (kind != null && !QUOTED.contains(kind)) {
                kind = null;
            }
        }
        if (kind == null) {
            throw new ConfigException("'" + parts[0] + "' is not an instruction");
        }
        if (kind == Kind.WAIT && text.isEmpty()) {
            kind = Kind.PAUSE;
        }
        if (WITH_TEXT.contains(kind) && text.isEmpty()) {
            throw new ConfigException("'" + parts[0] + "' lacks its arguments");
        }
        return new Instruction(kind, text, unquote);
    }

    /** The first word of the text: a variable, a label, a handler. */
    String name() {
        return text.split("\\s+", 2)[0];
    }

    /** What follows the first word. */
    String rest() {
        String[] parts = text.split("\\s+", 2);
        return parts.length > 1 ? parts[1] : "";
    }
}
