package vini.forwarder.elements.script;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.HandlerException;
import vini.forwarder.lang.ConfigText;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Carries out the instructions of a script: where it is in its text, what its variables hold,
 * whether it waits. It knows of nothing outside but by its {@link Outside}.
 */
final class ScriptMachine {
    /** How a script came to its end. */
    enum End {
        END,
        EXIT,
        RETURN,
        ERROR
    }

    /** Where a run stands; a script that calls itself has one for each call. */
    private record Frame(int at, boolean running, boolean waiting, Map<String, String> given) {}

    /** So many jumps without a pause are a loop without an end. */
    private static final int JUMPS_MAX = 1000;

    private static final int DEPTH_MAX = 20;

    private final List<Instruction> program;
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    private final Variables variables = new Variables();
    private final Outside outside;
    private final Expansion expansion = new Expansion(new Known());
    private final ScriptPrinter printer;
    private boolean initialized;
    private int at;
    private boolean running;
    private boolean waiting;
    private long steps;
    private int depth;
    private int executing;
    private boolean closed;
    private End end = End.END;
    private String returned = "";

    ScriptMachine(List<Instruction> program, Outside outside) {
        this.program = program;
        this.outside = outside;
        this.printer = new ScriptPrinter(expansion, outside);
        for (int i = 0; i < program.size(); i++) {
            if (program.get(i).kind() == Instruction.Kind.LABEL) {
                labels.putIfAbsent(program.get(i).name(), i);
            }
        }
    }

    boolean isRunning() {
        return running;
    }

    boolean isWaiting() {
        return running && waiting;
    }

    /** How it ended last. */
    End ended() {
        return end;
    }

    /** What it has returned last; empty if it ended otherwise. */
    String returned() {
        return returned;
    }

    /**
     * Goes on where the script of a graph that is replaced stands, if it has the same instructions.
     *
     * @return whether it has
     */
    boolean takeState(ScriptMachine old) {
        if (!program.equals(old.program)) {
            return false;
        }
        variables.takeState(old.variables);
        initialized = old.initialized;
        at = old.at;
        running = old.running;
        waiting = old.waiting;
        steps = old.steps;
        if (old.executing > 0) {
            // It was its own instruction that has put another graph in this one's place.
            variables.status(0);
        }
        return true;
    }

    /** The variables that are to be read from outside. */
    List<String> exported() {
        return program.stream()
                .filter(i -> i.kind() == Instruction.Kind.EXPORT)
                .map(Instruction::name)
                .toList();
    }

    Variables variables() {
        return variables;
    }

    /** Ends it where it is. */
    void halt() {
        running = false;
    }

    /** Ends it where it is, for good. */
    void close() {
        closed = true;
        running = false;
    }

    /** Starts at the beginning, with nothing done yet. */
    void start() {
        at = 0;
        running = true;
        waiting = false;
    }

    /**
     * Runs it from the beginning until it ends or waits.
     *
     * @param arguments variables that it sees while it runs
     * @throws HandlerException it has ended with an error
     */
    void run(Map<String, String> arguments) throws HandlerException {
        if (depth >= DEPTH_MAX) {
            throw new HandlerException("it calls itself without an end");
        }
        Frame caller = new Frame(at, running, waiting, variables.given());
        boolean nested = executing > 0;
        depth++;
        try {
            variables.given(arguments);
            returned = "";
            start();
            goOn();
        } finally {
            depth--;
            // Who is called in the midst of its work goes on there; else this was the whole run.
            if (nested) {
                at = caller.at;
                running = caller.running;
                waiting = caller.waiting;
                variables.given(caller.given);
            }
        }
    }

    /** Takes steps past blocking instructions. */
    void step(long count) throws HandlerException {
        long left = count;
        while (left > 0 && isWaiting()) {
            long used = Math.min(left, steps);
            steps -= used;
            left -= used;
            if (steps <= 0) {
                goOn();
            }
        }
    }

    /** Goes to a label and on from there. */
    void go(String label) throws HandlerException {
        running = true;
        waiting = false;
        jump(label);
        goOn();
    }

