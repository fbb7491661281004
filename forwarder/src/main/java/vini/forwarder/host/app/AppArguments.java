package vini.forwarder.host.app;

import vini.net.Ipv4Address;
import vini.net.Quantity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An app's arguments, as Click writes keywords: {@code DST 10.77.0.11, EVERY 100ms}. Reading one
 * takes it; {@link #end} complains about those that nobody took. All complaints are {@link
 * IllegalArgumentException} with a sentence for the user.
 */
final class AppArguments {
    private final String app;
    private final Map<String, String> values = new TreeMap<>();
    private final List<String> known = new ArrayList<>();

    AppArguments(String app, String text) {
        this.app = app;
        for (String part : text.split(",", -1)) {
            String argument = part.strip();
            if (argument.isEmpty() && text.isBlank()) {
                continue;
            }
            int space = argument.indexOf(' ');
            if (space < 0) {
                throw wrong("\"" + argument + "\" is no argument: use KEYWORD VALUE");
            }
            String keyword = argument.substring(0, space);
            if (values.put(keyword, argument.substring(space + 1).strip()) != null) {
                throw wrong(keyword + " is there twice");
            }
        }
    }

    Ipv4Address address(String keyword) {
        return Ipv4Address.parse(required(keyword));
    }

    long nanos(String keyword, long otherwise) {
        String value = take(keyword);
        return value.isEmpty() ? otherwise : Quantity.nanos(value);
    }

    long bytes(String keyword, long otherwise, long max) {
        String value = take(keyword);
        return value.isEmpty()
                ? otherwise
                : inRange(
                        keyword,
                        Quantity.bytes(value.matches("[0-9]+") ? value + "B" : value),
                        max);
    }

    /** A whole number from 0 to {@code max}. */
    long number(String keyword, long otherwise, long max) {
        String value = take(keyword);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return inRange(keyword, Long.parseLong(value), max);
        } catch (NumberFormatException e) {
            throw wrong(keyword + " \"" + value + "\" is no whole number", e);
        }
    }

    /** Any word; empty if it is not there. */
    String word(String keyword) {
        return take(keyword);
    }

    boolean flag(String keyword) {
        String value = take(keyword);
        return switch (value) {
            case "", "false" -> false;
            case "true" -> true;
            default -> throw wrong(keyword + " \"" + value + "\" is neither true nor false");
        };
    }

    /** To be called after all others: nothing may be left. */
    void end() {
        if (!values.isEmpty()) {
            throw wrong(
                    "there is no "
                            + values.keySet().iterator().next()
                            + ", only "
                            + String.join(", ", known));
        }
    }

    private long inRange(String keyword, long value, long max) {
        if (value < 0 || value > max) {
            throw wrong(keyword + " " + value + " is outside 0-" + max);
        }
        return value;
    }

    private String required(String keyword) {
        String value = take(keyword);
        if (value.isEmpty()) {
            throw wrong(keyword + " is missing");
        }
        return value;
    }

    private String take(String keyword) {
        known.add(keyword);
        String value = values.remove(keyword);
        return value == null ? "" : value;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(app + ": " + what);
    }

    private IllegalArgumentException wrong(String what, Throwable cause) {
        return new IllegalArgumentException(app + ": " + what, cause);
    }
}
