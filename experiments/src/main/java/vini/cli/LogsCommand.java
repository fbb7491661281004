package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vini.overlay.host.StateRoot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Shows what the processes of a slice have logged. */
@Command(
        name = "logs",
        header = "Show what the processes of a slice have logged.",
        footer = {
            "",
            "  vini logs abilene",
            "  vini logs abilene router --lines 200 --follow",
            "",
            "Exit status: 0 good, 2 no such slice or process."
        })
final class LogsCommand implements Callable<Integer> {
    private static final int POLL_MS = 200;
    private static final int TAIL_BYTES_MAX = 1 << 20;
    private static final String SUFFIX = ".log";

    private final Terminal terminal;
    private final Slices slices;

    @Parameters(index = "0", paramLabel = "SLICE", description = "A slice, running or killed.")
    private String slice = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PROCESS",
            description = "keeper, forwarder or router; default: each.")
    private @Nullable String process;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "The last N of each; default ${DEFAULT-VALUE}.")
    private int lines = 40;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is added, until Ctrl-C.")
    private boolean follow;

    LogsCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Path> files = files(folder());
        long[] read = new long[files.size()];
        for (int i = 0; i < read.length; i++) {
            read[i] = Files.size(files.get(i));
            tail(files.get(i), read[i]).forEach(terminal::say);
        }
        while (follow && Files.isDirectory(folder())) {
            for (int i = 0; i < read.length; i++) {
                read[i] = more(files.get(i), read[i]);
            }
            Thread.sleep(POLL_MS);
        }
        return Exit.GOOD.status();
    }

    /** The logs of a killed slice are worth most, so it need not run. */
    private Path folder() throws IOException {
        StateRoot root = slices.root();
        Path folder = root.folder(slice);
        boolean known = root.slices().stream().anyMatch(s -> s.name().equals(slice));
        return known && Files.isDirectory(folder) ? folder : slices.folder(slice);
    }

    private List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> logs =
                    entries.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
            if (process == null) {
                return logs;
            }
            Path wanted = folder.resolve(process + SUFFIX);
            if (!logs.contains(wanted)) {
                throw CommandException.wrongInput(
                        slice
                                + " has no log of \""
                                + process
                                + "\"; there is "
                                + String.join(", ", logs.stream().map(LogsCommand::name).toList()));
            }
            return List.of(wanted);
        }
    }

    private static String name(Path log) {
        String file = String.valueOf(log.getFileName());
        return file.substring(0, file.length() - SUFFIX.length());
    }

    private List<String> tail(Path log, long size) throws IOException {
        long from = Math.max(0, size - TAIL_BYTES_MAX);
        List<String> all = read(log, from, size).lines().toList();
        return all.subList(Math.max(0, all.size() - Math.max(0, lines)), all.size());
    }

    private long more(Path log, long from) throws IOException {
        long size = Files.exists(log) ? Files.size(log) : from;
        if (size > from) {
            terminal.out().print(read(log, from, size));
            terminal.out().flush();
        }
        return size;
    }

    private static String read(Path log, long from, long to) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(to - from)];
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            file.readFully(bytes);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
