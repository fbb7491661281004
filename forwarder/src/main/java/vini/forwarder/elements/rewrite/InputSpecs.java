package vini.forwarder.elements.rewrite;

import vini.forwarder.ConfigException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The INPUTSPECs of a rewriter, one an input, and how many live flows each has made. */
final class InputSpecs {
    static final InputSpecs NONE = new InputSpecs(List.of(), new InputSpec[0]);

    private static final int INPUTS_MAX = 256;

    private final List<String> texts;
    private final InputSpec[] specs;
    private int[] flows;

    private InputSpecs(List<String> texts, InputSpec[] specs) {
        this.texts = new ArrayList<>(texts);
        this.specs = specs;
        this.flows = new int[specs.length];
    }

    /**
     * Reads them, and tells all that is wrong at once.
     *
     * @param inputs how many inputs are in use, which is how many there must be
     * @param reader throws IllegalArgumentException with a sentence for the user
     */
    static InputSpecs read(List<String> texts, int inputs, Function<String, InputSpec> reader)
            throws ConfigException {
        InputSpec[] specs = new InputSpec[texts.size()];
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < specs.length; i++) {
            try {
                specs[i] = reader.apply(texts.get(i));
            } catch (IllegalArgumentException e) {
                problems.add("input spec " + i + ": " + e.getMessage());
            }
        }
        if (specs.length != inputs || specs.length > INPUTS_MAX) {
            problems.add(inputs + " inputs are in use, with " + specs.length + " INPUTSPECs");
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new InputSpecs(texts, specs);
    }

    int count() {
        return specs.length;
    }

    InputSpec of(int input) {
        return specs[input];
    }

    /** As it stands in the configuration. */
    String text(int input) {
        return texts.get(input);
    }

    void change(int input, String text, InputSpec spec) {
        texts.set(input, text);
        specs[input] = spec;
    }

    void flowBegins(int input) {
        flows[input]++;
    }

    void flowEnds(int input) {
        flows[input]--;
    }

    boolean sameTexts(InputSpecs other) {
        return texts.equals(other.texts);
    }

    /** Goes on where the same ones of another rewriter are; those begin anew. */
    void take(InputSpecs other) {
        flows = other.flows;
        other.flows = new int[other.specs.length];
        for (int i = 0; i < specs.length; i++) {
            if (specs[i] instanceof InputSpec.Mapped own
                    && other.specs[i] instanceof InputSpec.Mapped before) {
                own.pattern().goOn(before.pattern());
            }
        }
    }

    /** A line for each, with how many flows it has made. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < specs.length; i++) {
            lines.append(specs[i]);
            if (flows[i] > 0) {
                lines.append(" [").append(flows[i]).append(']');
            }
            lines.append('\n');
        }
        return lines.toString();
    }
}
