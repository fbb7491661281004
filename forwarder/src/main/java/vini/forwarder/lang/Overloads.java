package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import vini.forwarder.lang.ElementType.Compound;
import vini.forwarder.lang.ElementType.Definition;

import java.util.List;
import java.util.Map;

/** Chooses the definition of a compound class that fits a use: by ports, then by arguments. */
final class Overloads {
    /** How many definitions a message lists. */
    private static final int SHOWN_MAX = 5;

    /** A definition and the values of its parameters. */
    record Choice(Definition definition, Map<String, String> values) {}

    private Overloads() {}

    /** The first that fits; null if none does, but the class extends one of the library. */
    static @Nullable Choice choose(
            Compound compound, Body.Part part, String name, String configuration) throws Refusal {
        List<String> arguments =
                configuration.isEmpty() ? List.of() : ConfigText.arguments(configuration);
        Definition fits = null;
        for (Definition definition : compound.definitions()) {
            Body body = definition.body();
            if (body.inputs() == part.inputs() && body.outputs() == part.outputs()) {
                Map<String, String> values = definition.formals().bind(arguments);
                if (values != null) {
                    return new Choice(definition, values);
                }
                fits = definition;
            }
        }
        if (compound.otherwise() != null) {
            return null;
        }
        if (compound.definitions().size() > 1) {
            throw new Refusal(part.place(), noMatch(compound, part, name, arguments.size()));
        }
        String mismatch =
                fits != null
                        ? ": " + fits.formals().mismatch(arguments)
                        : ports(compound.definitions().getFirst(), part);
        throw new Refusal(part.place(), "'" + name + "'" + mismatch);
    }

    private static String ports(Definition only, Body.Part part) {
        boolean inputs = part.inputs() != only.body().inputs();
        return " has "
                + (inputs
                        ? Words.count(part.inputs(), "input")
                        : Words.count(part.outputs(), "output"))
                + ", it takes "
                + (inputs ? only.body().inputs() : only.body().outputs());
    }

    private static String noMatch(Compound compound, Body.Part part, String name, int arguments) {
        StringBuilder message =
                new StringBuilder("no match for '")
                        .append(name)
                        .append("' with ")
                        .append(Words.count(part.inputs(), "input"))
                        .append(", ")
                        .append(Words.count(part.outputs(), "output"))
                        .append(" and ")
                        .append(Words.count(arguments, "argument"))
                        .append("; candidates are:");
        List<Definition> all = compound.definitions();
        for (Definition definition : all.subList(0, Math.min(SHOWN_MAX, all.size()))) {
            message.append(" (").append(definition.shape()).append(')');
        }
        return message.append(all.size() > SHOWN_MAX ? " ..." : "").toString();
    }
}
