package vini.experiment.probe;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.overlay.json.JsonValue;
import vini.overlay.json.Kind;
import vini.overlay.json.Place;
import vini.overlay.json.Schemas;
import vini.overlay.json.Shown;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files that a program finds in its working folder, by name: each is the path of a file, seen
 * from the experiment's, or the text itself as {@code {"text": "..."}}, which is how a run folder
 * keeps it.
 */
final class ProgramFiles implements Kind<Map<String, String>> {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    private static final int FILES_MAX = 100;
    private static final long BYTES_MAX = 1 << 20;
    private static final String TEXT = "text";

    @Override
    public @Nullable Map<String, String> read(Place place) {
        if (!(place.value() instanceof JsonValue.Struct struct)) {
            place.wrong(place.value().shown() + " is not an object {\"name\": \"path\", ...}");
            return null;
        }
        if (struct.members().size() > FILES_MAX) {
            place.wrong(struct.members().size() + " files; write at most " + FILES_MAX);
            return null;
        }
        Map<String, String> files = new LinkedHashMap<>();
        struct.members()
                .keySet()
                .forEach(
                        name -> {
                            String text = one(place.at(name));
                            if (!name.matches(NAME)) {
                                place.at(name)
                                        .wrongPlain(
                                                Shown.quoted(name)
                                                        + " is not the name of a file: use 1-64 of"
                                                        + " A-Z, a-z, 0-9, ., _ and -");
                            } else if (text != null) {
                                files.put(name, text);
                            }
                        });
        return files.size() == struct.members().size() ? Collections.unmodifiableMap(files) : null;
    }

    private static @Nullable String one(Place place) {
        if (place.value() instanceof JsonValue.Text path) {
            return content(place, path.text());
        }
        Place text = place.member(TEXT);
        if (text != null
                && text.value() instanceof JsonValue.Text content
                && place.value() instanceof JsonValue.Struct struct
                && struct.members().size() == 1) {
            return content.text();
        }
        place.wrong(place.value().shown() + " is neither a path nor {\"text\": \"...\"}");
        return null;
    }

    private static @Nullable String content(Place place, String written) {
        try {
            Path path = place.file().folder().resolve(written).normalize();
            if (!Files.isRegularFile(path)) {
                place.wrong(
                        "there is no file "
                                + written
                                + " (paths start from the experiment's folder)");
                return null;
            }
            if (Files.size(path) > BYTES_MAX) {
                place.wrong(written + " is larger than 1 MB");
                return null;
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (InvalidPathException e) {
            place.wrong(place.value().shown() + " is no path");
        } catch (CharacterCodingException e) {
            place.wrong(written + " is no text in UTF-8");
        } catch (IOException e) {
            place.wrong(written + " cannot be read: " + e.getMessage());
        }
        return null;
    }

    @Override
    public JsonNode write(Map<String, String> files) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        files.forEach((name, text) -> object.putObject(name).put(TEXT, text));
        return object;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("propertyNames").put("pattern", "^" + NAME + "$");
        schema.put("maxProperties", FILES_MAX);
        var either = schema.putObject("additionalProperties").putArray("oneOf");
        either.addObject().put("type", "string");
        ObjectNode inline = either.addObject().put("type", "object");
        inline.putObject("properties").putObject(TEXT).put("type", "string");
        inline.putArray("required").add(TEXT);
        inline.put("additionalProperties", false);
        return schema;
    }
}
