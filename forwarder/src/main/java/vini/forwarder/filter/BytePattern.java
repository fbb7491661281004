package vini.forwarder.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of Click's {@code Classifier}: clauses {@code OFFSET/VALUE} or {@code
 * OFFSET/VALUE%MASK}, each perhaps after {@code !}, all of which a packet must match; or {@code -},
 * which every packet matches.
 *
 * <p>A clause is not matched by a packet that ends before the last byte of which the clause says
 * anything.
 */
public final class BytePattern {
    private static final Pattern CLAUSE =
            Pattern.compile("(!?)([0-9]+)/([0-9a-fA-F?]+)(?:%([0-9a-fA-F]+))?");

    /** The largest offset, as large as an IP packet. */
    private static final int OFFSET_MAX = 65_535;

    private BytePattern() {}

    /** Reads one pattern. */
    public static Condition parse(String text) throws FilterException {
        String pattern = text.strip();
        if (pattern.isEmpty()) {
            throw new FilterException("it is empty; '-' matches every packet");
        }
        if (pattern.equals("-")) {
            return new Condition.Always(true);
        }
        List<Condition> clauses = new ArrayList<>();
        // A lone '!' belongs to the clause after it.
        for (String clause : pattern.replaceAll("!\\s+", "!").split("\\s+", -1)) {
            clauses.add(clause(clause));
        }
        return new Condition.And(clauses);
    }

    private static Condition clause(String text) throws FilterException {
        Matcher matcher = CLAUSE.matcher(text);
        if (!matcher.matches()) {
            throw new FilterException(
                    "'" + text + "' is not OFFSET/VALUE or OFFSET/VALUE%MASK, like 12/0800");
        }
        String value = matcher.group(3);
        String mask = matcher.group(4) == null ? "f".repeat(value.length()) : matcher.group(4);
        if (value.length() % 2 != 0) {
            throw new FilterException("'" + text + "': the value has an odd number of digits");
        }
        if (mask.length() != value.length()) {
            throw new FilterException("'" + text + "': value and mask are not equally long");
        }
        String digits = matcher.group(2);
        if (digits.length() > 9 || Integer.parseInt(digits) > OFFSET_MAX) {
            throw new FilterException("'" + text + "': the offset is above " + OFFSET_MAX);
        }
        Condition bytes = words(Integer.parseInt(digits), value, mask);
        return matcher.group(1).isEmpty() ? bytes : new Condition.Not(bytes);
    }

    /** One comparison for each aligned word of four bytes of which the clause says something. */
    private static Condition words(int offset, String value, String mask) {
        int bytes = value.length() / 2;
        List<Condition> words = new ArrayList<>();
        int at = 0;
        while (at < bytes) {
            int wordValue = 0;
            int wordMask = 0;
            int end = at;
            int begin = at;
            do {
                wordValue = wordValue << 8 | bits(value, at, false);
                wordMask = wordMask << 8 | bits(mask, at, false) & bits(value, at, true);
                at++;
                if ((wordMask & 0xff) != 0) {
                    end = at;
                }
            } while (at < bytes && (offset + at) % 4 != 0);
            if (wordMask != 0) {
                // What nothing is said of behind the last such byte need not be there.
                int unasked = 8 * (at - end);
                Field field = Field.bytes(Base.PACKET, offset + begin, end - begin);
                words.add(
                        new Condition.Compare(
                                field,
                                wordMask >>> unasked,
                                Relation.EQUAL,
                                (wordValue & wordMask) >>> unasked));
            }
        }
        return new Condition.And(words);
    }

    /** The bits of a byte: those that are 1, or those that a question mark does not hide. */
    private static int bits(String hex, int at, boolean known) {
        int bits = 0;
        for (char c : new char[] {hex.charAt(2 * at), hex.charAt(2 * at + 1)}) {
            int digit = c == '?' ? 0 : Character.digit(c, 16);
            bits = bits << 4 | (known ? (c == '?' ? 0 : 0xf) : digit);
        }
        return bits;
    }
}
