package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ConfigException;
import vini.forwarder.lang.Lexer.Kind;
import vini.forwarder.lang.Lexer.Token;

import java.util.Collections;
import java.util.Map;

/**
 * Reads Click text by recursive descent; the grammar stands at this package. It goes on after a
 * mistake, at the next semicolon, so that one run finds many.
 *
 * <p>Any text ends in a graph or in a {@link ConfigException}: nesting, the number of elements that
 * compound elements unfold to, and the length of configuration strings have bounds.
 */
public final class Parser {
    /** How deep compounds and groups may stand in each other. */
    static final int DEPTH_MAX = 100;

    /** Where statements stand, which says what ends them. */
    enum Block {
        FILE,
        COMPOUND,
        GROUP
    }

    private final Lexer lexer;
    private final Problems problems;
    private final Requirements requirements;
    private final Chains chains;
    private final Compounds compounds;
    private Scope scope;
    private @Nullable Doorway door;
    private int depth;

    private Parser(
            String file, String text, Scope scope, Problems problems, Requirements requirements) {
        this.lexer = new Lexer(file, text, problems);
        this.problems = problems;
        this.requirements = requirements;
        this.scope = scope;
        this.chains = new Chains(this, lexer, problems);
        this.compounds = new Compounds(this, lexer, problems);
    }

    /** Reads a text without variables or libraries. */
    public static GraphText parse(String file, String text) throws ConfigException {
        return parse(file, text, Collections.emptyMap());
    }

    /** Reads a text without libraries. */
    public static GraphText parse(String file, String text, Map<String, String> variables)
            throws ConfigException {
        return parse(file, text, variables, Libraries.NONE);
    }

    /**
     * Reads a text.
     *
     * @param file the name for messages
     * @param variables values of the command line, by names without the dollar sign; they override
     *     what the file defines
     * @return the flat graph, without compound elements
     * @throws ConfigException with all mistakes, {@code file:line: what was found}
     */
    public static GraphText parse(
            String file, String text, Map<String, String> variables, Libraries libraries)
            throws ConfigException {
        Problems problems = new Problems();
        Requirements requirements = new Requirements(libraries);
        Scope scope = new Scope(null, problems);
        // A file has no ports, but a body has an input and an output.
        Doorway none = new Doorway(scope, new Place(file, 1));
        none.close("configuration", problems);
        new Parser(file, text, scope, problems, requirements).statements(Block.FILE);
        Body body = scope.finish();
        problems.throwIfAny();
        GraphText graph = new Expansion(problems).flatten(body, variables, requirements.packages());
        problems.throwIfAny();
        return graph;
    }

    Problems problems() {
        return problems;
    }

    Scope scope() {
        return scope;
    }

    /** What {@code input} and {@code output} mean here; null outside of compounds and groups. */
    @Nullable Doorway door() {
        return door;
    }

    /** Reads a library into the scope of the file. */
    void include(String file, String text) {
        new Parser(file, text, scope, problems, requirements).statements(Block.FILE);
    }

    /**
     * Reads the statements of a compound or group, up to what closes it; it has a door of its own.
     */
    Doorway block(Block kind, Scope inner, Place place) {
        Scope outer = scope;
        Doorway outerDoor = door;
        Doorway own = new Doorway(inner, place);
        depth++;
        scope = inner;
        door = own;
        statements(kind);
        door = outerDoor;
        scope = outer;
        depth--;
        return own;
    }

    /** Takes the brace or parenthesis that opens a block, unless too many are open. */
    Place open() throws Refusal {
        Place place = lexer.peek().place();
        if (depth == DEPTH_MAX) {
            throw new Refusal(
                    place, "nested too deeply; at most " + DEPTH_MAX + " compounds and groups");
        }
        lexer.next();
        return place;
    }

    private void statements(Block block) {
        while (!ends(lexer.peek(), block)) {
            if (lexer.accept(";")) {
                continue;
            }
            try {
                statement();
            } catch (Refusal e) {
                problems.add(e);
                recover(block);
            }
        }
    }

    private static boolean ends(Token token, Block block) {
        return token.kind() == Kind.END
                || block != Block.FILE && (token.is("}") || token.is("||"))
                || block == Block.GROUP && token.is(")");
    }

    /** Skips the rest of a wrong statement. */
    private void recover(Block block) {
        int braces = 0;
        while (lexer.peek().kind() != Kind.END) {
            if (braces == 0 && (lexer.peek().is(";") || ends(lexer.peek(), block))) {
                return;
            }
            Token token = lexer.next();
            if (token.is("(")) {
                String _ = lexer.configuration();
            }
            braces += token.is("{") ? 1 : token.is("}") && braces > 0 ? -1 : 0;
        }
    }

    private void statement() throws Refusal {
        Token first = lexer.peek();
        if (first.kind() == Kind.WORD && Words.isKeyword(first.text())) {
            lexer.next();
            switch (first.text()) {
                case "elementclass" -> elementClass();
                case "define" -> define(parenthesized(), first.place());
                case "require" -> requirements.require(parenthesized(), first.place(), this);
                default -> {
                    // Packages say what they provide; in a text it tells nothing to anybody.
                    String _ = parenthesized();
                }
            }
        } else {
            chains.statement();
        }
    }

    private String parenthesized() throws Refusal {
        if (!lexer.accept("(")) {
            throw lexer.unexpected("'('");
        }
        return lexer.configuration();
    }

    private void define(String configuration, Place place) {
        for (String argument : ConfigText.arguments(configuration)) {
            int end = 1;
            while (end < argument.length() && Lexer.isVariable(argument.charAt(end))) {
                end++;
            }
            boolean sound =
                    argument.startsWith("$")
                            && end > 1
                            && (end == argument.length()
                                    || Character.isWhitespace(argument.charAt(end)));
            if (sound) {
                scope.variable(argument.substring(1, end), argument.substring(end).strip(), place);
            } else {
                problems.add(place, "bad definition '" + argument + "'; expected '$NAME VALUE'");
            }
        }
    }

    /** A class is known from behind its definition on, so that it cannot contain itself. */
    private void elementClass() throws Refusal {
        String name = name("a class name");
        scope.define(name, elementType(name));
    }

    /** The name of an element or a class. */
    String name(String expected) throws Refusal {
        Token token = lexer.peek();
        if (token.kind() != Kind.WORD || Words.isKeyword(token.text())) {
            throw lexer.unexpected(expected);
        }
        if (!Words.isName(token.text())) {
            throw new Refusal(token.place(), "illegal identifier '" + token.text() + "'");
        }
        return lexer.next().text();
    }

    /**
     * A class name, or a compound.
     *
     * @param defines the class that is being defined, which {@code ...} extends
     */
    ElementType elementType(String defines) throws Refusal {
        if (lexer.peek().is("{")) {
            return compounds.compound(defines);
        }
        return scope.type(name("an element class"));
    }
}
