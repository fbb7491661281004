package vini.bench;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import vini.forwarder.Batch;
import vini.forwarder.HandlerException;
import vini.overlay.host.JvmCommand;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What {@code vini bench graph}, {@code fib} and {@code napt} measure, measured by JMH: the same
 * graphs, packets and flags of Java, another clock, warm-up and arithmetic. No test: run by name.
 *
 * <pre>{@code
 * mvn -pl experiments -am test -Dtest=MicroBenchmarks -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MicroBenchmarks {
    private static final int PACKETS = 1 << 12;
    private static final int DESTINATIONS = 1 << 20;
    private static final long SEED = 7;

    @Test
    void measures() throws RunnerException {
        new Runner(
                        new OptionsBuilder()
                                .include(
                                        getClass().getName() + ".*" + System.getProperty("jmh", ""))
                                .jvmArgs(flags())
                                .timeout(TimeValue.minutes(2))
                                .build())
                .run();
    }

    /** Those of a forwarder. */
    private static String[] flags() {
        List<String> command = JvmCommand.of(JvmCommand.Role.FORWARDER, "", List.of());
        return command.subList(1, command.indexOf("-cp")).toArray(String[]::new);
    }

    /** A table, and packets to random destinations of it. */
    @State(Scope.Thread)
    public static class Forwarding {
        @Param({"1000", "1000000"})
        private int prefixes;

        @SuppressWarnings("NullAway.Init") // set by start
        private InMemory.Fed fed;

        @SuppressWarnings("NullAway.Init") // set by start
        private RandomRoutes routes;

        private final SplittableRandom random = new SplittableRandom(SEED);

        @Setup
        public void start() throws Exception {
            routes = new RandomRoutes(prefixes, SEED);
            int[] destinations = routes.destinations(DESTINATIONS, SEED + 1);
            fed = new InMemory().forwarding(routes, destinations);
        }

        /** Of two updates one takes a route away, and the next gives it back. */
        private void update() throws HandlerException {
            int route = random.nextInt(routes.size());
            fed.graph().write("fib", "remove", routes.prefix(route));
            fed.feed().push(Batch.CAPACITY);
            fed.graph().write("fib", "set", routes.route(route, route));
        }
    }

    /** A translation, and packets of many flows. */
    @State(Scope.Thread)
    public static class Translating {
        private static final int FLOWS = 100_000;

        @Param({"NAPT", "IPRewriter"})
        @SuppressWarnings("NullAway.Init") // JMH sets it
        private String element;

        @SuppressWarnings("NullAway.Init") // set by start
        private PacketFeed feed;

        @Setup
        public void start() throws Exception {
            String text =
                    element.equals("NAPT")
                            ? InMemory.naptText(FLOWS)
                            : InMemory.rewriterText(FLOWS);
            feed = new InMemory().translating(FLOWS, text).feed();
            feed.push(FLOWS);
        }
    }

    /** A packet through six elements. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void graph(Forwarding state) {
        state.fed.feed().push(PACKETS);
    }

    /** A single update of the table; with half of a batch of packets, as {@code vini bench fib}. */
    @Benchmark
    @OperationsPerInvocation(2)
    public void fib(Forwarding state) throws HandlerException {
        state.update();
    }

    /** A packet through a translation. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void napt(Translating state) {
        state.feed.push(PACKETS);
    }
}
