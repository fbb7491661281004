package vini.overlay.importer;

import vini.overlay.json.TextKind;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Makes names of nodes that are Vini's, unique and still readable: {@code Kraków} is krakow. */
final class Names {
    private static final int LONGEST = 32;

    private final Set<String> taken = new TreeSet<>();

    /**
     * A name from what people call the node, else from the file's key.
     *
     * @param letter what the name begins with where the text does not begin with one
     */
    String unique(String label, String key, char letter) {
        String base = name(label, letter);
        if (base.isEmpty()) {
            base = name(key, letter);
        }
        if (base.isEmpty()) {
            base = letter + "1";
        }
        String name = base;
        for (int n = 2; !taken.add(name); n++) {
            String suffix = "-" + n;
            name = cut(base, LONGEST - suffix.length()) + suffix;
        }
        if (!TextKind.isName(name)) {
            throw new IllegalStateException("made the name " + name + " of " + label);
        }
        return name;
    }

    /**
     * The text as a name: small letters, digits, single hyphens; empty if none of them is in it.
     */
    static String name(String text, char letter) {
        StringBuilder name = new StringBuilder();
        String plain = Normalizer.normalize(spelt(text), Normalizer.Form.NFD);
        for (int i = 0; i < plain.length() && name.length() < LONGEST; i++) {
            char c = plain.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                if (name.isEmpty() && c <= '9') {
                    name.append(letter);
                }
                name.append(c);
            } else if (separates(c) && !name.isEmpty() && name.charAt(name.length() - 1) != '-') {
                name.append('-');
            }
        }
        return cut(name.toString(), LONGEST);
    }

    /** Accents, apostrophes and what letters of other scripts leave do not part words. */
    private static boolean separates(char c) {
        return c != '\'' && c < 0x80;
    }

    private static String cut(String name, int length) {
        String cut = name.substring(0, Math.min(length, name.length()));
        while (cut.endsWith("-")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }

    /** Letters that Unicode does not take apart. */
    private static String spelt(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("ß", "ss")
                .replace("ø", "o")
                .replace("æ", "ae")
                .replace("œ", "oe")
                .replace("ł", "l")
                .replace("đ", "d")
                .replace("ð", "d")
                .replace("þ", "th")
                .replace("ı", "i");
    }
}
