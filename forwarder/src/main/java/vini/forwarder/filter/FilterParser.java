package vini.forwarder.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the filter expressions of Click's {@code IPClassifier} and {@code IPFilter}: primitives
 * (see {@link PrimitiveParser}) with {@code and}, {@code or}, {@code not}, {@code ?:} and
 * parentheses. {@code not} binds strongest, then {@code and}, which may be left out, then {@code
 * or}, then {@code ?:}.
 */
public final class FilterParser {
    /** Deeper parentheses would need too much of the stack of a loop's thread. */
    private static final int DEPTH_MAX = 200;

    private final FilterTokens tokens;
    private final PrimitiveParser primitives;

    private FilterParser(String text, FilterNames names) throws FilterException {
        tokens = new FilterTokens(text);
        primitives = new PrimitiveParser(tokens, names);
    }

    /** Reads an expression. */
    public static Condition parse(String text, FilterNames names) throws FilterException {
        FilterParser parser = new FilterParser(text, names);
        if (parser.tokens.peek().equals(FilterTokens.END)) {
            throw new FilterException("it is empty; '-' matches every packet");
        }
        Condition condition = parser.choice(0);
        if (!parser.tokens.peek().equals(FilterTokens.END)) {
            throw new FilterException(
                    parser.tokens.found() + " stands where the pattern could have ended");
        }
        return condition;
    }

    private Condition choice(int depth) throws FilterException {
        if (depth > DEPTH_MAX) {
            throw new FilterException("it is nested deeper than " + DEPTH_MAX);
        }
        Condition condition = or(depth);
        if (!tokens.accept("?")) {
            return condition;
        }
        Condition yes = choice(depth + 1);
        if (!tokens.accept(":")) {
            throw new FilterException(
                    "after '?' a ':' with spaces around it was expected, not " + tokens.found());
        }
        return new Condition.Choice(condition, yes, choice(depth + 1));
    }

    private Condition or(int depth) throws FilterException {
        List<Condition> any = new ArrayList<>();
        do {
            any.add(and(depth));
        } while (tokens.accept("or", "||"));
        return any.size() == 1 ? any.getFirst() : new Condition.Or(any);
    }

    private Condition and(int depth) throws FilterException {
        List<Condition> all = new ArrayList<>();
        do {
            all.add(not(depth));
        } while (tokens.accept("and", "&&") || factorFollows());
        return all.size() == 1 ? all.getFirst() : new Condition.And(all);
    }

    /** Two factors beside each other must both be true. */
    private boolean factorFollows() {
        return switch (tokens.peek()) {
            case FilterTokens.END, ")", ":", "?", "or", "||" -> false;
            default -> true;
        };
    }

    private Condition not(int depth) throws FilterException {
        boolean negated = false;
        while (tokens.accept("not", "!")) {
            negated = !negated;
        }
        Condition factor = factor(depth);
        return negated ? new Condition.Not(factor) : factor;
    }

    private Condition factor(int depth) throws FilterException {
        if (!tokens.accept("(")) {
            return primitives.parse();
        }
        Condition inner = choice(depth + 1);
        if (!tokens.accept(")")) {
            throw new FilterException("a ')' is missing before " + tokens.found());
        }
        return inner;
    }
}
