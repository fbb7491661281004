package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a compound element: {@code $a, KEY $b, __REST__ $rest}. */
record Formals(List<Formal> all) {
    static final String REST = "__REST__";

    /**
     * A parameter.
     *
     * @param keyword empty for a positional one
     * @param variable its name without the dollar sign
     */
    record Formal(String keyword, String variable) {
        @Override
        public String toString() {
            return (keyword.isEmpty() ? "" : keyword + " ") + "$" + variable;
        }
    }

    /** Gives each parameter its argument; null if one of them, or an argument, is left. */
    @Nullable Map<String, String> bind(List<String> arguments) {
        boolean rest = !all.isEmpty() && all.getLast().keyword.equals(REST);
        int named = rest ? all.size() - 1 : all.size();
        if (arguments.size() < named || arguments.size() > named && !rest) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        List<String> left = new ArrayList<>(arguments);
        // Positional parameters come first, and take what is there, be it a keyword or not.
        int positional = positional();
        for (int i = 0; i < positional; i++) {
            values.put(all.get(i).variable, arguments.get(i));
        }
        left.subList(0, positional).clear();
        for (Formal formal : all.subList(positional, named)) {
            String value = take(formal.keyword, left);
            if (value == null) {
                return null;
            }
            values.put(formal.variable, value);
        }
        if (rest) {
            values.put(all.getLast().variable, String.join(", ", left));
        }
        return rest || left.isEmpty() ? values : null;
    }

    /** What a message says of arguments that cannot be bound, in the words of Click's manual. */
    String mismatch(List<String> arguments) {
        String takes = "; it takes " + (all.isEmpty() ? "none" : this);
        if (arguments.size() < positional()) {
            return "too few arguments" + takes;
        }
        List<String> left = new ArrayList<>(arguments.subList(positional(), arguments.size()));
        for (Formal formal : all.subList(positional(), all.size())) {
            if (!formal.keyword.equals(REST) && take(formal.keyword, left) == null) {
                return "missing '" + formal.keyword + "' parameter";
            }
        }
        return "too many arguments" + takes;
    }

    private int positional() {
        int count = 0;
        while (count < all.size() && all.get(count).keyword.isEmpty()) {
            count++;
        }
        return count;
    }

    private static @Nullable String take(String keyword, List<String> left) {
        for (int i = 0; i < left.size(); i++) {
            String argument = left.get(i);
            if (argument.startsWith(keyword)) {
                String value = argument.substring(keyword.length());
                if (value.isEmpty() || Character.isWhitespace(value.charAt(0))) {
                    left.remove(i);
                    return value.strip();
                }
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return String.join(", ", all.stream().map(Formal::toString).toList());
    }
}
