package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import vini.forwarder.ConfigException;
import vini.forwarder.ElementClasses;
import vini.forwarder.ElementManual;
import vini.forwarder.HandlerException;
import vini.forwarder.io.ClickRun;
import vini.forwarder.lang.GraphText;
import vini.forwarder.lang.Parser;
import vini.forwarder.lang.Spelling;
import vini.overlay.json.Shown;
import vini.time.Seed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs one Click text by itself, as Click's user-level driver does. */
@Command(
        name = "click",
        header = "Run a Click configuration, as Click's own user-level driver does.",
        description = {
            "",
            "FILE is the configuration; without one (or with -) it is read from standard input."
                + " NAME=VALUE gives a variable of it a value. The graph runs until it says that it"
                + " is over, or until Ctrl-C; then the handlers of -h are read and printed."
        },
        footer = {
            "",
            "  vini click router.click",
            "  vini click -e 'InfiniteSource(LIMIT 5, STOP true) -> c :: Counter -> Discard;' -h"
                    + " c.count",
            "  vini click --simtime shaper.click RATE=1Mbps -h '*.count' -h '*.drops'",
            "  vini click -p 7777 router.click       then: echo 'READ list' | nc localhost 7777",
            "  vini click --flatten router.click",
            "  vini click --svg router.click > router.svg",
            "  vini click --help RadixIPLookup       the manual of an element",
            "",
            "Exit status: 0 good, 2 the configuration is wrong, 3 the machine cannot,",
            "4 packets were lost without a reason: a fault of an element."
        })
final class ClickCommand implements Callable<Integer> {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$?([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
    private static final int THREADS_MAX = 64;
    private static final long CHARACTERS_MAX = 64L << 20;

    private final Terminal terminal;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|NAME=VALUE",
            description = "The configuration, and values of its variables.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The configuration.")
    private @Nullable String file;

    @Option(
            names = {"-e", "--expression"},
            paramLabel = "TEXT",
            description = "The configuration itself.")
    private @Nullable String expression;

    @Option(
            names = {"-h", "--handler"},
            paramLabel = "[ELEMENT.]HANDLER",
            description =
                    "Read and print this handler at the end; ELEMENT may be a pattern, or a class.")
    private List<String> handlers = new ArrayList<>();

    @Option(
            names = {"-x", "--exit-handler"},
            paramLabel = "[ELEMENT.]HANDLER",
            description =
                    "Read this handler at the end: a number, or true (0) or false (1), is"
                            + " the exit status.")
    private @Nullable String exitHandler;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Serve the handlers on this TCP port of the loopback.")
    private List<Integer> ports = new ArrayList<>();

    @Option(
            names = {"-u", "--unix-socket"},
            paramLabel = "FILE",
            description = "Serve the handlers on this Unix socket.")
    private List<Path> sockets = new ArrayList<>();

    @Option(
            names = {"-R", "--allow-reconfigure"},
            description = "Add the handler hotconfig: write a new configuration to it.")
    private boolean reconfigurable;

    @Option(
            names = {"-q", "--quit"},
            description = "Start the graph, but do not run it.")
    private boolean quit;

    @Option(
            names = {"-t", "--time"},
            description = "Say how long it ran.")
    private boolean time;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write the configuration without compound elements; - is standard output.")
    private @Nullable String output;

    @Option(names = "--flatten", description = "The same to standard output, and stop.")
    private boolean flatten;

    @Option(names = "--check", description = "Say what is wrong with it, and stop.")
    private boolean check;

    @Option(names = "--dot", description = "Print the graph for Graphviz, and stop.")
    private boolean dot;

    @Option(names = "--svg", description = "Print the graph as an SVG picture, and stop.")
    private boolean svg;

    @Option(
            names = "--simtime",
            description = "Run in virtual time: no waiting, no devices, the same each time.")
    private boolean simtime;

    @Option(
            names = {"-j", "--threads"},
            paramLabel = "N",
            description = "Run on N threads, as StaticThreadSched says (default: 1).")
    private int threads = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What chance is made of (default: 1).")
    private long seed = 1;

    @Option(
            names = "--trace",
            paramLabel = "N",
            description = "Print the way of the first N packets, element by element.")
    private int trace;

    @Option(
            names = "--help",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "ELEMENT",
            description = "Say what the command, or an element, does, and stop.")
    private @Nullable String help;

    ClickCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (help != null) {
            return help(help);
        }
        ClickRun.Plan plan = plan();
        try {
            if (flatten || check || dot || svg || output != null) {
                GraphText graph = Parser.parse(plan.file(), plan.text(), plan.variables());
                show(graph);
            }
            return flatten || dot || svg ? Exit.GOOD.status() : run(plan);
        } catch (ConfigException e) {
            e.problems().forEach(terminal::complain);
            int count = e.problems().size();
            terminal.complain(Shown.count(count, "mistake") + "; nothing was done");
            return Exit.WRONG_INPUT.status();
        }
    }

    private int help(String element) {
        if (element.isEmpty()) {
            spec.commandLine().usage(terminal.out());
            return Exit.GOOD.status();
        }
        String manual = ElementManual.of(element);
        if (manual == null) {
            String near = Spelling.nearest(element, ElementClasses.names());
            throw CommandException.wrongInput(
                    "there is no element class '"
                            + element
                            + "'"
                            + (near == null ? "" : "; did you mean '" + near + "'?"));
        }
        terminal.say(element + "\n\n" + manual);
        return Exit.GOOD.status();
    }

