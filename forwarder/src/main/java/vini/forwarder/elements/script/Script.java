package vini.forwarder.elements.script;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.lang.ConfigText;
import vini.time.Timer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Carries out INSTRUCTIONS, one an argument: sets variables, calls handlers, waits, and ends the
 * run. In the text of an instruction {@code $x} is a variable and {@code $(HANDLER ARGUMENTS)} the
 * value of a read handler; a handler without an element is the script's own, if it has it.
 *
 * <p>Instructions: {@code set VAR TEXT}, {@code init VAR TEXT} (once, at the start), {@code print
 * [>FILE] TEXT|HANDLER}, {@code printn} (without a new line), {@code read HANDLER} (name and value,
 * on standard error), {@code write HANDLER TEXT} ({@code $?} is then its status: 0 is good), {@code
 * pause [COUNT]} (for so many steps), {@code wait TIME}, {@code label NAME}, {@code goto NAME
 * [CONDITION]}, {@code loop}, {@code return VALUE}, {@code error [TEXT]}, {@code end}, {@code
 * exit}, {@code stop} (ends the run). With a {@code q} behind it, {@code set}, {@code init}, {@code
 * read}, {@code write}, {@code return} and {@code error} take a layer of quotes off. The labels
 * {@code begin}, {@code end}, {@code exit} and {@code error} are there by themselves.
 *
 * <p>TYPE: ACTIVE (default) starts with the graph, PASSIVE when its {@code run} handler is called,
 * DRIVER is a DriverManager.
 *
 * <pre>{@code
 * Script(set x 0, label again, print $x, set x $(add $x 1), goto again $(lt $x 5), stop);
 * s :: Script(TYPE PASSIVE, return $(add $(c1.count) $(c2.count)));
 * }</pre>
 *
 * <p>Handlers: {@code run} (read with arguments, {@code $args}, {@code $1}, ...; and write), {@code
 * step} (write: past COUNT pauses), {@code goto} (write), and for calculating, each read with
 * arguments: {@code add}, {@code sub}, {@code mul}, {@code div}, {@code idiv}, {@code mod}, {@code
 * neg}, {@code abs}, {@code min}, {@code max}, {@code eq}, {@code ne}, {@code lt}, {@code gt},
 * {@code le}, {@code ge}, {@code not}, {@code and}, {@code or}, {@code if}, {@code first}, {@code
 * length}, {@code unquote}, {@code sprintf}, {@code now}, {@code random}.
 */
@AutoService(Element.class)
@ElementClass(name = "Script", ports = "0/0")
public class Script extends Element {
    /** So many jumps without a pause are a loop without an end. */
    private static final int JUMPS_MAX = 1000;

    private static final int VARIABLES_MAX = 10_000;
    private static final int PASSIVE_DEPTH_MAX = 20;

    enum Type {
        ACTIVE,
        PASSIVE,
        DRIVER
    }

    private final Type otherwise;
    private final List<Instruction> program = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    private final Expansion expansion = new Expansion(new Known());
    private Type type = Type.ACTIVE;
    private int at;
    private boolean running;
    private boolean waiting;
    private long steps;
    private int depth;
    private @Nullable String returned;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer timer;

    public Script() {
        this(Type.ACTIVE);
    }

    Script(Type otherwise) {
        this.otherwise = otherwise;
    }

