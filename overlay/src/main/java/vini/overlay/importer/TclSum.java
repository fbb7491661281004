package vini.overlay.importer;

import java.math.BigDecimal;

/** Tcl's sums over numbers: what {@code expr}, {@code if} and loops compute. */
final class TclSum {
    private static final int DEPTH_MAX = 40;

    private static final String[][] LEVELS = {
        {"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}
    };

    private final String text;
    private int at;
    private int depth;

    TclSum(String text) {
        this.text = text;
    }

    /** A whole number without a point, as Tcl shows it. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.isFinite(value)
                        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                        : "0";
    }

    double value() {
        double value = level(0);
        skip();
        if (at < text.length()) {
            throw notUnderstood();
        }
        return value;
    }

    private IllegalArgumentException notUnderstood() {
        return new IllegalArgumentException(
                Draft.quoted(text) + " is no sum that is understood here");
    }

    private double level(int level) {
        if (level == LEVELS.length) {
            return term();
        }
        double value = level(level + 1);
        while (true) {
            String operator = operator(LEVELS[level]);
            if (operator.isEmpty()) {
                return value;
            }
            value = applied(operator, value, level(level + 1));
        }
    }

    private String operator(String[] operators) {
        skip();
        for (String operator : operators) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                return operator;
            }
        }
        return "";
    }

    private double applied(String operator, double a, double b) {
        return switch (operator) {
            case "||" -> truth(a != 0 || b != 0);
            case "&&" -> truth(a != 0 && b != 0);
            case "==" -> truth(a == b);
            case "!=" -> truth(a != b);
            case "<=" -> truth(a <= b);
            case ">=" -> truth(a >= b);
            case "<" -> truth(a < b);
            case ">" -> truth(a > b);
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> divided(a, b);
            case "%" -> b == 0 ? Double.NaN : a - b * Math.floor(a / b);
            default -> throw notUnderstood();
        };
    }

    /** Of whole numbers Tcl gives the whole part. */
    private double divided(double a, double b) {
        if (b == 0) {
            throw new IllegalArgumentException(Draft.quoted(text) + " divides by zero");
        }
        boolean whole = text.indexOf('.') < 0 && a == Math.rint(a) && b == Math.rint(b);
        return whole ? Math.floor(a / b) : a / b;
    }

    private static double truth(boolean holds) {
        return holds ? 1 : 0;
    }

    private double term() {
        skip();
        if (++depth > DEPTH_MAX) {
            throw new IllegalArgumentException("a sum is nested deeper than " + DEPTH_MAX);
        }
        double value;
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            value = level(0);
            skip();
            if (at == text.length() || text.charAt(at++) != ')') {
                throw notUnderstood();
            }
        } else if (at < text.length() && text.charAt(at) == '-') {
            at++;
            value = -term();
        } else if (at < text.length() && text.charAt(at) == '!') {
            at++;
            value = truth(term() == 0);
        } else {
            value = number();
        }
        depth--;
        return value;
    }

    private double number() {
        int from = at;
        while (at < text.length()
                && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String digits = text.substring(from, at);
        if (!GraphTraits.isNumber(digits)) {
            throw notUnderstood();
        }
        return Double.parseDouble(digits);
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
