package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import vini.forwarder.lang.Lexer.Kind;
import vini.forwarder.lang.Lexer.Token;

import java.util.ArrayList;
import java.util.List;

/** Reads declarations and chains of connections, which are one thing in Click's grammar. */
final class Chains {
    private final Parser parser;
    private final Lexer lexer;
    private final Problems problems;

    Chains(Parser parser, Lexer lexer, Problems problems) {
        this.parser = parser;
        this.lexer = lexer;
        this.problems = problems;
    }

    void statement() throws Refusal {
        Token start = lexer.peek();
        List<Step> left =
                start.isArrow() ? List.of(new Step(start.place(), new Step.Implicit())) : steps();
        boolean alone = !lexer.peek().isArrow();
        if (alone) {
            left = declareTogether(left);
        }
        enter(left, alone ? null : Side.START, start);
        checkStart(left);
        while (lexer.peek().isArrow()) {
            Token arrow = lexer.next();
            Token first = lexer.peek();
            List<Step> right =
                    endsChain(first)
                            ? List.of(new Step(first.place(), new Step.Implicit()))
                            : steps();
            boolean last = !lexer.peek().isArrow();
            enter(right, last ? Side.END : null, first);
            new Connector(parser.scope(), parser.door(), problems, arrow.place())
                    .connect(left, right, arrow.is("=>"));
            left = right;
        }
        checkEnd(left);
    }

    private enum Side {
        START,
        END
    }

    private static boolean endsChain(Token token) {
        return token.kind() == Kind.END
                || token.is(";")
                || token.is("}")
                || token.is(")")
                || token.is("|")
                || token.is("||")
                || token.kind() == Kind.WORD && Words.isKeyword(token.text());
    }

    private List<Step> steps() throws Refusal {
        List<Step> steps = new ArrayList<>();
        do {
            List<Integer> inputs = ports();
            Token token = lexer.peek();
            Step step = step(token, inputs != null);
            step.inputs = inputs;
            step.outputs = step.what instanceof Step.Implicit ? null : ports();
            steps.add(step);
        } while (lexer.accept(","));
        return steps;
    }

    private Step step(Token token, boolean portsBefore) throws Refusal {
        if (token.is("(")) {
            return new Step(token.place(), group());
        }
        if (token.is("{")) {
            ElementType type = parser.elementType("");
            return new Step(token.place(), new Step.Reference("", type, configuration()));
        }
        boolean word = token.kind() == Kind.WORD && !Words.isKeyword(token.text());
        if (!word && portsBefore) {
            return new Step(token.place(), new Step.Implicit());
        }
        if (!word) {
            throw lexer.unexpected("an element");
        }
        String name = parser.name("an element");
        if (lexer.accept("::")) {
            ElementType type = parser.elementType(name);
            String configuration = configuration();
            return new Step(
                    token.place(),
                    new Step.Declaration(name, type, configuration == null ? "" : configuration));
        }
        ElementType type = parser.scope().type(name);
        return new Step(token.place(), new Step.Reference(name, type, configuration()));
    }

    /** A configuration string, null if there is none. */
    @Nullable String configuration() {
        return lexer.accept("(") ? lexer.configuration() : null;
    }

    /** Ports in brackets, null if there are none. */
    private @Nullable List<Integer> ports() throws Refusal {
        if (!lexer.accept("[")) {
            return null;
        }
        List<Integer> ports = new ArrayList<>();
        if (lexer.accept("]")) {
            return ports;
        }
        do {
            Token token = lexer.peek();
            if (token.kind() != Kind.WORD || !token.text().matches("[0-9]{1,4}")) {
                throw lexer.unexpected("a port number from 0 to " + Connector.PORT_MAX);
            }
            ports.add(Integer.parseInt(lexer.next().text()));
        } while (lexer.accept(","));
        lexer.expect("]");
        return ports;
    }

    private Step.Group group() throws Refusal {
        Place place = parser.open();
        Doorway door = parser.block(Parser.Block.GROUP, parser.scope(), place);
        lexer.expect(")");
        door.close("element group", problems);
        return new Step.Group(door);
    }

    /** {@code a, b :: Queue(10)} by itself declares both; in a chain it would declare b only. */
    private static List<Step> declareTogether(List<Step> steps) {
        List<Step> result = new ArrayList<>(steps);
        Step.Declaration following = null;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step.what instanceof Step.Declaration declaration) {
                following = declaration;
            } else if (following != null
                    && step.what instanceof Step.Reference reference
                    && !reference.name().isEmpty()
                    && reference.configuration() == null
                    && step.inputs == null
                    && step.outputs == null) {
                result.set(
                        i,
                        new Step(
                                step.place,
                                new Step.Declaration(
                                        reference.name(),
                                        following.type(),
                                        following.configuration())));
            } else {
                following = null;
            }
        }
        return result;
    }

    /** Makes the steps known to the scope, in order. */
    private void enter(List<Step> steps, @Nullable Side side, Token near) throws Refusal {
        Scope scope = parser.scope();
        for (Step step : steps) {
            switch (step.what) {
                case Step.Group(Doorway door) -> step.is(door.input, door.output);
                case Step.Implicit implicit -> {
                    Doorway door = parser.door();
                    if (door == null || side == null) {
                        throw new Refusal(
                                near.place(),
                                "syntax error near " + near.shown() + "; expected an element");
                    }
                    Mention pseudo = side == Side.START ? door.input : door.output;
                    step.is(pseudo, pseudo);
                }
                case Step.Declaration(String name, ElementType type, String configuration) -> {
                    Mention pseudo = pseudo(name);
                    if (pseudo != null) {
                        problems.add(step.place, "redeclaration of pseudoelement '" + name + "'");
                    }
                    Mention mention =
                            pseudo == null
                                    ? scope.declare(name, type, configuration, step.place)
                                    : pseudo;
                    step.is(mention, mention);
                }
                case Step.Reference(String name, ElementType type, String configuration) -> {
                    Mention mention = pseudo(name);
                    if (mention == null) {
                        mention = scope.mention(name, type, configuration, step.place);
                    } else if (configuration != null) {
                        problems.add(
                                step.place, "pseudoelement '" + name + "' takes no configuration");
                    }
                    step.is(mention, mention);
                }
            }
        }
    }

    private @Nullable Mention pseudo(String name) {
        Doorway door = parser.door();
        if (door == null) {
            return null;
        }
        return name.equals("input") ? door.input : name.equals("output") ? door.output : null;
    }

    private void checkStart(List<Step> steps) {
        for (Step step : steps) {
            if (step.what instanceof Step.Group(Doorway door) && door.inputs() > 0) {
                problems.add(step.place, "element group input 0 is not connected");
            } else if (step.inputs != null && !(step.what instanceof Step.Implicit)) {
                problems.add(
                        step.place, "input " + ports(step.inputs) + " at the start of a chain");
            }
        }
    }

    private void checkEnd(List<Step> steps) {
        for (Step step : steps) {
            if (step.what instanceof Step.Group(Doorway door) && door.outputs() > 0) {
                problems.add(step.place, "element group output 0 is not connected");
            } else if (step.outputs != null) {
                problems.add(
                        step.place, "output " + ports(step.outputs) + " at the end of a chain");
            }
        }
    }

    private static String ports(List<Integer> ports) {
        return ports.size() == 1 ? "port " + ports.getFirst() : "ports " + ports;
    }
}
