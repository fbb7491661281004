package vini.overlay.json;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** JSON Schema (2020-12) from the kinds that read the files; shared parts go to {@code $defs}. */
public final class Schemas {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, ObjectNode> shared = new TreeMap<>();

    private Schemas() {}

    /** The schema of files that this kind reads, as text that ends with a newline. */
    public static String of(Kind<?> root, String title) {
        Schemas schemas = new Schemas();
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema").put("title", title);
        schema.setAll(root.schema(schemas));
        ObjectNode defs = schema.putObject("$defs");
        schemas.shared.forEach(defs::set);
        return pretty(schema);
    }

    /** Indented by two spaces, lists too, newline at the end. */
    public static String pretty(JsonNode node) {
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter(
                                Separators.createDefaultInstance()
                                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                                        .withObjectEmptySeparator("")
                                        .withArrayEmptySeparator(""))
                        .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                        .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        return JSON.writer().with(printer).writeValueAsString(node) + "\n";
    }

    /** A reference to a part that is described once, under that name. */
    public ObjectNode shared(String name, Supplier<ObjectNode> schema) {
        if (!shared.containsKey(name)) {
            shared.put(name, JsonNodeFactory.instance.objectNode()); // ends a recursion
            shared.put(name, schema.get());
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/$defs/" + name);
    }

    static ObjectNode text() {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }

    static ArrayNode list(String item) {
        return JsonNodeFactory.instance.arrayNode().add(item);
    }
}
