package vini.forwarder.elements.script;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Handlers;
import vini.forwarder.lang.ConfigText;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The read handlers with which a script calculates: numbers are whole or have a fraction, and what
 * is not a number is compared as text.
 */
final class Calculation {
    private static final int ARGUMENTS_MAX = 10_000;
    private static final int WIDTH_MAX = 1000;
    private static final Pattern CONVERSION =
            Pattern.compile("%([-+ #0]*)([0-9]{0,4})(?:\\.([0-9]{1,4}))?([a-zA-Z%])");

    private Calculation() {}

    static void handlers(Handlers handlers) {
        fold(handlers, "add", BigDecimal::add);
        fold(handlers, "sub", BigDecimal::subtract);
        fold(handlers, "mul", BigDecimal::multiply);
        fold(handlers, "div", (a, b) -> a.divide(notZero(b), MathContext.DECIMAL64));
        fold(handlers, "idiv", BigDecimal::divideToIntegralValue);
        fold(handlers, "mod", (a, b) -> whole(a).remainder(notZero(whole(b))));
        fold(handlers, "rem", (a, b) -> a.remainder(notZero(b)));
        fold(handlers, "max", BigDecimal::max);
        fold(handlers, "min", BigDecimal::min);
        handlers.read("neg", (String text) -> text(number(text.strip()).negate()));
        handlers.read("abs", (String text) -> text(number(text.strip()).abs()));
        compare(handlers, "eq", order -> order == 0);
        compare(handlers, "ne", order -> order != 0);
        compare(handlers, "lt", order -> order < 0);
        compare(handlers, "gt", order -> order > 0);
        compare(handlers, "le", order -> order <= 0);
        compare(handlers, "ge", order -> order >= 0);
        handlers.read("not", (String text) -> "" + !ArgumentTypes.bool(text));
        handlers.read(
                "and", (String text) -> "" + words(text).stream().allMatch(Calculation::isTrue));
        handlers.read(
                "or", (String text) -> "" + words(text).stream().anyMatch(Calculation::isTrue));
        handlers.read(
                "nand", (String text) -> "" + !words(text).stream().allMatch(Calculation::isTrue));
        handlers.read(
                "nor", (String text) -> "" + words(text).stream().noneMatch(Calculation::isTrue));
        handlers.read("in", (String text) -> "" + isIn(words(text)));
        handlers.read("if", Calculation::choose);
        handlers.read(
                "first", (String text) -> words(text).isEmpty() ? "" : words(text).getFirst());
        handlers.read("length", (String text) -> "" + text.length());
        handlers.read("unquote", (String text) -> ConfigText.unquote(text.strip()));
        handlers.read("sprintf", Calculation::sprintf);
    }

    private static boolean isTrue(String word) {
        return ArgumentTypes.bool(word);
    }

    private static String choose(String text) {
        List<String> words = words(text);
        if (words.size() < 2 || words.size() > 3) {
            throw new IllegalArgumentException("it takes a condition and two values");
        }
        return isTrue(words.get(0)) ? words.get(1) : words.size() == 3 ? words.get(2) : "";
    }

    private static void fold(Handlers handlers, String name, BinaryOperator<BigDecimal> operator) {
        handlers.read(
                name,
                (String text) -> {
                    List<String> words = words(text);
                    if (words.isEmpty()) {
                        throw new IllegalArgumentException("it takes numbers");
                    }
                    try {
                        return text(
                                words.stream()
                                        .map(Calculation::number)
                                        .reduce((a, b) -> bounded(operator.apply(a, b)))
                                        .orElseThrow());
                    } catch (ArithmeticException e) {
                        throw new IllegalArgumentException("division by zero", e);
                    }
                });
    }

    private static boolean isIn(List<String> words) {
        return !words.isEmpty() && words.subList(1, words.size()).contains(words.getFirst());
    }

    private static BigDecimal whole(BigDecimal value) {
        if (value.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("'" + value + "' is not a whole number");
        }
        return value;
    }