    /** Carries out instructions until it ends or waits. */
    void goOn() throws HandlerException {
        executing++;
        try {
            execute();
        } finally {
            executing--;
        }
    }

    private void execute() throws HandlerException {
        initialize();
        outside.doNotWake();
        waiting = false;
        int jumps = 0;
        while (running && !waiting && !closed) {
            if (at >= program.size()) {
                end(End.END);
                return;
            }
            Instruction instruction = program.get(at++);
            int before = at;
            try {
                carryOut(instruction);
            } catch (HandlerException | IOException e) {
                if (!running && end == End.ERROR) {
                    throw new HandlerException(String.valueOf(e.getMessage()));
                }
                outside.complain(String.valueOf(e.getMessage()));
            }
            if (at < before && ++jumps >= JUMPS_MAX) {
                outside.complain("too many jumps, giving up");
                end(End.EXIT);
            }
        }
    }

    /** Gives the variables of init and export their values, once, before all else. */
    void initialize() {
        if (initialized) {
            return;
        }
        initialized = true;
        for (Instruction i : program) {
            boolean exports = i.kind() == Instruction.Kind.EXPORT;
            if (exports || i.kind() == Instruction.Kind.INIT) {
                try {
                    variables.set(i.name(), text(i, i.rest()));
                } catch (HandlerException e) {
                    outside.complain(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void end(End how) {
        end = how;
        running = false;
    }

    private void carryOut(Instruction i) throws HandlerException, IOException {
        switch (i.kind()) {
            case SET -> variables.set(i.name(), text(i, i.rest()));
            case INIT, EXPORT, LABEL -> {}
            case PRINT -> printer.print(i, "\n");
            case PRINTN -> printer.print(i, "");
            case READ -> {
                String handler = expansion.of(i.name());
                String value = outside.read(handler, text(i, i.rest()));
                outside.say(handler + ":\n" + ScriptFiles.withoutLineEnds(value) + "\n");
            }
            case WRITE -> write(expansion.of(i.name()), text(i, i.rest()));
            case SAVE, APPEND -> printer.save(i);
            case PAUSE -> {
                String count = expansion.of(i.text()).strip();
                steps = count.isEmpty() ? 1 : read(count, ArgumentTypes::integer);
                waiting = steps > 0;
            }
            case WAIT -> {
                outside.wakeAfter(read(expansion.of(i.text()), ArgumentTypes::nanos));
                waiting = true;
                steps = 1;
            }
            case GOTO -> {
                String condition = expansion.of(i.rest()).strip();
                if (condition.isEmpty() || read(condition, ArgumentTypes::bool)) {
                    jump(expansion.of(i.name()));
                }
            }
            case LOOP -> at = 0;
            case EXIT -> end(End.EXIT);
            case END -> end(End.END);
            case RETURN -> {
                returned = text(i, i.text());
                end(End.RETURN);
            }
            case ERROR -> {
                String text = text(i, i.text());
                end(End.ERROR);
                throw new HandlerException(text.isEmpty() ? "error" : text);
            }
            case STOP -> stop();
        }
    }

    private void stop() {
        end(End.END);
        outside.stop();
    }

    private String text(Instruction instruction, String raw) throws HandlerException {
        String text = expansion.of(raw);
        return instruction.unquote() ? ConfigText.unquote(text) : text;
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
            case "begin", "loop" -> at = 0;
            case "end" -> end(End.END);
            case "exit" -> end(End.EXIT);
            case "stop" -> stop();
            case "error" -> {
                end(End.ERROR);
                throw new HandlerException("error");
            }
            default -> {
                end(End.ERROR);
                throw new HandlerException("there is no label '" + label + "'");
            }
        }
    }

    private void write(String handler, String value) throws HandlerException {
        // The status of a failed write must not be that of an earlier one.
        variables.status(-1);
        outside.write(handler, value);
        variables.status(0);
    }

    private final class Known implements Expansion.Values {
        @Override
        public @Nullable String variable(String name) {
            return name.equals("$") ? "" + outside.processId() : variables.get(name);
        }

        @Override
        public String handler(String call) throws HandlerException {
            return ScriptFiles.withoutLineEnds(outside.call(call));
        }
    }
}
