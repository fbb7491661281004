package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.overlay.importer.Format;
import vini.overlay.importer.Imported;
import vini.overlay.importer.Imports;
import vini.overlay.importer.Notes;
import vini.overlay.json.Suggestion;
import vini.overlay.json.TextKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;

/** Makes a topology of another program's file. */
@Command(
        name = "import",
        header = "Make a topology of a file in another format, or of routers' configurations.",
        description = {
            "%nThe format is recognised by what is in the file. What a topology cannot hold is"
                    + " listed on standard error; coordinates become delays (fibre along the great"
                    + " circle). A schedule of failures becomes an experiment beside the topology."
        },
        footer = {
            "",
            "  vini import Geant2010.gml -o topologies/geant.json",
            "  vini import lab.clab.yml | jq .nodes",
            "  vini import lab.ns -o lab.json          makes lab-schedule.json as well",
            "  vini import configs/ -o office.json     a folder with a file per router",
            "",
            "Exit status: 0 good, 2 the file is wrong, or one is in the way, 3 not writable."
        })
final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Environment environment;

    @Parameters(paramLabel = "FILE", description = "What is imported: a file, or a folder of them.")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description = "The topology file to write; default: standard output.")
    private @Nullable Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = FormatNames.class,
            description = "What it is, if that cannot be seen: ${COMPLETION-CANDIDATES}.")
    private @Nullable String format;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the topology is called; default: as in the file.")
    private @Nullable String name;

    @Option(names = "--force", description = "Write over a file that is there.")
    private boolean force;

    @Option(names = "--json", description = "Print counts and notes as JSON.")
    private boolean json;

    /** What {@code --format} takes. */
    static final class FormatNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Imports.FORMATS.stream().map(Format::name).iterator();
        }
    }

    ImportCommand(Terminal terminal, Environment environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (name != null && !TextKind.isName(name)) {
            throw CommandException.wrongInput("--name: " + TextKind.notAName(name));
        }
        Imported imported = Imports.read(file, format(), name);
        Path schedule = schedule(imported);
        if (out != null) {
            refuseToOverwrite(out);
            if (schedule != null) {
                refuseToOverwrite(schedule);
            }
            write(out, imported.text(SchemaPath.from(out, "topology")));
            if (schedule != null) {
                write(
                        schedule,
                        imported.schedule(
                                SchemaPath.from(schedule, "experiment"),
                                String.valueOf(out.getFileName())));
            }
        } else if (!json) {
            terminal.out().print(imported.text(""));
            terminal.out().flush();
        }
        if (json) {
            terminal.out().println(json(imported, schedule).toPrettyString());
        } else {
            imported.notes().forEach(note -> terminal.complain("note: " + note));
            terminal.complain(summary(imported, schedule));
        }
        return Exit.GOOD.status();
    }

    private @Nullable Format format() {
        if (format == null) {
            return null;
        }
        Format known = Imports.format(format);
        if (known == null) {
            List<String> names = Imports.FORMATS.stream().map(Format::name).toList();
            throw CommandException.wrongInput(
                    "--format: \""
                            + format
                            + "\" is none of "
                            + String.join(", ", names)
                            + Suggestion.didYouMean(format, names));
        }
        return known;
    }

    /** Beside the topology; null if there is no schedule, or no file to put it beside. */
    private @Nullable Path schedule(Imported imported) {
        if (out == null || imported.events() == 0) {
            return null;
        }
        String stem = String.valueOf(out.getFileName()).replaceAll("\\.json$", "");
        return out.resolveSibling(stem + "-schedule.json");
    }

    private void refuseToOverwrite(Path path) {
        if (!force && Files.exists(path)) {
            throw CommandException.wrongInput(
                    path + " is there already; nothing was written (--force writes over it)");
        }
    }

    private void write(Path path, String text) throws IOException {
        Path folder = path.getParent();
        if (folder != null) {
            var _ = SudoUser.createDirectories(folder, environment.variables());
        }
        Files.writeString(path, text);
        SudoUser.own(path, environment.variables());
    }

    private String summary(Imported imported, @Nullable Path schedule) {
        int notes = imported.notes().size();
        String line =
                file
                        + ": "
                        + imported.format().title()
                        + ", "
                        + count(imported.topology().nodes().size(), "node")
                        + ", "
                        + count(imported.topology().links().size(), "link")
                        + ", "
                        + (imported.parts() == 1 ? "connected" : imported.parts() + " parts")
                        + (notes == 0 ? "" : ", " + count(notes, "note"));
        if (schedule != null) {
            return line + "; " + count(imported.events(), "event") + " in " + schedule;
        }
        return imported.events() == 0
                ? line
                : line + "; " + count(imported.events(), "event") + " (-o writes an experiment)";
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private ObjectNode json(Imported imported, @Nullable Path schedule) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("file", file.toString())
                .put("format", imported.format().name())
                .put("name", imported.topology().name())
                .put("nodes", imported.topology().nodes().size())
                .put("links", imported.topology().links().size())
                .put("parts", imported.parts())
                .put("events", imported.events());
        ArrayNode notes = result.putArray("notes");
        for (Notes.Note note : imported.notes()) {
            ObjectNode each = notes.addObject().put("text", note.text()).put("count", note.count());
            note.things().forEach(each.putArray("things")::add);
            each.put("others", note.others());
        }
        if (out == null) {
            result.set("topology", JsonMapper.shared().readTree(imported.text("")));
        } else {
            result.put("topology", out.toString());
            result.put("schedule", schedule == null ? null : schedule.toString());
        }
        return result;
    }
}
