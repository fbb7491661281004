package vini.overlay.importer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Characters that GML, which is ASCII, writes as entities of HTML. */
final class Entities {
    private static final Pattern ENTITY =
            Pattern.compile("&(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-z]{2,4});");

    private Entities() {}

    static String decoded(String text) {
        return text.indexOf('&') < 0
                ? text
                : ENTITY.matcher(text).replaceAll(m -> Matcher.quoteReplacement(of(m.group(1))));
    }

    private static String of(String name) {
        return switch (name) {
            case "amp" -> "&";
            case "quot" -> "\"";
            case "apos" -> "'";
            case "lt" -> "<";
            case "gt" -> ">";
            default -> name.startsWith("#") ? number(name.substring(1)) : "&" + name + ";";
        };
    }

    private static String number(String digits) {
        int code =
                digits.startsWith("x")
                        ? Integer.parseInt(digits.substring(1), 16)
                        : Integer.parseInt(digits);
        return Character.isValidCodePoint(code) ? Character.toString(code) : "?";
    }
}
