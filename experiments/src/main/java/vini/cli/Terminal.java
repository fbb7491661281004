package vini.cli;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes, and what may be written there.
 *
 * @param columns the width of the terminal in characters; 0 if standard output is none, or one that
 *     cannot go back to what it has shown ({@code TERM=dumb})
 * @param colour whether escape sequences for colour are welcome
 * @param unicode whether characters beyond ASCII can be shown
 */
public record Terminal(
        PrintWriter out, PrintWriter err, int columns, boolean colour, boolean unicode) {
    /** Standard output and error as the environment and the launcher describe them. */
    static Terminal standard(Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        int columns = dumb ? 0 : Math.max(0, Integer.getInteger("vini.terminal", 0));
        boolean colour = columns > 0 && environment.getOrDefault("NO_COLOR", "").isEmpty();
        Charset charset = charset(System.getProperty("stdout.encoding"));
        return new Terminal(
                new PrintWriter(System.out, true, charset),
                new PrintWriter(System.err, true, charset(System.getProperty("stderr.encoding"))),
                columns,
                colour,
                charset.newEncoder().canEncode('✗'));
    }

    private static Charset charset(@Nullable String name) {
        return name == null ? StandardCharsets.US_ASCII : Charset.forName(name);
    }

    /** Prints a line to standard output. */
    public void say(String line) {
        out.println(show(line));
    }

    /** Prints a line to standard error. */
    public void complain(String line) {
        err.println(show(line));
    }

    /** Whether a person looks at standard output. */
    public boolean isTerminal() {
        return columns > 0;
    }

    /** The text in green, where colour is welcome. */
    public String good(String text) {
        return paint("32", text);
    }

    /** The text in red, where colour is welcome. */
    public String bad(String text) {
        return paint("31", text);
    }

    /** The text in bold, where colour is welcome. */
    public String strong(String text) {
        return paint("1", text);
    }

    /** The text paler than the rest, where colour is welcome. */
    public String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    /** The text as this terminal can show it: our few signs have ASCII forms. */
    public String show(String text) {
        return unicode ? text : ascii(text);
    }

    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        text.codePoints().forEach(c -> ascii.append(c < 128 ? Character.toString(c) : sign(c)));
        return ascii.toString();
    }

    private static String sign(int codePoint) {
        return switch (codePoint) {
            case '·' -> "-";
            case '✗' -> "x";
            case '✓' -> "+";
            case '→' -> "->";
            case '▕', '▏' -> "|";
            case '▁', '▂' -> "_";
            case '▃', '▄' -> "-";
            case '▅', '▆' -> "=";
            case '█', '▇', '▉', '▊', '▋', '▌' -> "#";
            case '▍', '▎' -> " ";
            case '…' -> "...";
            case 'µ' -> "u";
            default -> "?";
        };
    }
}
