package vini.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Map;

/** Makes commands, and gives them what their constructor asks for. */
final class CommandFactory implements IFactory {
    private final Terminal terminal;
    private final Map<String, String> environment;

    CommandFactory(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
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
        throw new IllegalArgumentException("no command may ask for " + wanted);
    }
}
