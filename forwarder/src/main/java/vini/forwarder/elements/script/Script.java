package vini.forwarder.elements.script;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.Signals;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Carries out INSTRUCTIONS, one an argument: sets variables, calls handlers, waits, and ends the
 * run. In the text of an instruction {@code $x} is a variable and {@code $(HANDLER ARGUMENTS)} the
 * value of a read handler; a handler without an element is the script's own, if it has it, and
 * {@code $$} is the number of the process.
 *
 * <ul>
 *   <li>{@code set VAR TEXT}; {@code init VAR TEXT} sets it once, before the first instruction;
 *       {@code export VAR TEXT} does so too and makes it a read handler
 *   <li>{@code print [>FILE|>>FILE] TEXT|HANDLER} on standard output or to a file, {@code printn}
 *       without a new line; what begins with a letter, {@code @} or {@code _} is a handler
 *   <li>{@code read HANDLER [ARGUMENTS]}: its name and value, on standard error; {@code save
 *       HANDLER FILE}, {@code append HANDLER FILE}
 *   <li>{@code write HANDLER [ARGUMENTS]}: {@code $?} is then its status, 0 if all went well
 *   <li>{@code pause [COUNT]} waits for so many steps; {@code wait TIME} for a time or a step
 *   <li>{@code label NAME}, {@code goto NAME [CONDITION]}, {@code loop}: to the first instruction;
 *       the labels {@code begin}, {@code end}, {@code exit}, {@code error} and {@code stop} are
 *       there by themselves. 1000 jumps back without waiting end the script
 *   <li>{@code end}, {@code exit}, {@code return [VALUE]}, {@code error [TEXT]}: end the script;
 *       {@code stop} asks for the end of the run as well
 * </ul>
 *
 * <p>With a {@code q} behind it ({@code setq}, {@code printq}, {@code readq}, {@code returnq}, ...)
 * an instruction takes a layer of quotes off its text.
 *
 * <p>TYPE says when it runs:
 *
 * <ul>
 *   <li>{@code ACTIVE}, the default without ports: as soon as the graph runs
 *   <li>{@code PASSIVE}: when its {@code run} handler is called; {@code $args} are the arguments,
 *       {@code $1}, {@code $2}, ... the words of them and <code>$#</code> their number; the handler
 *       gives what the script returns
 *   <li>{@code PACKET}, the default with ports: for each packet, from input {@code $input}. It goes
 *       to output 0 at {@code end}, to output N at {@code return N}, and is dropped at {@code exit}
 *   <li>{@code PROXY}: when any handler is called that Script has not itself; {@code $0} is its
 *       name, {@code $write} whether it is written, {@code $args} what with
 *   <li>{@code DRIVER}: it decides when the run ends, see {@code DriverManager}
 *   <li>{@code SIGNAL SIGNO...}: when one of these signals comes, named ({@code INT}, {@code HUP})
 *       or numbered, instead of what the signal does otherwise. While the script waits, and after
 *       {@code exit}, it does that again. A signal that comes twice before the script has run
 *       counts once; with several scripts for a signal, all run. The JVM keeps some for itself
 *       ({@code QUIT}, {@code USR2}). In virtual time signals come by {@code kill}
 * </ul>
 *
 * <pre>{@code
 * Script(set x 0, label again, print $x, set x $(add $x 1), goto again $(lt $x 5), stop);
 * s :: Script(TYPE PASSIVE, return $(add $(c1.count) $(c2.count)));
 * Script(TYPE SIGNAL HUP, print c1.count);
 * }</pre>
 *
 * <p>Handlers: {@code run} (read with arguments, and write), {@code step} (write: past COUNT
 * waits), {@code goto} (write: a label), {@code set} (write: VAR TEXT), {@code get} and {@code
 * shift} (read with a variable's name: its value; its first word, which is taken off). For
 * calculating, each read with arguments: {@code add}, {@code sub}, {@code mul}, {@code div}, {@code
 * idiv}, {@code mod}, {@code rem}, {@code neg}, {@code abs}, {@code min}, {@code max}, {@code eq},
 * {@code ne}, {@code lt}, {@code gt}, {@code le}, {@code ge}, {@code not}, {@code and}, {@code or},
 * {@code nand}, {@code nor}, {@code if}, {@code in}, {@code first}, {@code length}, {@code
 * unquote}, {@code sprintf}, {@code htons}, {@code htonl}, {@code ntohs}, {@code ntohl}, {@code
 * now}, {@code random} (below N, or from N1 to N2), {@code readable} and {@code writable} (handler
 * names). For the graph's own elements only, not for control sockets: {@code cat} (a file), {@code
 * catq} (the same, quoted), {@code kill} (SIGNO PROCESS...).
 */