    private static BigDecimal notZero(BigDecimal value) {
        if (value.signum() == 0) {
            throw new IllegalArgumentException("division by zero");
        }
        return value;
    }

    /** A script that squares a number again and again is not to fill the memory. */
    private static BigDecimal bounded(BigDecimal value) {
        return value.precision() > 40 ? value.round(MathContext.DECIMAL128) : value;
    }

    private static void compare(Handlers handlers, String name, IntPredicate holds) {
        handlers.read(
                name,
                (String text) -> {
                    List<String> words = words(text);
                    if (words.size() != 2) {
                        throw new IllegalArgumentException("it takes two values");
                    }
                    return "" + holds.test(order(words.get(0), words.get(1)));
                });
    }

    private static int order(String a, String b) {
        try {
            return number(a).compareTo(number(b));
        } catch (IllegalArgumentException e) {
            return a.compareTo(b);
        }
    }

    private static List<String> words(String text) {
        List<String> words = ConfigText.words(text);
        if (words.size() > ARGUMENTS_MAX) {
            throw new IllegalArgumentException(words.size() + " arguments are too many");
        }
        return words.stream().map(ConfigText::unquote).toList();
    }

    private static BigDecimal number(String text) {
        if (text.matches("[-+]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][-+]?[0-9]{1,2})?")
                && !text.matches("[-+]?0[0-7]+")) {
            return new BigDecimal(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
        }
        return BigDecimal.valueOf(ArgumentTypes.integer(text));
    }

    private static String text(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        return plain.abs().compareTo(BigDecimal.valueOf(1e30)) < 0
                ? plain.toPlainString()
                : plain.toString();
    }

    private static String sprintf(String text) {
        List<String> words = new ArrayList<>(words(text));
        if (words.isEmpty()) {
            throw new IllegalArgumentException("it takes a format");
        }
        String format = words.removeFirst();
        StringBuilder out = new StringBuilder();
        Matcher conversion = CONVERSION.matcher(format);
        int at = 0;
        while (conversion.find(at)) {
            out.append(format, at, conversion.start());
            at = conversion.end();
            if (conversion.group(4).equals("%")) {
                out.append('%');
            } else if (words.isEmpty()) {
                throw new IllegalArgumentException("'" + format + "' wants more values");
            } else {
                out.append(converted(conversion, words.removeFirst()));
            }
        }
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("'" + format + "' wants fewer values");
        }
        return out.append(format, at, format.length()).toString();
    }

    private static String converted(Matcher conversion, String value) {
        String width = conversion.group(2);
        String precision = conversion.group(3);
        if (!width.isEmpty() && Integer.parseInt(width) > WIDTH_MAX
                || precision != null && Integer.parseInt(precision) > WIDTH_MAX) {
            throw new IllegalArgumentException("a field is wider than " + WIDTH_MAX);
        }
        String flags = conversion.group(1);
        String points = precision == null ? "" : "." + precision;
        char code = conversion.group(4).charAt(0);
        try {
            return switch (code) {
                case 'd', 'i', 'u' ->
                        String.format(
                                Locale.ROOT,
                                "%" + flags + width + "d",
                                number(value).toBigInteger());
                case 'x', 'X', 'o' ->
                        String.format(
                                Locale.ROOT, "%" + flags + width + code, number(value).longValue());
                case 'f', 'e', 'E', 'g', 'G' ->
                        String.format(
                                Locale.ROOT,
                                "%" + flags + width + points + code,
                                number(value).doubleValue());
                case 's' -> String.format(Locale.ROOT, "%" + flags + width + points + "s", value);
                case 'c' ->
                        String.format(
                                Locale.ROOT,
                                "%" + flags + width + "c",
                                (char) number(value).intValue());
                default -> throw new IllegalArgumentException("'%" + code + "' is not known");
            };
        } catch (java.util.IllegalFormatException e) {
            throw new IllegalArgumentException("'" + conversion.group() + "' makes no sense", e);
        }
    }
}
