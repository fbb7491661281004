package vini.forwarder.elements.rewrite;

/** What becomes of a packet of no known flow that arrives at an input. */
sealed interface InputSpec {
    /** It is dropped. */
    record Drop() implements InputSpec {
        @Override
        public String toString() {
            return "<drop>";
        }
    }

    /** It goes to an output as it is, and no flow is made. */
    record Pass(int output) implements InputSpec {
        @Override
        public String toString() {
            return "<pass>";
        }
    }

    /** It makes a flow that is not rewritten. */
    record Keep(int forwardOutput, int replyOutput) implements InputSpec {
        @Override
        public String toString() {
            return "<keep>";
        }
    }

    /** It makes a flow that is rewritten by a pattern. */
    record Mapped(Pattern pattern, int forwardOutput, int replyOutput) implements InputSpec {
        @Override
        public String toString() {
            return pattern.toString();
        }
    }

    /** It makes a flow as another element says. */
    record ByMapper(IpMapper mapper) implements InputSpec {
        @Override
        public String toString() {
            return "<" + mapper.name() + ">";
        }
    }
}
