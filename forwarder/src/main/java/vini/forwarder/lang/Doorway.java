package vini.forwarder.lang;

import java.util.BitSet;

/** The {@code input} and {@code output} of a compound element or of a group, and their ports. */
final class Doorway {
    final Mention input;
    final Mention output;
    private final Scope scope;
    private final BitSet inputs = new BitSet();
    private final BitSet outputs = new BitSet();

    Doorway(Scope scope, Place place) {
        this.scope = scope;
        this.input = scope.tunnel("input", place);
        this.output = scope.tunnel("output", place);
    }

    /** Notes the ports that a connection uses; says what is wrong with it, or nothing. */
    String uses(Mention from, int out, Mention to, int in) {
        if (from == output) {
            return "pseudoelement 'output' has no output ports";
        }
        if (to == input) {
            return "pseudoelement 'input' has no input ports";
        }
        if (from == input) {
            inputs.set(out);
        }
        if (to == output) {
            outputs.set(in);
        }
        return "";
    }

    int inputs() {
        return inputs.length();
    }

    int outputs() {
        return outputs.length();
    }

    /** Ends it: the ports must be 0, 1, 2 and so on, none left out. */
    void close(String what, Problems problems) {
        scope.ports(input, inputs());
        scope.ports(output, outputs());
        if (inputs.nextClearBit(0) < inputs()) {
            problems.add(input.place, what + " input " + inputs.nextClearBit(0) + " unused");
        }
        if (outputs.nextClearBit(0) < outputs()) {
            problems.add(output.place, what + " output " + outputs.nextClearBit(0) + " unused");
        }
    }
}
