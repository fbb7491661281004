package vini.forwarder.elements.ip;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Reads a command as a router writes it, {@code set PREFIX GATEWAY OUTPUT}, without making an
 * object for it: a full table has a million. The prefix is read by who knows its kind; where a
 * route leads to is remembered as it was written. What is written in another way is not understood,
 * and left to a reader that takes its time.
 */
public final class RouteLine {
    /** Powers of two: how many ways are remembered, at first and at most. */
    private static final int KNOWN_MIN = 1 << 4;

    private static final int KNOWN_MAX = 1 << 10;

    /** So many may have the same hash. */
    private static final int NEAR = 4;

    /** Where a route leads to, as it was written lately, and its way's number then. */
    private @Nullable String[] known = {};

    private int[] numbers = {};

    private String text = "";
    private int at;
    private int end;
    private boolean remove;
    private boolean add;
    private int hash;

    /** Forgets all ways: numbers may mean others from now on. */
    public void forget() {
        Arrays.fill(known, null);
    }

    /** Lets go of the text, which may be long. */
    public void end() {
        text = "";
    }

    public boolean isRemove() {
        return remove;
    }

    /** Whether it is {@code add}, which refuses what is there; else it may be {@code set}. */
    public boolean isAdd() {
        return add;
    }

    /** Reads the verb of the command from {@code from} to {@code to}; false if it has none. */
    public boolean begin(String from, int begin, int to) {
        text = from;
        end = to;
        add = from.startsWith("add ", begin);
        remove = from.startsWith("remove ", begin);
        at = begin + (remove ? 7 : 4);
        return add || remove || from.startsWith("set ", begin);
    }

    /** Reads what follows the prefix: a way, or nothing if it is a removal. */
    public boolean finish() {
        if (remove) {
            return at == end;
        }
        return skip(' ') && readWay();
    }

    /** Only what may be numbers: what a name means may depend on who asks. */
    private boolean readWay() {
        hash = 0;
        for (int i = at; i < end; i++) {
            char c = text.charAt(i);
            if (digit(c) > 0xf && c != '.' && c != ':' && c != '|' && c != ' ' && c != '-') {
                return false;
            }
            hash = hash * 31 + c;
        }
        hash ^= hash >>> 10;
        return at < end;
    }

    private static int digit(char c) {
        if (c <= '9') {
            return c >= '0' ? c - '0' : Integer.MAX_VALUE;
        }
        int letter = (c | 0x20) - 'a';
        return letter >= 0 && letter < 6 ? 10 + letter : Integer.MAX_VALUE;
    }

    /** Passes over a character; false if another one stands there. */
    public boolean skip(char wanted) {
        if (at < end && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads a number of at most so many digits; -1 if none stands there. */
    public int number(int digits, int radix) {
        int value = 0;
        int from = at;
        while (at < end && at < from + digits) {
            int digit = digit(text.charAt(at));
            if (digit >= radix) {
                break;
            }
            value = value * radix + digit;
            at++;
        }
        return at == from ? -1 : value;
    }

    /** The number of the way of what was read, or 0 if it is not known. */
    public int way() {
        if (known.length == 0) {
            return 0;
        }
        int home = home();
        for (int i = home; i < home + NEAR; i++) {
            String candidate = known[i];
            if (candidate != null
                    && candidate.length() == end - at
                    && text.startsWith(candidate, at)) {
                return numbers[i];
            }
        }
        return 0;
    }

    private int home() {
        return hash & known.length - NEAR - 1;
    }

    /** What was read leads to the way of that number. */
    public void know(int number) {
        if (known.length == 0) {
            room(KNOWN_MIN);
        }
        int place = home();
        int last = place + NEAR - 1;
        while (place < last && known[place] != null) {
            place++;
        }
        if (known[place] != null && known.length - NEAR < KNOWN_MAX) {
            room(2 * (known.length - NEAR));
            place = home();
        }
        known[place] = text.substring(at, end);
        numbers[place] = number;
    }

    /** Begins anew with room for so many; what was known is soon known again. */
    private void room(int ways) {
        known = new @Nullable String[ways + NEAR];
        numbers = new int[ways + NEAR];
    }
}
