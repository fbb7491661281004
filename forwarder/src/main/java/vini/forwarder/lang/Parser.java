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

    private record Step(Mention element, int input, int output) {}

    private record Link(Step from, Step to, int line) {}

    private final String file;
    private final List<Token> tokens;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, GraphText.Declaration> declared = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Mention> mentions = new ArrayList<>();
    private int at;

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
            int before = at;
            if (!peek().is(";")) {
                statement();
            }
            if (!accept(";") && peek().kind() != Kind.END) {
                complain(peek().line(), "unexpected '" + peek().text() + "'; expected ';'");
                skipToSemicolon();
            }
            if (at == before) {
                at++;
            }
        }
    }

    private void statement() {
        Token first = peek();
        if (first.kind() != Kind.IDENTIFIER && !first.is("[")) {
            complain(first.line(), "unexpected '" + first.text() + "'; expected an element");
            skipToSemicolon();
            return;
        }
        if (first.text().equals("elementclass") || first.text().equals("define")) {
            complain(first.line(), "'" + first.text() + "' is not known to this version");
            skipToSemicolon();
            return;
        }
        List<Step> group = steps();
        while (accept("->")) {
            int line = peek().line();
            List<Step> next = steps();
            for (Step from : group) {
                for (Step to : next) {
                    links.add(new Link(from, to, line));
                }
            }
            group = next;
        }
    }

    /** One step of a chain, or several with commas: {@code a, b -> c} or {@code a, b :: Queue}. */
    private List<Step> steps() {
        List<Token> names = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        do {
            int input = port();
            Token name = next();
            if (name.kind() != Kind.IDENTIFIER) {
                complain(name.line(), "unexpected '" + name.text() + "'; expected an element");
                at--;
                return steps;
            }
            names.add(name);
            steps.add(step(name, input));
        } while (accept(","));
        if (accept("::")) {
            declare(names);
            int output = port();
            steps.replaceAll(
                    s ->
                            new Step(
                                    s.element,
                                    s.input,
                                    output > 0 || s.output == 0 ? output : s.output));
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
        Token elementClass = next();
        if (elementClass.kind() != Kind.IDENTIFIER) {
            complain(
                    elementClass.line(),
                    "unexpected '" + elementClass.text() + "'; expected an element class");
            at--;
            return;
        }
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

    /** A port in brackets, or 0 if there is none. */
    private int port() {
        if (!accept("[")) {
            return 0;
        }
        Token number = next();
        if (!number.text().matches("[0-9]{1,4}")) {
            complain(number.line(), "'" + number.text() + "' is not a port number");
            at--;
        }
        if (!accept("]")) {
            complain(peek().line(), "unexpected '" + peek().text() + "'; expected ']'");
        }
        return number.text().matches("[0-9]{1,4}") ? Integer.parseInt(number.text()) : 0;
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
            String name = mention.name + "@" + ++anonymous;
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
                            link.from.output,
                            link.to.element.element,
                            link.to.input,
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

    private void complain(int line, String message) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(file + ":" + line + ": " + message);
        }
    }
}
