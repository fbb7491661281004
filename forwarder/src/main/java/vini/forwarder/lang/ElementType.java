package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What a class name stood for where it was written. */
sealed interface ElementType {
    /** A class of the element library, or none that anybody knows; that is found out later. */
    record Primitive(String name) implements ElementType {}

    /**
     * A compound class: the first definition that fits a use is taken.
     *
     * @param otherwise the library's class that {@code ...} extended, for uses that none fits
     */
    record Compound(List<Definition> definitions, @Nullable Primitive otherwise)
            implements ElementType {}

    /** One of the definitions between {@code ||}. */
    record Definition(Formals formals, Body body) {
        String shape() {
            return Words.count(body.inputs(), "input")
                    + ", "
                    + Words.count(body.outputs(), "output")
                    + (formals.all().isEmpty() ? "" : ", " + formals);
        }
    }
}
