package vini.forwarder.elements.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The words of a line of an IP summary dump: between spaces, or in quotes. */
final class SummaryWords {
    private SummaryWords() {}

    /** The words, quoted ones with their quotes. */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            int end = c == '"' || c == '\'' ? endOfQuote(line, at) : endOfWord(line, at);
            words.add(line.substring(at, end));
            at = end;
        }
        return words;
    }

    private static int endOfWord(String line, int start) {
        int at = start;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int endOfQuote(String line, int start) {
        char quote = line.charAt(start);
        for (int at = start + 1; at < line.length(); at++) {
            if (line.charAt(at) == '\\' && quote == '"') {
                at++;
            } else if (line.charAt(at) == quote) {
                return at + 1;
            }
        }
        return line.length();
    }

    /** A word without its quotes. */
    static String bare(String word) {
        return new String(bytes(word), StandardCharsets.ISO_8859_1);
    }

    /**
     * The bytes of a word, of which a quoted one may have some by number: {@code \<0aff>} or {@code
     * \012}.
     */
    static byte[] bytes(String word) {
        char first = word.isEmpty() ? ' ' : word.charAt(0);
        boolean quoted = first == '"' || first == '\'';
        int end = word.length() > 1 && word.charAt(word.length() - 1) == first ? 1 : 0;
        String inner = quoted ? word.substring(1, word.length() - end) : word;
        return first == '"' ? unescaped(inner) : inner.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] unescaped(String inner) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < inner.length(); at++) {
            char c = inner.charAt(at);
            if (c != '\\' || at + 1 == inner.length()) {
                bytes.write(c);
                continue;
            }
            c = inner.charAt(++at);
            int close = c == '<' ? inner.indexOf('>', at) : -1;
            int octal = octalDigits(inner, at);
            if (octal > 0) {
                bytes.write(Integer.parseInt(inner.substring(at, at + octal), 8));
                at += octal - 1;
            } else if (close > 0) {
                bytes.writeBytes(hex(inner.substring(at + 1, close)));
                at = close;
            } else {
                bytes.write(c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c);
            }
        }
        return bytes.toByteArray();
    }

    /** How many octal digits stand there, three at most. */
    private static int octalDigits(String text, int start) {
        int at = start;
        while (at < text.length()
                && at < start + 3
                && text.charAt(at) >= '0'
                && text.charAt(at) <= '7') {
            at++;
        }
        return at - start;
    }

    /** The digits in pairs; what is no digit is passed over. */
    private static byte[] hex(String text) {
        String digits = text.replaceAll("[^0-9A-Fa-f]", "");
        return HexFormat.of().parseHex(digits, 0, digits.length() & ~1);
    }

    /** Bytes as a quoted word, those that cannot be printed as three octal digits each. */
    static String quote(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        for (byte b : bytes) {
            if (b >= ' ' && b < 0x7f) {
                text.append(b == '"' || b == '\\' ? "\\" : "").append((char) b);
            } else {
                text.append("\\%03o".formatted(b & 0xff));
            }
        }
        return text.append('"').toString();
    }
}
