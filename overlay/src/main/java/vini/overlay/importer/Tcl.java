package vini.overlay.importer;

import vini.overlay.json.InputException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * As much of Tcl as files of ns are written in: words, variables, arrays, lists, loops, conditions
 * and sums. What a command means that is not Tcl's own is asked of {@link Commands}. Steps, depth
 * and lengths are bounded.
 */
final class Tcl {
    private static final int STEPS_MAX = 200_000;
    private static final int DEPTH_MAX = 40;
    private static final int LONGEST = 1 << 16;

    /** What commands mean that are not Tcl's own. */
    interface Commands {
        /** The value of the command. */
        String run(List<String> words, int line);

        /** A variable was given that value. */
        void named(String variable, String value);
    }

    private final Source source;
    private final Commands commands;
    private final TclWords words = new TclWords(this);
    private final Map<String, String> variables = new TreeMap<>();
    private int steps;
    private int depth;

    Tcl(Source source, Commands commands) {
        this.source = source;
        this.commands = commands;
    }

    InputException wrong(int line, String text) {
        return source.fatal(line, text);
    }

    /** Runs all commands of a script that begins in that line; the value of the last. */
    String eval(String script, int line) {
        if (++depth > DEPTH_MAX) {
            throw wrong(line, "commands are nested deeper than " + DEPTH_MAX);
        }
        String value = "";
        TclWords.Cursor cursor = new TclWords.Cursor(script, line);
        while (true) {
            List<String> command = words.command(cursor);
            if (command == null) {
                depth--;
                return value;
            }
            if (++steps > STEPS_MAX) {
                throw wrong(
                        cursor.commandLine,
                        "more than " + STEPS_MAX + " commands are run; is a loop endless?");
            }
            value = run(command, cursor.commandLine);
            if (value.length() > LONGEST) {
                throw wrong(
                        cursor.commandLine, "a value is longer than " + LONGEST + " characters");
            }
        }
    }

    String variable(String name, int line) {
        String value = variables.get(name);
        if (value == null) {
            throw wrong(line, "no variable " + Draft.quoted(name) + " has been set here");
        }
        return value;
    }

    private String set(String name, String value) {
        if (value.length() > LONGEST) {
            return value; // the caller ends the reading
        }
        variables.put(name, value);
        commands.named(name, value);
        return value;
    }

    private String run(List<String> words, int line) {
        try {
            return builtin(words, line);
        } catch (IndexOutOfBoundsException e) {
            throw wrong(line, Draft.quoted(words.getFirst()) + " needs more words than stand here");
        }
    }

    private String builtin(List<String> words, int line) {
        switch (words.getFirst()) {
            case "set" -> {
                return words.size() == 2
                        ? variable(words.get(1), line)
                        : set(words.get(1), words.get(2));
            }
            case "unset" -> variables.remove(words.get(1));
            case "incr" -> {
                double by = words.size() > 2 ? number(words.get(2), line) : 1;
                double old = number(variables.getOrDefault(words.get(1), "0"), line);
                return set(words.get(1), TclSum.text(old + by));
            }
            case "expr" -> {
                return TclSum.text(sum(String.join(" ", words.subList(1, words.size())), line));
            }
            case "for" -> loop(words, line);
            case "while" -> {
                while (sum(this.words.substituted(words.get(1), line), line) != 0) {
                    tick(line);
                    eval(words.get(2), line);
                }
            }
            case "foreach" -> {
                for (String item : TclWords.list(words.get(2))) {
                    set(words.get(1), item);
                    eval(words.get(3), line);
                }
            }
            case "if" -> {
                return condition(words, line);
            }
            case "append" -> {
                String old = variables.getOrDefault(words.get(1), "");
                return set(words.get(1), old + String.join("", words.subList(2, words.size())));
            }
            case "lappend" -> {
                StringBuilder list = new StringBuilder(variables.getOrDefault(words.get(1), ""));
                for (String item : words.subList(2, words.size())) {
                    list.append(list.isEmpty() ? "" : " ").append(TclWords.quoted(item));
                }
                return set(words.get(1), list.toString());
            }
            case "list" -> {
                return String.join(
                        " ",
                        words.subList(1, words.size()).stream().map(TclWords::quoted).toList());
            }
            case "concat" -> {
                return String.join(" ", words.subList(1, words.size()));
            }
            case "llength" -> {
                return Integer.toString(TclWords.list(words.get(1)).size());
            }
            case "lindex" -> {
                List<String> list = TclWords.list(words.get(1));
                double index = number(words.get(2), line);
                return index >= 0 && index < list.size() ? list.get((int) index) : "";
            }
            case "global", "source", "puts", "flush", "return", "catch" -> {}
            default -> {
                return commands.run(words, line);
            }
        }
        return "";
    }

    private void tick(int line) {
        if (++steps > STEPS_MAX) {
            throw wrong(line, "more than " + STEPS_MAX + " commands are run; is a loop endless?");
        }
    }

    private void loop(List<String> words, int line) {
        eval(words.get(1), line);
        while (sum(this.words.substituted(words.get(2), line), line) != 0) {
            tick(line);
            eval(words.get(4), line);
            eval(words.get(3), line);
        }
    }

    private String condition(List<String> words, int line) {
        int at = 1;
        while (at < words.size()) {
            boolean holds = sum(this.words.substituted(words.get(at), line), line) != 0;
            int body = words.get(at + 1).equals("then") ? at + 2 : at + 1;
            if (holds) {
                return eval(words.get(body), line);
            }
            at = body + 1;
            if (at < words.size() && words.get(at).equals("else")) {
                return eval(words.get(at + 1), line);
            }
            at += at < words.size() && words.get(at).equals("elseif") ? 1 : words.size();
        }
        return "";
    }

    private double sum(String text, int line) {
        try {
            return new TclSum(words.substituted(text, line)).value();
        } catch (IllegalArgumentException e) {
            throw wrong(
                    line,
                    e.getMessage() + "; sums have numbers, + - * / %, comparisons, && and ||");
        }
    }

    private double number(String text, int line) {
        if (!GraphTraits.isNumber(text)) {
            throw wrong(line, Draft.quoted(text) + " is not a number");
        }
        return Double.parseDouble(text.strip());
    }
}
