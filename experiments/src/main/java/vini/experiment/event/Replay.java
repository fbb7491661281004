package vini.experiment.event;

import com.google.auto.service.AutoService;

import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.ReadBy;
import vini.overlay.topology.LinkName;
import vini.overlay.world.FailureMode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Links fail and work again as somebody has recorded it. */
@Called("replay")
@Doc("Links fail and work again as it was recorded; at the event's end all of them work.")
public record Replay(
        @Doc(
                        "A list, or a file: lines of time, link and up or down, as in"
                                + " \"12.5,dnvr-kscy,down\", or events.jsonl of a run.")
                @ReadBy(RecordedChanges.class)
                List<RecordedChange> changes)
        implements Event {
    public Replay {
        changes = List.copyOf(changes);
    }

    @Override
    public String words() {
        return "replay of " + changes.size() + " changes";
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void plan(Script script) {
        Set<LinkName> links = new LinkedHashSet<>();
        Map<RecordedChange.Becomes, FailureMode> modes = new LinkedHashMap<>();
        modes.put(RecordedChange.Becomes.DOWN, FailureMode.DOWN);
        modes.put(RecordedChange.Becomes.SILENT, FailureMode.SILENT);
        modes.put(RecordedChange.Becomes.ONEWAY, FailureMode.ONEWAY);
        for (RecordedChange change : changes) {
            List<LinkName> link = List.of(change.link());
            FailureMode mode = modes.get(change.becomes());
            links.add(change.link());
            script.at(
                    change.at().toNanos(),
                    mode == null
                            ? Failures.restore(link, script.cause())
                            : Failures.fail(
                                    link,
                                    mode,
                                    script.cause(),
                                    "fail " + change.link() + Failures.manner(mode)));
        }
        script.end(Failures.restore(new ArrayList<>(links), script.cause()));
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return "replay";
        }

        @Override
        public Class<Replay> form() {
            return Replay.class;
        }
    }
}
