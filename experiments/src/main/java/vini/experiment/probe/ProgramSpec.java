package vini.experiment.probe;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.RunFolder;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Range;
import vini.overlay.json.ReadBy;
import vini.overlay.json.Ref;
import vini.overlay.json.WrongKey;
import vini.overlay.world.OutsideHost;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real program. One that does not serve is to end by itself, with the wanted status; one that
 * serves is to run until it is asked to end.
 *
 * @param until when it is asked to end; null: at the end of the run, and one that serves only after
 *     all others have ended
 * @param status that it is to end with; null: 0
 * @param files the texts of files that it finds in its working folder, by name
 */
@Called("program")
@Doc("A real program on a kernel host or an outside host.")
public record ProgramSpec(
        @Doc("The node or outside host on which it runs.") @Ref({"node", OutsideHost.SORT})
                String on,
        @Doc("The program, which is looked up as a shell does it, and its arguments.")
                @Range(min = 1, max = 1000)
                List<String> command,
        @Doc("When it starts.") @Bounds(max = "168h") @Default("0s") Duration at,
        @Doc("When it is asked to end if it still runs; at the end of the run if absent.")
                @Bounds(max = "168h")
                @Nullable Duration until,
        @Doc("Whether it is to run until it is asked to end, as servers do.") @Default("false")
                boolean serves,
        @Doc("The exit status that it is to end with; 0 if absent.") @Range(max = 255)
                @Nullable Integer status,
        @Doc("Files in its working folder by name: a path from this file's folder, or a text.")
                @ReadBy(ProgramFiles.class)
                @Default("{}")
                Map<String, String> files)
        implements ProbeSpec {
    public ProgramSpec {
        command = List.copyOf(command);
        if (command.getFirst().isEmpty()) {
            throw new WrongKey("command", "the first is the program's name, and must not be empty");
        }
        if (until != null && until.compareTo(at) <= 0) {
            throw new WrongKey("until", "not after \"at\"; write a later time");
        }
        if (serves && status != null) {
            throw new WrongKey(
                    "status", "a program that serves ends when it is asked to; leave this out");
        }
    }

    @Override
    public List<String> figures() {
        return List.of("status", "from_s", "to_s", "duration_s", "lines");
    }

    @Override
    public String file(String probe) {
        return RunFolder.jsonl(probe);
    }

    @Override
    public List<String> head() {
        return List.of();
    }

    @Override
    public RunningProbe start(ProbeStart start) throws IOException {
        return new ProgramProbe(start, this);
    }

    /** Makes it known. */
    @AutoService(ProbeType.class)
    public static final class Type implements ProbeType {
        @Override
        public String key() {
            return "program";
        }

        @Override
        public Class<ProgramSpec> form() {
            return ProgramSpec.class;
        }
    }
}
