package vini.forwarder.elements.rewrite;

import org.jspecify.annotations.Nullable;

import vini.forwarder.AddressNames;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads INPUTSPECs, which may name patterns and mappers; mistakes are IllegalArgumentExceptions.
 */
final class InputSpecReader {
    private final AddressNames.Reader names;
    private final Function<String, @Nullable Pattern> patterns;
    private final Function<String, @Nullable IpMapper> mappers;

    InputSpecReader(
            AddressNames.Reader names,
            Function<String, @Nullable Pattern> patterns,
            Function<String, @Nullable IpMapper> mappers) {
        this.names = names;
        this.patterns = patterns;
        this.mappers = mappers;
    }

    /**
     * Reads one.
     *
     * @param outputs how many outputs there are
     */
    InputSpec read(String text, int outputs) {
        List<String> words = words(text);
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "drop", "discard" -> {
                wantWords(rest, 0, 0, "drop");
                yield new InputSpec.Drop();
            }
            case "pass", "nochange" -> {
                wantWords(rest, 0, 1, "pass OUTPUT");
                yield new InputSpec.Pass(rest.isEmpty() ? 0 : output(rest.getFirst(), outputs));
            }
            case "keep" -> {
                wantWords(rest, 2, 2, "keep FOUTPUT ROUTPUT");
                yield new InputSpec.Keep(
                        output(rest.getFirst(), outputs), output(rest.get(1), outputs));
            }
            case "pattern" -> mapped(rest, outputs);
            default -> byMapper(text.strip(), outputs);
        };
    }

    /** Reads a pattern, or the name of one, and two outputs. */
    InputSpec.Mapped mapped(List<String> words, int outputs) {
        wantWords(words, 3, 6, "SADDR SPORT DADDR DPORT FOUTPUT ROUTPUT, or NAME FOUTPUT ROUTPUT");
        List<String> fields = words.subList(0, words.size() - 2);
        return new InputSpec.Mapped(
                fields.size() == 1 ? named(fields.getFirst()) : Pattern.parse(fields, names),
                output(words.get(words.size() - 2), outputs),
                output(words.getLast(), outputs));
    }

    private Pattern named(String name) {
        Pattern pattern = patterns.apply(name);
        if (pattern == null) {
            throw new IllegalArgumentException(
                    "no IPRewriterPatterns has a pattern '" + name + "'");
        }
        return pattern;
    }

    private InputSpec byMapper(String name, int outputs) {
        IpMapper mapper = mappers.apply(name);
        if (mapper == null) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' is neither drop, pass, keep or pattern nor an element that maps");
        }
        for (InputSpec.Mapped one : mapper.all()) {
            output("" + one.forwardOutput(), outputs);
            output("" + one.replyOutput(), outputs);
        }
        return new InputSpec.ByMapper(mapper);
    }

    static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+", -1));
    }

    private static void wantWords(List<String> words, int low, int high, String form) {
        if (words.size() < low || words.size() > high) {
            throw new IllegalArgumentException("want '" + form + "'");
        }
    }

    private static int output(String word, int outputs) {
        if (word.matches("[0-9]{1,3}") && Integer.parseInt(word) < outputs) {
            return Integer.parseInt(word);
        }
        throw new IllegalArgumentException(
                "bad output '" + word + "': want 0-" + (outputs - 1) + ", those in use");
    }
}
