package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ConfigException;
import vini.forwarder.lang.Lexer.Kind;
import vini.forwarder.lang.Lexer.Token;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Click text by recursive descent: declarations, connections and chains, with ports on both
 * sides and inline declarations. It goes on after a mistake, so that one run finds many.
 *
 * <p>A name may be used before it is declared; a name that is never declared is the class of an
 * anonymous element, as in Click.
 */
public final class Parser {
    private static final int PROBLEMS_MAX = 50;

    /** An element where a chain mentions it; its name is known only after the whole text. */
    private static final class Mention {
        final String name;
        final @Nullable String configuration;
        final int line;
        String element = "?";

        Mention(String name, @Nullable String configuration, int line) {
            this.name = name;
            this.configuration = configuration;
            this.line = line;
        }
    }

    /** Ports are {@link #NO_PORT} where none is written, which means 0. */
    private record Step(Mention element, int input, int output) {}

    private static final int NO_PORT = -1;

    private record Link(Step from, Step to, int line) {}

    private final String file;
    private final List<Token> tokens;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, GraphText.Declaration> declared = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Mention> mentions = new ArrayList<>();
    private int at;
    private int complaints;

    private Parser(String file, String text) {
        this.file = file;
        Lexer lexer = new Lexer(text);
        this.tokens = lexer.tokens();
        lexer.problems().forEach(problem -> complain(problem.line(), problem.message()));
    }

    /**
     * Reads a text.
     *
     * @param file the name for messages
     * @throws ConfigException with all mistakes, {@code file:line: what was found}
     */
    public static GraphText parse(String file, String text) throws ConfigException {
        Parser parser = new Parser(file, text);
        parser.statements();
        GraphText graph = parser.resolve();
        if (!parser.problems.isEmpty()) {
            throw new ConfigException(parser.problems);
        }
        return graph;
    }

    private void statements() {
        while (peek().kind() != Kind.END) {
            if (accept(";")) {
                continue;
            }
            int before = complaints;
            statement();
            if (complaints == before && !peek().is(";") && peek().kind() != Kind.END) {
                complain(peek().line(), "unexpected '" + peek().text() + "'; expected ';'");
            }
            if (complaints > before) {
                // One mistake a statement: what follows it is mostly its echo.
                skipToSemicolon();
            }
        }
    }

    private void statement() {
        Token first = peek();
        if (first.kind() != Kind.IDENTIFIER && !first.is("[")) {
            unexpected("an element");
            return;
        }
        if (first.text().equals("elementclass") || first.text().equals("define")) {
            complain(first.line(), "'" + first.text() + "' is not known to this version");
            return;
        }
        List<Step> group = steps();
        for (Step step : group) {
            if (step.input != NO_PORT) {
                complain(
                        step.element.line, "input port " + step.input + " at the start of a chain");
            }
        }
        while (peek().is("->")) {
            int line = next().line();
            List<Step> next = steps();
            for (Step from : group) {
                for (Step to : next) {
                    links.add(new Link(from, to, line));
                }
            }
            group = next;
        }
        for (Step step : group) {
            if (step.output != NO_PORT) {
                complain(
                        step.element.line, "output port " + step.output + " at the end of a chain");
            }
        }
    }

    /** One step of a chain, or several with commas: {@code a, b -> c} or {@code a, b :: Queue}. */
    private List<Step> steps() {
        List<Token> names = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        do {
            int input = port();
            if (peek().kind() != Kind.IDENTIFIER) {
                unexpected("an element");
                return steps;
            }
            Token name = next();
            names.add(name);
            steps.add(step(name, input));
        } while (accept(","));
        if (accept("::")) {
            declare(names);
            int output = port();
            steps.replaceAll(
                    s -> new Step(s.element, s.input, output != NO_PORT ? output : s.output));
        }
        for (Step step : steps) {
            mentions.add(step.element);
        }
        return steps;
    }

    private Step step(Token name, int input) {
        String configuration = peek().kind() == Kind.CONFIGURATION ? next().text() : null;
        int output = port();
        return new Step(new Mention(name.text(), configuration, name.line()), input, output);
    }

    private void declare(List<Token> names) {
        if (peek().kind() != Kind.IDENTIFIER) {
            unexpected("an element class");
            return;
        }
        Token elementClass = next();
        String configuration = peek().kind() == Kind.CONFIGURATION ? next().text() : "";
        for (Token name : names) {
            GraphText.Declaration old = declared.get(name.text());
            if (old != null) {
                complain(
                        name.line(),
                        "redeclaration of element '"
                                + name.text()
                                + "'; it was declared at "
                                + old.where());
                continue;
            }
            declared.put(
                    name.text(),
                    new GraphText.Declaration(
                            name.text(),
                            elementClass.text(),
                            configuration,
                            file + ":" + name.line()));
        }
    }

    /** A port in brackets, or {@link #NO_PORT} if there is none. */
    private int port() {
        if (!accept("[")) {
            return NO_PORT;
        }
        if (!peek().text().matches("[0-9]{1,4}")) {
            unexpected("a port number");
            return NO_PORT;
        }
        int port = Integer.parseInt(next().text());
        if (!accept("]")) {
            unexpected("']'");
            return NO_PORT;
        }
        return port;
    }

    /** Gives each mention its element: the declared one, or an anonymous one of that class. */
    private GraphText resolve() {
        Map<String, GraphText.Declaration> elements = new LinkedHashMap<>(declared);
        int anonymous = 0;
        for (Mention mention : mentions) {
            if (declared.containsKey(mention.name)) {
                if (mention.configuration != null) {
                    complain(
                            mention.line,
                            "element '" + mention.name + "' is configured where it is used");
                }
                mention.element = mention.name;
                continue;
            }
            String name;
            do {
                name = mention.name + "@" + ++anonymous;
            } while (elements.containsKey(name));
            String configuration = mention.configuration == null ? "" : mention.configuration;
            elements.put(
                    name,
                    new GraphText.Declaration(
                            name, mention.name, configuration, file + ":" + mention.line));
            mention.element = name;
        }
        List<GraphText.Connection> connections = new ArrayList<>();
        for (Link link : links) {
            connections.add(
                    new GraphText.Connection(
                            link.from.element.element,
                            Math.max(0, link.from.output),
                            link.to.element.element,
                            Math.max(0, link.to.input),
                            file + ":" + link.line));
        }
        return new GraphText(List.copyOf(elements.values()), connections);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private boolean accept(String punctuation) {
        if (peek().is(punctuation)) {
            at++;
            return true;
        }
        return false;
    }

    private void skipToSemicolon() {
        while (peek().kind() != Kind.END && !peek().is(";")) {
            at++;
        }
    }

    private void unexpected(String expected) {
        complain(peek().line(), "unexpected '" + peek().text() + "'; expected " + expected);
    }

    private void complain(int line, String message) {
        complaints++;
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(file + ":" + line + ": " + message);
        }
    }
}
