package vini.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

import vini.experiment.ExperimentRunner;
import vini.experiment.RepeatRunner;
import vini.experiment.Surroundings;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/** Makes commands, and gives them what their constructor asks for. */
final class CommandFactory implements IFactory {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Supplier<ExperimentRunner> runner;
    private final Supplier<RepeatRunner> repeater;
    private final Supplier<Surroundings> surroundings;

    CommandFactory(
            Terminal terminal,
            Map<String, String> environment,
            Supplier<ExperimentRunner> runner,
            Supplier<RepeatRunner> repeater,
            Supplier<Surroundings> surroundings) {
        this.terminal = terminal;
        this.environment = environment;
        this.runner = runner;
        this.repeater = repeater;
        this.surroundings = surroundings;
    }

    /** The same commands, writing elsewhere. */
    CommandFactory with(Terminal other) {
        return new CommandFactory(other, environment, runner, repeater, surroundings);
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        if (constructors.length == 1 && constructors[0].getParameterCount() > 0) {
            return type.cast(
                    constructors[0].newInstance(
                            Arrays.stream(constructors[0].getParameterTypes())
                                    .map(this::argument)
                                    .toArray()));
        }
        return CommandLine.defaultFactory().create(type);
    }

    private Object argument(Class<?> wanted) {
        if (wanted == Terminal.class) {
            return terminal;
        }
        if (wanted == Slices.class) {
            return new Slices(environment);
        }
        if (wanted == Environment.class) {
            return new Environment(environment);
        }
        if (wanted == ExperimentRunner.class) {
            return runner.get();
        }
        if (wanted == RepeatRunner.class) {
            return repeater.get();
        }
        if (wanted == Surroundings.class) {
            return surroundings.get();
        }
        if (wanted == CommandFactory.class) {
            return this;
        }
        throw new IllegalArgumentException("no command may ask for " + wanted);
    }
}
