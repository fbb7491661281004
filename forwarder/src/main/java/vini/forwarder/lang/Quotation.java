package vini.forwarder.lang;

import java.util.function.IntConsumer;

/** Reads quotes and escapes: runs of characters that stand for themselves, and bytes of data. */
final class Quotation {
    /** Takes characters {@code from} to {@code to} of the text as they are. */
    interface Run {
        void take(int from, int to);
    }

    private static final String LETTERS = "abtnvfr";
    private static final String CONTROLS = "\u0007\b\t\n\u000b\f\r";

    private final String text;
    private final Run run;
    private final IntConsumer data;

    Quotation(String text, Run run, IntConsumer data) {
        this.text = text;
        this.run = run;
        this.data = data;
    }

    void read() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                i = doubleQuoted(i + 1);
            } else if (c == '\'') {
                int end = text.indexOf('\'', i + 1);
                end = end < 0 ? text.length() : end;
                run.take(i + 1, end);
                i = end + 1;
            } else if (c == '\\' && endOfData(text, i) > i) {
                i = data(i);
            } else {
                int start = i++;
                while (i < text.length() && "\"'\\".indexOf(text.charAt(i)) < 0) {
                    i++;
                }
                run.take(start, i);
            }
        }
    }

    private int doubleQuoted(int start) {
        int i = start;
        int plain = start;
        while (i < text.length() && text.charAt(i) != '"') {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                run.take(plain, i);
                i = escape(i);
                plain = i;
            } else {
                i++;
            }
        }
        run.take(plain, i);
        return i + 1;
    }

    /** Obeys the escape at a backslash; returns where the text goes on. */
    private int escape(int backslash) {
        int i = backslash + 1;
        char c = text.charAt(i);
        if (LETTERS.indexOf(c) >= 0) {
            data.accept(CONTROLS.charAt(LETTERS.indexOf(c)));
            return i + 1;
        }
        if (c == '<' && endOfData(text, backslash) > backslash) {
            return data(backslash);
        }
        if (c == 'x' && i + 1 < text.length() && hex(text.charAt(i + 1)) >= 0) {
            int value = 0;
            for (i++; i < text.length() && hex(text.charAt(i)) >= 0; i++) {
                value = value << 4 & 0xff | hex(text.charAt(i));
            }
            data.accept(value);
            return i;
        }
        if (c >= '0' && c <= '7') {
            int value = 0;
            int end = Math.min(i + 3, text.length());
            for (; i < end && text.charAt(i) >= '0' && text.charAt(i) <= '7'; i++) {
                value = value << 3 | text.charAt(i) - '0';
            }
            data.accept(value & 0xff);
            return i;
        }
        if (c == '\r' || c == '\n') {
            return c == '\r' && text.startsWith("\n", i + 1) ? i + 2 : i + 1;
        }
        run.take(i, i + 1);
        return i + 1;
    }

    /** Reads {@code \<68 656c>}: two digits a byte, blanks wherever one likes. */
    private int data(int backslash) {
        int end = endOfData(text, backslash);
        int high = -1;
        for (int i = backslash + 2; i < end - 1; i++) {
            int digit = hex(text.charAt(i));
            if (digit >= 0 && high < 0) {
                high = digit;
            } else if (digit >= 0) {
                data.accept(high << 4 | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            data.accept(high);
        }
        return end;
    }

    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    /** Where {@code \<...>} ends that begins here; {@code at} if there is no such thing. */
    static int endOfData(String text, int at) {
        if (!text.startsWith("\\<", at)) {
            return at;
        }
        for (int i = at + 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '>') {
                return i + 1;
            }
            if (hex(c) < 0 && !Character.isWhitespace(c)) {
                return at;
            }
        }
        return at;
    }

    /** Where the double-quoted string ends that begins here. */
    static int endOfDouble(String text, int at) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            i += c == '\\' ? 1 : 0;
        }
        return text.length();
    }

    static String quote(String text) {
        boolean plain = !text.isEmpty() && !text.contains("//") && !text.contains("/*");
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain &= c > ' ' && c != 0x7f && "\"'\\,()[]{}$".indexOf(c) < 0;
            if (c == '"' || c == '\\' || c == '$') {
                quoted.append('\\').append(c);
            } else if (c < ' ' && CONTROLS.indexOf(c) >= 0) {
                quoted.append('\\').append(LETTERS.charAt(CONTROLS.indexOf(c)));
            } else if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\%03o", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return plain ? text : quoted.append('"').toString();
    }
}
