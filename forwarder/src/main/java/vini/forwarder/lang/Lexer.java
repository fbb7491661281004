package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

/**
 * Cuts Click text into tokens, one at a time, for only the parser knows whether a parenthesis opens
 * a configuration string or a group of elements. Comments and line directives are white space.
 */
final class Lexer {
    enum Kind {
        WORD,
        VARIABLE,
        PUNCTUATION,
        END
    }

    record Token(Kind kind, String text, Place place) {
        boolean is(String punctuation) {
            return kind == Kind.PUNCTUATION && text.equals(punctuation);
        }

        boolean isArrow() {
            return is("->") || is("=>");
        }

        String shown() {
            return kind == Kind.END ? "end of file" : "'" + text + "'";
        }
    }

    /** Where the lexer stands, to come back to. */
    record Mark(int at, Place place, @Nullable Token peeked) {}

    private static final String[] PUNCTUATION = {
        "::", "->", "=>", "||", "...", "{", "}", "[", "]", "(", ")", ",", ";", "|"
    };

    private final String text;
    private final Problems problems;
    private int at;
    private Place here;
    private @Nullable Token peeked;

    Lexer(String file, String text, Problems problems) {
        this.text = text;
        this.problems = problems;
        this.here = new Place(file, 1);
    }

    Token peek() {
        if (peeked == null) {
            peeked = token();
        }
        return peeked;
    }

    Token next() {
        Token token = peek();
        peeked = null;
        return token;
    }

    boolean accept(String punctuation) {
        boolean there = peek().is(punctuation);
        if (there) {
            next();
        }
        return there;
    }

    void expect(String punctuation) throws Refusal {
        if (!accept(punctuation)) {
            throw unexpected("'" + punctuation + "'");
        }
    }

    /** What to throw where the next token cannot stand. */
    Refusal unexpected(String expected) {
        return new Refusal(
                peek().place(), "syntax error near " + peek().shown() + "; expected " + expected);
    }

    Mark mark() {
        return new Mark(at, here, peeked);
    }

    void reset(Mark mark) {
        at = mark.at;
        here = mark.place;
        peeked = mark.peeked;
    }

    /**
     * The text up to the parenthesis that closes the one which was just taken. Quotes and comments
     * hide parentheses; line directives, which a preprocessor leaves even here, are cut out.
     */
    String configuration() {
        Place first = here;
        StringBuilder before = new StringBuilder();
        int start = at;
        int depth = 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                skipQuoted(c);
            } else if (startsComment()) {
                skipComment();
            } else if (c == '#' && atLineStart() && lineDirective()) {
                before.append(text, start, at);
                skipLine();
                start = at;
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                step();
                if (depth == 0) {
                    return before.append(text, start, at - 1).toString();
                }
            }
        }
        problems.add(first, "'(' without ')'");
        return before.append(text, start, text.length()).toString();
    }

    /** Whether a configuration string could stand between parentheses as it is. */
    static boolean isClosed(String configuration) {
        Problems problems = new Problems();
        Lexer lexer = new Lexer("", "(" + configuration + ")", problems);
        lexer.next();
        return lexer.configuration().equals(configuration)
                && lexer.at == lexer.text.length()
                && problems.isEmpty();
    }

    private Token token() {
        skipSpace();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isWord(c)) {
                return new Token(Kind.WORD, word(true), here);
            }
            if (c == '$' && at + 1 < text.length() && isVariable(text.charAt(at + 1))) {
                at++;
                return new Token(Kind.VARIABLE, "$" + word(false), here);
            }
            for (String punctuation : PUNCTUATION) {
                if (text.startsWith(punctuation, at)) {
                    at += punctuation.length();
                    return new Token(Kind.PUNCTUATION, punctuation, here);
                }
            }
            problems.add(here, "unexpected character " + shown(c));
            at++;
            skipSpace();
        }
        return new Token(Kind.END, "", here);
    }

    private static String shown(char c) {
        return c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : "'" + c + "'";
    }

    private String word(boolean slashes) {
        int start = at;
        while (at < text.length()
                && (slashes ? isWord(text.charAt(at)) : isVariable(text.charAt(at)))
                && !startsComment()) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A letter, digit or underscore, of which the names of variables are made. */
    static boolean isVariable(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    private static boolean isWord(char c) {
        return isVariable(c) || c == '@' || c == '/';
    }

    private boolean startsComment() {
        return text.startsWith("//", at) || text.startsWith("/*", at);
    }

    private boolean atLineStart() {
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    private void step() {
        if (text.charAt(at) == '\n') {
            here = new Place(here.file(), here.line() + 1);
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length()) {
            if (startsComment()) {
                skipComment();
            } else if (text.charAt(at) == '#' && atLineStart()) {
                // What is no directive is another word of a preprocessor, or of a shell.
                boolean _ = lineDirective();
                skipLine();
            } else if (Character.isWhitespace(text.charAt(at))) {
                step();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    private void skipComment() {
        if (text.charAt(at + 1) == '/') {
            skipLine();
            return;
        }
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            problems.add(here, "comment without end");
            end = text.length() - 2;
        }
        while (at < end + 2) {
            step();
        }
    }

    private void skipQuoted(char quote) {
        Place first = here;
        step();
        while (at < text.length()) {
            char c = text.charAt(at);
            step();
            if (c == quote) {
                return;
            }
            if (c == '\\' && quote == '"' && at < text.length()) {
                step();
            }
        }
        problems.add(first, "quoted string without end");
    }

    /** Obeys {@code # 7 "file"} or {@code #line 7}: the next line is that line of that file. */
    private boolean lineDirective() {
        int i = skipBlanks(at + 1);
        if (text.startsWith("line", i)) {
            i = skipBlanks(i + 4);
        }
        int digits = i;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        if (i == digits || i - digits > 9) {
            return false;
        }
        int line = Integer.parseInt(text.substring(digits, i));
        String file = here.file();
        i = skipBlanks(i);
        if (i < text.length() && text.charAt(i) == '"') {
            int end = i + 1;
            while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
                end++;
            }
            file = text.substring(i + 1, end);
        }
        // The newline that ends this line counts, too; the last line of a text may lack it.
        here = new Place(file, text.indexOf('\n', i) < 0 ? line : line - 1);
        return true;
    }

    private int skipBlanks(int from) {
        int i = from;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }
}
