package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import vini.forwarder.lang.Lexer.Kind;
import vini.forwarder.lang.Lexer.Mark;

import java.util.ArrayList;
import java.util.List;

/** Reads compound elements: {@code { $a, KEY $b | statements || ... }}. */
final class Compounds {
    /** How many definitions a class may have. */
    private static final int DEFINITIONS_MAX = 1000;

    /** How many parameters a definition may have. */
    private static final int FORMALS_MAX = 1000;

    private final Parser parser;
    private final Lexer lexer;
    private final Problems problems;

    Compounds(Parser parser, Lexer lexer, Problems problems) {
        this.parser = parser;
        this.lexer = lexer;
        this.problems = problems;
    }

    ElementType compound(String defines) throws Refusal {
        Place place = parser.open();
        List<ElementType.Definition> definitions = new ArrayList<>();
        ElementType.@Nullable Primitive otherwise = null;
        do {
            if (lexer.peek().is("...")) {
                otherwise = extend(defines, definitions);
                break;
            }
            definitions.add(definition());
        } while (lexer.accept("||"));
        lexer.expect("}");
        if (definitions.size() > DEFINITIONS_MAX) {
            throw new Refusal(
                    place, "more than " + DEFINITIONS_MAX + " definitions of one element class");
        }
        return new ElementType.Compound(List.copyOf(definitions), otherwise);
    }

    /** Appends the definitions that the class had until now; a library class stands for itself. */
    private ElementType.@Nullable Primitive extend(
            String defines, List<ElementType.Definition> definitions) throws Refusal {
        if (defines.isEmpty()) {
            throw lexer.unexpected("statements; only a named class can be extended");
        }
        lexer.next();
        return switch (parser.scope().type(defines)) {
            case ElementType.Primitive primitive -> primitive;
            case ElementType.Compound(
                            List<ElementType.Definition> old,
                            ElementType.@Nullable Primitive otherwise) -> {
                definitions.addAll(old);
                yield otherwise;
            }
        };
    }

    private ElementType.Definition definition() throws Refusal {
        Place place = lexer.peek().place();
        Formals formals = formals();
        Scope inner = new Scope(parser.scope(), problems);
        Doorway door = parser.block(Parser.Block.COMPOUND, inner, place);
        door.close("compound element", problems);
        return new ElementType.Definition(formals, inner.finish());
    }

    private Formals formals() throws Refusal {
        List<Formals.Formal> formals = new ArrayList<>();
        if (lexer.accept("|") || !startsFormals()) {
            return new Formals(formals);
        }
        do {
            String keyword = lexer.peek().kind() == Kind.WORD ? lexer.next().text() : "";
            if (lexer.peek().kind() != Kind.VARIABLE) {
                throw lexer.unexpected("a parameter such as '$x'");
            }
            Place place = lexer.peek().place();
            if (formals.size() == FORMALS_MAX) {
                throw new Refusal(place, "more than " + FORMALS_MAX + " parameters");
            }
            add(formals, new Formals.Formal(keyword, lexer.next().text().substring(1)), place);
        } while (lexer.accept(","));
        lexer.expect("|");
        return new Formals(List.copyOf(formals));
    }

    private boolean startsFormals() {
        if (lexer.peek().kind() == Kind.VARIABLE) {
            return true;
        }
        Mark mark = lexer.mark();
        boolean keyword = lexer.next().kind() == Kind.WORD && lexer.peek().kind() == Kind.VARIABLE;
        lexer.reset(mark);
        return keyword;
    }

    private void add(List<Formals.Formal> formals, Formals.Formal formal, Place place) {
        Formals.@Nullable Formal last = formals.isEmpty() ? null : formals.getLast();
        if (last != null && last.keyword().equals(Formals.REST)) {
            problems.add(place, "'" + Formals.REST + "' must be the last parameter");
        } else if (last != null && formal.keyword().isEmpty() && !last.keyword().isEmpty()) {
            problems.add(
                    place, "positional parameter '" + formal + "' follows a keyword parameter");
        } else if (formals.stream().anyMatch(f -> f.variable().equals(formal.variable()))) {
            problems.add(place, "parameter '$" + formal.variable() + "' occurs twice");
        }
        formals.add(formal);
    }
}