    @Override
    protected int phase() {
        return 1;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        type = arguments.keyword("TYPE", Script::type, otherwise);
        List<String> problems = new ArrayList<>();
        for (String argument : arguments.rest("INSTRUCTION", text -> text)) {
            try {
                Instruction instruction = Instruction.parse(argument);
                if (instruction.kind() == Instruction.Kind.LABEL) {
                    labels.putIfAbsent(instruction.name(), program.size());
                }
                program.add(instruction);
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static Type type(String text) {
        try {
            return Type.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not ACTIVE, PASSIVE or DRIVER", e);
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        timer = timer(this::goOn);
        if (type == Type.DRIVER) {
            driver().manager(this::stopWished);
        }
        if (type != Type.PASSIVE) {
            running = true;
            timer.after(0);
        }
    }

    /** Somebody wishes to end the run: a step; true while the script has more to do. */
    private boolean stopWished() {
        if (timer.isSet() && !waiting) {
            goOn(); // others were faster than its first instruction
        }
        step(1);
        return running;
    }

    private void step(long count) {
        if (running && waiting) {
            steps -= count;
            if (steps <= 0) {
                goOn();
            }
        }
    }

    private void goOn() {
        waiting = false;
        timer.cancel();
        execute();
        if (type == Type.DRIVER && !running) {
            driver().end();
        }
    }

    private void execute() {
        int jumps = 0;
        while (running && !waiting) {
            if (at >= program.size()) {
                running = false;
                return;
            }
            Instruction instruction = program.get(at++);
            int before = at;
            try {
                carryOut(instruction);
            } catch (HandlerException | IOException e) {
                complain(String.valueOf(e.getMessage()));
            }
            if (at < before && ++jumps >= JUMPS_MAX) {
                complain("it goes round without a pause and is stopped");
                running = false;
            }
        }
    }

    private void complain(String what) {
        chatter(name() + " :: " + graph().classOf(name()) + ": " + what);
    }

    private String text(Instruction instruction, String raw) throws HandlerException {
        String text = expansion.of(raw);
        return instruction.unquote() ? ConfigText.unquote(text.strip()) : text;
    }

    private void carryOut(Instruction i) throws HandlerException, IOException {
        switch (i.kind()) {
            case SET -> set(i.name(), text(i, i.rest()));
            case INIT -> {
                if (!variables.containsKey(i.name())) {
                    set(i.name(), text(i, i.rest()));
                }
            }
            case PRINT -> print(i, "\n");
            case PRINTN -> print(i, "");
            case READ -> {
                String call = text(i, i.text());
                String value = call(call);
                chatter(call.strip().split("\\s+", 2)[0] + ":\n" + value.stripTrailing() + "\n");
            }
            case WRITE -> write(expansion.of(i.name()), text(i, i.rest()));
            case PAUSE -> {
                String count = expansion.of(i.text()).strip();
                steps = count.isEmpty() ? 1 : read(count, ArgumentTypes::integer);
                waiting = steps > 0;
            }
            case WAIT -> {
                waiting = true;
                steps = 1;
                timer.after(read(expansion.of(i.text()), ArgumentTypes::nanos));
            }
            case LABEL -> {}
            case GOTO -> {
                String condition = expansion.of(i.rest()).strip();
                if (condition.isEmpty() || read(condition, ArgumentTypes::bool)) {
                    jump(expansion.of(i.name()));
                }
            }
            case LOOP -> at = 0;
            case EXIT, END -> running = false;
            case RETURN -> {
                returned = text(i, i.text());
                running = false;
            }
            case ERROR -> {
                running = false;
                String text = text(i, i.text());
                throw new HandlerException(text.isEmpty() ? "error" : text);
            }
            case STOP -> {
                running = false;
                driver().end();
            }
        }
    }

    private void set(String variable, String text) throws HandlerException {
        if (variables.size() >= VARIABLES_MAX && !variables.containsKey(variable)) {
            throw new HandlerException("more than " + VARIABLES_MAX + " variables");
        }
        variables.put(variable, text);
    }

    /** Reads a value that a script has made. */
    private static <T> T read(String text, Function<String, T> type) throws HandlerException {
        try {
            return type.apply(text);
        } catch (IllegalArgumentException e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        }
    }

    private void jump(String label) throws HandlerException {
        Integer to = labels.get(label);
        if (to != null) {
            at = to;
            return;
        }
        switch (label) {
            case "begin" -> at = 0;
            case "end", "exit" -> running = false;
            case "error" -> {
                running = false;
                throw new HandlerException("error");
            }
            default -> {
                running = false;
                throw new HandlerException("there is no label '" + label + "'");
            }
        }
    }

    private void print(Instruction i, String end) throws HandlerException, IOException {
        String what = i.text().strip();
        Path file = null;
        boolean append = what.startsWith(">>");
        if (what.startsWith(">")) {
            String[] parts = what.substring(append ? 2 : 1).strip().split("\\s+", 2);
            file = Path.of(read(expansion.of(parts[0]), ArgumentTypes::fileName));
            what = parts.length > 1 ? parts[1] : "";
        }
        boolean handler = what.matches("(?s)[A-Za-z_@].*");
        String text =
                handler
                        ? call(expansion.of(what)).stripTrailing()
                        : ConfigText.unquote(expansion.of(what).strip());
        if (file == null || file.toString().equals("-")) {
            print(text + end);
        } else if (append) {
            Files.writeString(
                    file, text + end, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } else {
            Files.writeString(file, text + end);
        }
    }

    private String call(String call) throws HandlerException {
        String[] parts = call.strip().split("\\s+", 2);
        return handlerSpace().read(parts[0], parts.length > 1 ? parts[1] : "");
    }

    private void write(String handler, String value) throws HandlerException {
        // The status of a failed write must not be that of an earlier one.
        variables.put("?", "-1");
        handlerSpace().write(handler, value);
        variables.put("?", "0");
    }

    /** Runs it from the beginning, and returns what it returns. */
    private String run(String arguments) throws HandlerException {
        if (depth >= PASSIVE_DEPTH_MAX) {
            throw new HandlerException("it calls itself without an end");
        }
        depth++;
        try {
            variables.put("args", arguments);
            List<String> words = ConfigText.words(arguments);
            variables.put("#", "" + words.size());
            variables.keySet().removeIf(key -> key.matches("[0-9]+"));
            for (int n = 0; n < words.size(); n++) {
                variables.put("" + (n + 1), words.get(n));
            }
            at = 0;
            returned = null;
            running = true;
            waiting = false;
            execute();
            return returned == null ? "" : returned;
        } finally {
            depth--;
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        Calculation.handlers(handlers);
        handlers.read("now", () -> loop().clock().nowNanos() / 1e9);
        var chance = chance();
        handlers.read(
                "random",
                (String bound) ->
                        bound.isBlank()
                                ? "" + chance.nextInt(Integer.MAX_VALUE)
                                : ""
                                        + chance.nextLong(
                                                ArgumentTypes.integer(1L, Long.MAX_VALUE)
                                                        .apply(bound)));
        handlers.read("run", (Handlers.Read) this::run);
        handlers.write("run", this::run);
        handlers.write("step", value -> step(value.isBlank() ? 1 : ArgumentTypes.integer(value)));
        handlers.write(
                "goto",
                value -> {
                    running = true;
                    jump(value.strip());
                    goOn();
                });
    }

    /** It may be its own instruction that ends the graph: then there is no next one. */
    @Override
    protected void close() {
        running = false;
    }

    private final class Known implements Expansion.Values {
        @Override
        public @Nullable String variable(String name) {
            return variables.get(name);
        }

        @Override
        public String handler(String call) throws HandlerException {
            return call(call).stripTrailing();
        }
    }
}
