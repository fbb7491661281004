package vini.forwarder.lang;

import java.util.List;

/** Which words are names, and how messages count. */
final class Words {
    private static final List<String> KEYWORDS =
            List.of("elementclass", "require", "provide", "define");

    private Words() {}

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    /** Whether a word may name an element or a class: no part between slashes is a number. */
    static boolean isName(String word) {
        if (isKeyword(word)) {
            return false;
        }
        boolean onlyDigits = true;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '/' && onlyDigits) {
                return false;
            }
            onlyDigits = c == '/' || onlyDigits && c >= '0' && c <= '9';
        }
        return !onlyDigits;
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
