package vini.overlay.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A value of a JSON file that knows where it stands. */
public sealed interface JsonValue {
    Position at();

    /** The value as a message shows it: short, on one line. */
    String shown();

    /** The same value without places. */
    JsonNode plain();

    /** An object; members in the order of the file. */
    record Struct(Position at, Map<String, Member> members) implements JsonValue {
        @Override
        public String shown() {
            return "an object";
        }

        @Override
        public JsonNode plain() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            members.forEach((key, member) -> node.set(key, member.value().plain()));
            return node;
        }
    }

    /** A member of an object, with the place of its key. */
    record Member(Position keyAt, JsonValue value) {}

    /** A list. */
    record Items(Position at, List<JsonValue> items) implements JsonValue {
        @Override
        public String shown() {
            return "a list";
        }

        @Override
        public JsonNode plain() {
            ArrayNode node = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> node.add(item.plain()));
            return node;
        }
    }

    /** A string. */
    record Text(Position at, String text) implements JsonValue {
        @Override
        public String shown() {
            return Shown.quoted(text);
        }

        @Override
        public JsonNode plain() {
            return JsonNodeFactory.instance.stringNode(text);
        }
    }

    /** A number of any size, as it was written. */
    record Figure(Position at, BigDecimal value, String written) implements JsonValue {
        @Override
        public String shown() {
            return Shown.cut(written);
        }

        @Override
        public JsonNode plain() {
            return JsonNodeFactory.instance.numberNode(value);
        }
    }

    /** True or false. */
    record Truth(Position at, boolean value) implements JsonValue {
        @Override
        public String shown() {
            return Boolean.toString(value);
        }

        @Override
        public JsonNode plain() {
            return JsonNodeFactory.instance.booleanNode(value);
        }
    }

    /** The JSON word null. */
    record Nothing(Position at) implements JsonValue {
        @Override
        public String shown() {
            return "null";
        }

        @Override
        public JsonNode plain() {
            return JsonNodeFactory.instance.nullNode();
        }
    }
}
