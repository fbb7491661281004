package vini.forwarder.elements.classify;

import vini.forwarder.ConfigException;
import vini.forwarder.filter.FilterException;
import vini.forwarder.filter.Program;
import vini.forwarder.filter.Rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The patterns of an element's configuration and the program to which they are compiled; numbers of
 * patterns in messages count from 1.
 *
 * @param texts as they were written
 */
record Patterns(List<String> texts, List<Rule> rules, Program program) {
    /** Longer patterns are cut in messages. */
    private static final int SHOWN = 60;

    /** Reads one pattern; {@code number} counts from 0. */
    interface Reader {
        Rule read(int number, String text) throws FilterException;
    }

    /** Reads and compiles patterns; tells all that is wrong with them. */
    static Patterns read(List<String> texts, Reader reader) throws ConfigException {
        List<Rule> rules = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                rules.add(reader.read(i, texts.get(i)));
            } catch (FilterException e) {
                problems.add(shown(i, texts.get(i)) + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        try {
            return new Patterns(texts, rules, Program.compile(rules));
        } catch (FilterException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static String shown(int number, String text) {
        String flat = text.replaceAll("\\s+", " ");
        String start = flat.length() <= SHOWN ? flat : flat.substring(0, SHOWN) + "...";
        return "pattern " + (number + 1) + " '" + start + "'";
    }

    /** Refuses patterns and outputs of different numbers, where each pattern has its own. */
    void checkOnePerOutput(int outputs) throws ConfigException {
        if (rules.size() != outputs) {
            throw new ConfigException(
                    "there are "
                            + rules.size()
                            + " patterns for "
                            + outputs
                            + " outputs; each pattern has an output of its own");
        }
    }

    /** Which outputs are connected. */
    interface Outputs {
        boolean has(int output);
    }

    /** Refuses rules that lead to an output where nobody is. */
    void checkConnected(Outputs outputs) throws ConfigException {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            int output = rules.get(i).output();
            if (output != Rule.DROP && !outputs.has(output)) {
                problems.add(
                        shown(i, texts.get(i))
                                + " leads to output "
                                + output
                                + ", which is not connected");
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /** A sentence about each pattern that no packet comes to, if nothing else does what it says. */
    List<String> warnings() {
        Set<Integer> reached = new TreeSet<>(List.of(Rule.DROP));
        for (int i = 0; i < rules.size(); i++) {
            if (!program.unmatched().contains(i)) {
                reached.add(rules.get(i).output());
            }
        }
        return program.unmatched().stream()
                .filter(i -> !reached.contains(rules.get(i).output()))
                .map(i -> shown(i, texts.get(i)) + " matches no packet")
                .toList();
    }
}
