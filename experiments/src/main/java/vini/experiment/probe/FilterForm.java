package vini.experiment.probe;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.forwarder.capture.CaptureFilter;
import vini.forwarder.filter.FilterException;
import vini.net.Ipv4Address;
import vini.overlay.json.JsonValue;
import vini.overlay.json.Kind;
import vini.overlay.json.Place;
import vini.overlay.json.Schemas;
import vini.overlay.world.OutsideHost;

import java.util.Collection;

/** The expression that says which packets are captured; hosts may be named in it. */
final class FilterForm implements Kind<String> {
    private static final Ipv4Address SOME = Ipv4Address.parse("0.0.0.0");

    @Override
    public @Nullable String read(Place place) {
        if (!(place.value() instanceof JsonValue.Text text)) {
            place.wrong(place.value().shown() + " is no text, such as \"tcp port 80\"");
            return null;
        }
        try {
            CaptureFilter _ =
                    new CaptureFilter(text.text(), name -> isHost(place, name) ? SOME : null);
            return text.text();
        } catch (FilterException e) {
            place.wrong(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static boolean isHost(Place place, String name) {
        return has(place.scope().names("node"), name)
                || has(place.scope().names(OutsideHost.SORT), name);
    }

    private static boolean has(@Nullable Collection<String> names, String name) {
        return names != null && names.contains(name);
    }

    @Override
    public JsonNode write(String filter) {
        return JsonNodeFactory.instance.stringNode(filter);
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }
}
