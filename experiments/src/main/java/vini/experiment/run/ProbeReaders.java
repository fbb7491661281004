package vini.experiment.run;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The readers of all types of probes. */
final class ProbeReaders {
    private final SortedMap<String, ProbeReader> byKey = new TreeMap<>();

    ProbeReaders() {
        for (ProbeReader reader :
                ServiceLoader.load(ProbeReader.class, ProbeReader.class.getClassLoader())) {
            byKey.put(reader.key(), reader);
        }
    }

    /** The reader of a probe as an experiment has it; null if it is of no known type. */
    @Nullable ProbeReader of(JsonNode probe) {
        for (ProbeReader reader : byKey.values()) {
            if (probe.has(reader.key())) {
                return reader;
            }
        }
        return null;
    }
}
