package vini.experiment.probe;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.LinkRow;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.topology.LinkName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What links carry, and how long their queues are.
 *
 * @param links which; null: all
 */
@Called("links")
@Doc("What links carry, and how long their queues are.")
public record LinksSpec(
        @Doc("Time between two looks at the links.")
                @Bounds(min = "10ms", max = "60s")
                @Default("100ms")
                Duration every,
        @Doc("The links, each by its two nodes; all if absent.") @Nullable List<LinkName> links)
        implements ProbeSpec {
    public LinksSpec {
        links = links == null ? null : List.copyOf(links);
    }

    @Override
    public List<String> figures() {
        List<String> figures =
                new ArrayList<>(
                        List.of("phases", "phases[].from_s", "phases[].to_s", "phases[].after"));
        for (String where : List.of("", "phases[].")) {
            for (String figure :
                    List.of("busiest", "utilisation_peak", "mbps_peak", "queue_max", "dropped")) {
                figures.add(where + figure);
            }
            figures.add(where + "links");
            figures.add(where + "links.*");
            for (String figure :
                    List.of(
                            "packets",
                            "bytes",
                            "dropped",
                            "queue_max",
                            "mbps_mean",
                            "mbps_peak",
                            "utilisation_mean",
                            "utilisation_peak",
                            "peak_s")) {
                figures.add(where + "links.*." + figure);
            }
        }
        return List.copyOf(figures);
    }

    @Override
    public List<String> head() {
        return List.of(LinkRow.HEADER);
    }

    @Override
    public RunningProbe start(ProbeStart start) {
        return new LinksProbe(start, this);
    }

    /** Makes it known. */
    @AutoService(ProbeType.class)
    public static final class Type implements ProbeType {
        @Override
        public String key() {
            return "links";
        }

        @Override
        public Class<LinksSpec> form() {
            return LinksSpec.class;
        }
    }
}
