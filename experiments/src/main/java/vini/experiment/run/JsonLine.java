package vini.experiment.run;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/** One line of a {@code .jsonl} file, written without a tree: thousands of them come at once. */
final class JsonLine {
    private final StringBuilder out = new StringBuilder(120).append('{');

    JsonLine text(String key, String value) {
        key(key);
        quoted(value);
        return this;
    }

    /** Leaves the key out when there is no value. */
    JsonLine optional(String key, @Nullable String value) {
        return value == null ? this : text(key, value);
    }

    /** Leaves the key out when there is no value. */
    JsonLine optional(String key, @Nullable Integer value) {
        if (value != null) {
            key(key);
            out.append(value.intValue());
        }
        return this;
    }

    /** Leaves the key out when there are none. */
    JsonLine texts(String key, List<String> values) {
        if (values.isEmpty()) {
            return this;
        }
        key(key);
        list(values);
        return this;
    }

    /** Leaves the key out when there are none. */
    JsonLine lists(String key, List<List<String>> values) {
        if (values.isEmpty()) {
            return this;
        }
        key(key);
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            list(values.get(i));
        }
        out.append(']');
        return this;
    }

    private void list(List<String> values) {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            quoted(values.get(i));
        }
        out.append(']');
    }

    /** Seconds to the microsecond; null stays null. */
    JsonLine seconds(String key, @Nullable Double value) {
        key(key);
        out.append(value == null ? "null" : String.format(Locale.ROOT, "%.6f", value));
        return this;
    }

    String end() {
        return out.append('}').toString();
    }

    private void key(String key) {
        if (out.length() > 1) {
            out.append(',');
        }
        quoted(key);
        out.append(':');
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