@AutoService(Element.class)
@ElementClass(name = "Script", ports = "-/-", processing = "ah/ah", drops = "script")
public class Script extends Element {
    private static final int STEPS_MAX = 10_000;

    private final Occasion.Type otherwise;
    private final BooleanSupplier manager = this::stopWished;
    private SignalWatch watch = new SignalWatch(List.of(), () -> {});
    private Occasion.Type type = Occasion.Type.ACTIVE;
    private ScriptMachine machine = new ScriptMachine(List.of(), new World());
    private long wakeNanos;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer timer;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter dropped;

    public Script() {
        this(Occasion.Type.ACTIVE);
    }

    Script(Occasion.Type otherwise) {
        this.otherwise = otherwise;
    }

    @Override
    protected int phase() {
        return 1;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        boolean hasPorts = inputs() > 0 || outputs() > 0;
        Occasion.Type preset =
                hasPorts && otherwise == Occasion.Type.ACTIVE ? Occasion.Type.PACKET : otherwise;
        Occasion occasion = arguments.keyword("TYPE", Occasion::parse, Occasion.of(preset));
        type = occasion.type();
        watch = new SignalWatch(occasion.signals(), this::signalled);
        List<String> program = arguments.rest("INSTRUCTION", text -> text);
        List<String> problems = new ArrayList<>();
        boolean waits = type == Occasion.Type.DRIVER && program.isEmpty();
        List<Instruction> read =
                Instruction.parse(waits ? List.of("pause", "stop") : program, problems);
        if (hasPorts && type != Occasion.Type.PACKET) {
            problems.add("only a script of TYPE PACKET has ports");
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        machine = new ScriptMachine(read, new World());
    }

    @Override
    protected void initialize() throws ConfigException {
        timer = timer(() -> guarded(machine::goOn));
        dropped = drops("script");
        switch (type) {
            case DRIVER -> {
                if (driver().hasManager()) {
                    throw new ConfigException("there is another DriverManager");
                }
                driver().manager(manager);
                begin();
            }
            case ACTIVE -> begin();
            case SIGNAL -> watch.begin(processSignals(), loop());
            default -> {}
        }
    }

    private void begin() {
        machine.start();
        wakeAfter(0);
    }

    private void wakeAfter(long nanos) {
        wakeNanos = loop().clock().nowNanos() + nanos;
        timer.after(nanos);
    }

    private Signals processSignals() {
        return graph().shared().get(Signals.class, Signals::new);
    }

    private void signalled() {
        if (!machine.isRunning()) {
            guarded(() -> machine.run(new LinkedHashMap<>()));
        }
    }

    /** A piece of the machine's work. */
    private interface Work {
        void run() throws HandlerException;
    }

    /** Lets the machine work with nobody to tell of an error but the user. */
    private void guarded(Work work) {
        try {
            work.run();
        } catch (HandlerException e) {
            complain(String.valueOf(e.getMessage()));
        }
        settle();
    }

    /** What follows from where the machine stands now. */
    private void settle() {
        if (type == Occasion.Type.DRIVER && !machine.isRunning()) {
            driver().end();
        } else if (type == Occasion.Type.SIGNAL) {
            boolean ends = !machine.isRunning() && machine.ended() == ScriptMachine.End.EXIT;
            if (machine.isRunning() || ends) {
                watch.end();
            } else {
                try {
                    watch.begin(processSignals(), loop());
                } catch (ConfigException e) {
                    complain(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /** Somebody wishes to end the run: a step; true while the script has more to do. */
    private boolean stopWished() {
        if (timer.isSet() && !machine.isWaiting()) {
            guarded(machine::goOn); // others were faster than its first instruction
        }
        guarded(() -> machine.step(1));
        return machine.isRunning();
    }

    private void complain(String what) {
        chatter(name() + " :: " + graph().classOf(name()) + ": " + what);
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            int output = outputOf(port);
            addOrDrop(output, packet, dropped);
        }
        batch.recycle();
        flushOutputs();
    }

    @Override
    protected @Nullable Packet simpleAction(int port, Packet packet) {
        int output = outputOf(0);
        if (output == port) {
            return packet;
        }
        addOrDrop(
                output < outputs() && output >= 0 && isPush(output) ? output : -1, packet, dropped);
        return null;
    }

    /** Runs the script for a packet, and returns to which output it sends it; -1 is nowhere. */
    private int outputOf(int input) {
        if (type != Occasion.Type.PACKET) {
            return 0;
        }
        try {
            machine.run(Given.packet(input));
            if (machine.isWaiting()) {
                complain("a script of packets cannot wait");
                machine.halt();
            }
            return switch (machine.ended()) {
                case END -> 0;
                case RETURN -> ArgumentTypes.integer(-1, 1 << 16).apply(machine.returned());
                case EXIT, ERROR -> -1;
            };
        } catch (HandlerException | IllegalArgumentException e) {
            complain(String.valueOf(e.getMessage()));
            return -1;
        }
    }

    /** Runs it from the beginning, and returns what it returns. */
    private String run(Map<String, String> given) throws HandlerException {
        try {
            machine.run(given);
            return machine.returned();
        } finally {
            settle();
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        Calculation.handlers(handlers);
        ScriptHandlers.clock(handlers, () -> loop().clock().epochNanos());
        ScriptHandlers.chance(handlers, chance());
        ScriptHandlers.variables(handlers, machine.variables());
        ScriptHandlers.byteOrder(handlers);
        ScriptHandlers.permissions(handlers, this::handlerSpace);
        ScriptHandlers.inside(
                handlers,
                (process, signal) ->
                        processSignals().kill(process, Signals.number(signal), driver()));
        handlers.read("run", (String arguments) -> run(Given.run(arguments)));
        handlers.act("run", arguments -> run(Given.run(arguments)));
        handlers.write(
                "step",
                value -> {
                    long count =
                            value.isBlank() ? 1 : ArgumentTypes.integer(0L, STEPS_MAX).apply(value);
                    guarded(() -> machine.step(count));
                });
        handlers.write(
                "goto",
                value -> {
                    try {
                        machine.go(value.strip());
                    } finally {
                        settle();
                    }
                });
        for (String variable : machine.exported()) {
            handlers.read(variable, text -> exported(variable));
        }
        if (type == Occasion.Type.PROXY) {
            handlers.otherwise((name, write, value) -> run(Given.proxy(name, write, value)));
        }
    }

    private String exported(String variable) {
        machine.initialize();
        String value = machine.variables().get(variable);
        return value == null ? "" : value;
    }

    /** The same script goes on; another one begins at its beginning. */
    @Override
    protected void takeState(Element old) {
        Script before = (Script) old;
        if (type == before.type && machine.takeState(before.machine)) {
            timer.cancel();
            if (before.timer.isSet()) {
                timer.after(Math.max(0, before.wakeNanos - loop().clock().nowNanos()));
            } else if (machine.isRunning() && !machine.isWaiting()) {
                timer.after(0);
            }
            if (type == Occasion.Type.SIGNAL && machine.isRunning()) {
                watch.end();
            }
        }
    }

    /** It may be its own instruction that ends the graph: then there is no next one. */
    @Override
    protected void close() {
        machine.close();
        watch.end();
        driver().forget(manager);
    }

    private final class World implements Outside {
        @Override
        public String read(String path, String argument) throws HandlerException {
            return handlerSpace().read(path, argument);
        }

        @Override
        public void write(String path, String value) throws HandlerException {
            handlerSpace().write(path, value);
        }

        @Override
        public void print(String text) {
            Script.this.print(text);
        }

        @Override
        public void say(String line) {
            chatter(line);
        }

        @Override
        public void complain(String what) {
            Script.this.complain(what);
        }

        @Override
        public void stop() {
            if (type == Occasion.Type.DRIVER) {
                driver().end();
            } else {
                driver().stop();
            }
        }

        @Override
        public void wakeAfter(long nanos) {
            Script.this.wakeAfter(nanos);
        }

        @Override
        public void doNotWake() {
            timer.cancel();
        }

        @Override
        public int processId() {
            return processSignals().processId();
        }
    }
}