    private ClickRun.Plan plan() throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        String from = file;
        for (String word : words) {
            Matcher variable = VARIABLE.matcher(word);
            if (variable.matches()) {
                variables.put(variable.group(1), variable.group(2));
            } else if (from == null && expression == null) {
                from = word;
            } else {
                throw CommandException.wrongInput(
                        "'" + word + "' is one configuration too many, and not NAME=VALUE");
            }
        }
        if (from != null && expression != null) {
            throw CommandException.wrongInput("give a FILE or -e TEXT, not both");
        }
        if (trace < 0) {
            throw CommandException.wrongInput("--trace " + trace + " is no number of packets");
        }
        if (threads < 1 || threads > THREADS_MAX) {
            throw CommandException.wrongInput(
                    "--threads " + threads + " is outside 1-" + THREADS_MAX);
        }
        String name = expression != null ? "-e" : from == null || from.equals("-") ? "stdin" : from;
        String text = expression != null ? expression : read(name, from);
        return new ClickRun.Plan(
                name, text, variables, new Seed(seed), simtime, reconfigurable, threads, trace);
    }

    private static String read(String name, @Nullable String from) throws IOException {
        if (from == null || name.equals("stdin")) {
            return new String(System.in.readNBytes((int) CHARACTERS_MAX), StandardCharsets.UTF_8);
        }
        Path path = Path.of(from);
        if (Files.isDirectory(path)) {
            throw CommandException.wrongInput(from + " is a folder");
        }
        if (Files.size(path) > CHARACTERS_MAX) {
            throw CommandException.wrongInput(from + " has more than 64 MB");
        }
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }

    private void show(GraphText graph) throws IOException {
        if (dot) {
            terminal.out().print(graph.toDot());
        }
        if (svg) {
            terminal.out().print(graph.toSvg());
        }
        if (flatten || "-".equals(output)) {
            terminal.out().print(graph.toClick());
        } else if (output != null) {
            Files.writeString(Path.of(output), graph.toClick());
        }
        terminal.out().flush();
    }

    private int run(ClickRun.Plan plan) throws ConfigException, IOException {
        ClickRun.Output to =
                new ClickRun.Output(
                        text -> {
                            terminal.out().print(text);
                            terminal.out().flush();
                        },
                        terminal::complain);
        try (ClickRun run = new ClickRun(plan, to)) {
            if (check) {
                long ignored = run.end();
                terminal.say(plan.file() + ": " + run.elements().size() + " elements, no mistakes");
                return Exit.GOOD.status();
            }
            for (Path socket : sockets) {
                run.listen(socket);
            }
            for (int port : ports) {
                run.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
            long before = System.nanoTime();
            boolean interrupted = !quit && drive(run);
            if (time) {
                terminal.complain("%.3f s".formatted((System.nanoTime() - before) / 1e9));
            }
            boolean read = printHandlers(run);
            int wished = exitHandler == null ? 0 : exitStatus(run, exitHandler);
            long imbalance = run.imbalance();
            long leaked = run.end();
            if (imbalance != 0 || leaked != 0) {
                terminal.complain(
                        "the books do not balance: "
                                + imbalance
                                + " packets ended without a reason, "
                                + leaked
                                + " were left over");
                return Exit.OUR_FAULT.status();
            }
            return !read
                    ? Exit.WRONG_INPUT.status()
                    : interrupted ? Exit.INTERRUPTED.status() : wished;
        }
    }

    private int exitStatus(ClickRun run, String path) {
        try {
            String value = run.read(path, "").strip();
            return value.equals("true") ? 0 : value.equals("false") ? 1 : Integer.parseInt(value);
        } catch (HandlerException | NumberFormatException e) {
            terminal.complain("-x " + path + ": " + e.getMessage());
            return Exit.WRONG_INPUT.status();
        }
    }

    /** Returns whether Ctrl-C has ended it; what is printed after that is waited for. */
    private static boolean drive(ClickRun run) {
        try (var _ = Interruption.ofThisThread()) {
            run.drive();
        }
        return Thread.interrupted();
    }

    /** Prints what -h asks for; one handler is printed bare, several with their names. */
    private boolean printHandlers(ClickRun run) {
        boolean good = true;
        List<String> paths = new ArrayList<>();
        for (String handler : handlers) {
            paths.addAll(matching(run, handler));
        }
        boolean bare = handlers.size() == 1 && paths.equals(handlers);
        for (String path : paths) {
            try {
                String value = run.read(path, "");
                terminal.out().print(bare ? value : path + ":\n" + value);
                terminal.out().print(value.endsWith("\n") ? "" : "\n");
                terminal.out().print(bare ? "" : "\n");
            } catch (HandlerException e) {
                terminal.complain(String.valueOf(e.getMessage()));
                good = false;
            }
        }
        terminal.out().flush();
        return good;
    }

    private static List<String> matching(ClickRun run, String path) {
        int dot = path.lastIndexOf('.');
        String owner = dot < 0 ? "" : path.substring(0, dot);
        String handler = path.substring(dot + 1);
        if (!owner.matches(".*[*?\\[].*")) {
            List<String> ofClass =
                    run.elements().contains(owner) ? List.of() : ofClass(run, owner, handler);
            return ofClass.isEmpty() ? List.of(path) : ofClass;
        }
        PathMatcher pattern =
                FileSystems.getDefault().getPathMatcher("glob:" + owner.replace("*", "**"));
        return run.elements().stream()
                .filter(element -> pattern.matches(Path.of(element)))
                .filter(element -> run.hasHandler(element, handler))
                .map(element -> element + "." + handler)
                .toList();
    }

    /** Those handlers of all elements of a class. */
    private static List<String> ofClass(ClickRun run, String elementClass, String handler) {
        return run.elements().stream()
                .filter(element -> run.classOf(element).equals(elementClass))
                .filter(element -> run.hasHandler(element, handler))
                .map(element -> element + "." + handler)
                .toList();
    }
}
