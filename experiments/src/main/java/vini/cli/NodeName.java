package vini.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A node of a slice that runs, as one writes it: {@code abilene/wash}. */
record NodeName(String slice, String node) {
    @Override
    public String toString() {
        return slice + "/" + node;
    }

    /** Reads it from an argument. */
    static final class Converter implements ITypeConverter<NodeName> {
        @Override
        public NodeName convert(String text) {
            int slash = text.indexOf('/');
            if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
                throw new TypeConversionException(
                        "\"" + text + "\" names no node: write SLICE/NODE, as in abilene/wash");
            }
            return new NodeName(text.substring(0, slash), text.substring(slash + 1));
        }
    }
}
