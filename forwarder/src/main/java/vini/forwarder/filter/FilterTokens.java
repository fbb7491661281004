package vini.forwarder.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of a filter expression, read from left to right. */
final class FilterTokens {
    /** What stands behind the last word. */
    static final String END = "";

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(?:([A-Za-z0-9_.:/@-]+|\\[[^\\]]*\\]|&&|\\|\\||[!=<>]=|[!=<>&()?])|(\\S))");

    private final List<String> tokens = new ArrayList<>();
    private int next;

    FilterTokens(String text) throws FilterException {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.lookingAt()) {
            if (matcher.group(1) == null) {
                throw new FilterException("'" + matcher.group(2) + "' has no meaning here");
            }
            tokens.add(matcher.group(1));
            matcher.region(matcher.end(), text.length());
        }
    }

    /** The next word or sign. */
    String peek() {
        return peek(0);
    }

    /** The word or sign after {@code ahead} others. */
    String peek(int ahead) {
        return next + ahead < tokens.size() ? tokens.get(next + ahead) : END;
    }

    /** Reads a word or sign. */
    String take() {
        String token = peek();
        next++;
        return token;
    }

    /** Reads the next if it is one of these. */
    boolean accept(String... wanted) {
        for (String one : wanted) {
            if (peek().equals(one)) {
                next++;
                return true;
            }
        }
        return false;
    }

    /** The next for a message. */
    String found() {
        return peek().equals(END) ? "the end" : "'" + peek() + "'";
    }
}
