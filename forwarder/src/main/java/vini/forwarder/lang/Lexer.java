package vini.forwarder.lang;

import java.util.ArrayList;
import java.util.List;

/** Cuts Click text into tokens; comments are white space. A configuration string is one token. */
final class Lexer {
    enum Kind {
        IDENTIFIER,
        CONFIGURATION,
        PUNCTUATION,
        END
    }

    record Token(Kind kind, String text, int line) {
        boolean is(String punctuation) {
            return kind == Kind.PUNCTUATION && text.equals(punctuation);
        }
    }

    private static final String[] PUNCTUATION = {
        "::", "->", "=>", "||", "{", "}", "[", "]", ",", ";", "|"
    };

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int at;
    private int line = 1;

    record Problem(int line, String message) {}

    Lexer(String text) {
        this.text = text;
    }

    List<Token> tokens() {
        while (true) {
            skipSpace();
            if (at >= text.length()) {
                tokens.add(new Token(Kind.END, "end of file", line));
                return tokens;
            }
            token();
        }
    }

    List<Problem> problems() {
        return problems;
    }

    private void token() {
        char c = text.charAt(at);
        if (isWord(c)) {
            int start = at;
            while (at < text.length() && isWord(text.charAt(at)) && !startsComment()) {
                at++;
            }
            tokens.add(new Token(Kind.IDENTIFIER, text.substring(start, at), line));
            return;
        }
        if (c == '(') {
            configuration();
            return;
        }
        for (String punctuation : PUNCTUATION) {
            if (text.startsWith(punctuation, at)) {
                at += punctuation.length();
                tokens.add(new Token(Kind.PUNCTUATION, punctuation, line));
                return;
            }
        }
        problems.add(new Problem(line, "unexpected character '" + c + "'"));
        at++;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '@'
                || c == '/'
                || c == '$';
    }

    private boolean startsComment() {
        return text.startsWith("//", at) || text.startsWith("/*", at);
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (startsComment()) {
                skipComment();
            } else if (c == '#' && (at == 0 || text.charAt(at - 1) == '\n')) {
                skipLine();
            } else if (Character.isWhitespace(c)) {
                line += c == '\n' ? 1 : 0;
                at++;
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void skipComment() {
        if (text.charAt(at + 1) == '/') {
            skipLine();
            return;
        }
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            problems.add(new Problem(line, "comment without end"));
            end = text.length() - 2;
        }
        for (; at < end + 2; at++) {
            line += text.charAt(at) == '\n' ? 1 : 0;
        }
    }

    /** From an opening parenthesis to its mate; quotes and comments hide parentheses. */
    private void configuration() {
        int firstLine = line;
        int start = ++at;
        int depth = 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                skipQuoted();
                continue;
            }
            if (startsComment()) {
                skipComment();
                continue;
            }
            line += c == '\n' ? 1 : 0;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
            if (depth == 0) {
                tokens.add(new Token(Kind.CONFIGURATION, text.substring(start, at - 1), firstLine));
                return;
            }
        }
        problems.add(new Problem(firstLine, "'(' without ')'"));
        tokens.add(new Token(Kind.CONFIGURATION, text.substring(start), firstLine));
    }

    private void skipQuoted() {
        int firstLine = line;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            line += c == '\n' ? 1 : 0;
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                line += text.charAt(at) == '\n' ? 1 : 0;
            } else if (c == '"') {
                at++;
                return;
            }
        }
        problems.add(new Problem(firstLine, "quoted string without end"));
    }
}
