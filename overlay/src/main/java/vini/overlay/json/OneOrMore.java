package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** One value, or a list of one to sixteen. */
public class OneOrMore<T> implements Kind<List<T>> {
    private static final int MOST = 16;

    private final ListKind<T> list;

    public OneOrMore(Kind<T> kind) {
        this.list = new ListKind<>(kind, new ListKind.Count(1, MOST), true);
    }

    @Override
    public @Nullable List<T> read(Place place) {
        return list.read(place);
    }

    @Override
    public JsonNode write(List<T> values) {
        return list.write(values);
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return list.schema(schemas);
    }
}
