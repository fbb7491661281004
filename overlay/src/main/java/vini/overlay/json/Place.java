package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A value in a file while it is read: where it stands, under which key, and which names are known.
 *
 * @param label the nearest key above the value; empty at the root
 */
public record Place(JsonFile file, JsonValue value, String label, Scope scope) {
    /** Reports a mistake in this value: {@code "key": text}. */
    public void wrong(String text) {
        file.wrong(value.at(), label.isEmpty() ? text : Shown.quoted(label) + ": " + text);
    }

    /** Reports a mistake in words of its own. */
    public void wrongPlain(String text) {
        file.wrong(value.at(), text);
    }

    public void note(String text) {
        file.problems().note(file.shown(), value.at(), text);
    }

    /** The member of that key; null if this is no object or has no such key. */
    public @Nullable Place member(String key) {
        if (value instanceof JsonValue.Struct struct) {
            JsonValue.Member member = struct.members().get(key);
            return member == null ? null : new Place(file, member.value(), key, scope);
        }
        return null;
    }

    /** The members of an object, in the order of the file; empty if this is none. */
    public List<Place> members() {
        List<Place> places = new ArrayList<>();
        if (value instanceof JsonValue.Struct struct) {
            struct.members()
                    .forEach((k, member) -> places.add(new Place(file, member.value(), k, scope)));
        }
        return places;
    }

    /** The items of a list; empty if this is none. */
    public List<Place> items() {
        List<Place> places = new ArrayList<>();
        if (value instanceof JsonValue.Items list) {
            for (JsonValue item : list.items()) {
                places.add(new Place(file, item, label, scope));
            }
        }
        return places;
    }

    /** Follows keys and indexes; where the path leads nowhere, the last place that was there. */
    public Place at(Object... path) {
        Place place = this;
        for (Object step : path) {
            Place next = null;
            if (step instanceof String key) {
                next = place.member(key);
            } else if (step instanceof Integer index && index < place.items().size()) {
                next = place.items().get(index);
            }
            if (next == null) {
                return place;
            }
            place = next;
        }
        return place;
    }

    /** The same place, whose mistakes go nowhere. */
    public Place quietly() {
        return new Place(
                new JsonFile(file.shown(), file.folder(), new Problems()), value, label, scope);
    }

    public Place within(Scope other) {
        return new Place(file, value, label, other);
    }
}
