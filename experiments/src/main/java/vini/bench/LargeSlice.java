package vini.bench;

import vini.forwarder.io.VirtualEngine;
import vini.net.Quantity;
import vini.overlay.host.JvmCommand;
import vini.overlay.topology.Generated;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.Cause;
import vini.overlay.world.FailureMode;
import vini.overlay.world.VirtualWorld;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process with one slice in the virtual world, which prints what it took: {@code NAME VALUE} in
 * seconds, bytes or numbers. A process of its own, so that the memory is that of one slice.
 */
public final class LargeSlice {
    private static final long DELAY_NANOS = 2_000_000;
    private static final long SECOND = 1_000_000_000;

    /** Virtual; what has not converged by then never will. */
    private static final long PATIENCE_NANOS = 3600 * SECOND;

    /** Virtual, after a failure or repair: floods and calculations are over long before. */
    private static final long SETTLING_NANOS = 10 * SECOND;

    private static final long IDLE_NANOS = 60 * SECOND;
    private static final long PING_NANOS = 5 * SECOND;
    private static final long PING_EVERY_NANOS = 100_000;
    private static final int CHAIN = 51;
    private static final int YOUNG_SHARE = 4;
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    private LargeSlice() {}

    /**
     * Measures in a process of its own.
     *
     * @param heapMegabytes the most that its heap may be
     * @param words see {@link #main}
     */
    static Map<String, Double> measure(int heapMegabytes, int patienceS, String... words)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        JvmCommand.of(
                                JvmCommand.Role.CLI, LargeSlice.class.getName(), List.of(words)));
        command.add(1, "-Xmx" + heapMegabytes + "m");
        // What is on its way between routers is much, and soon gone: it should not grow old.
        command.add(2, "-Xmn" + heapMegabytes / YOUNG_SHARE + "m");
        return Child.figures(command, patienceS);
    }

    /** {@code grid WIDTH HEIGHT}, {@code random NODES DEGREE} or {@code hops}. */
    public static void main(String[] words) throws IOException {
        try (VirtualEngine engine = new VirtualEngine()) {
            switch (words[0]) {
                case "grid" ->
                        life(
                                engine,
                                Generated.grid(number(words, 1), number(words, 2), DELAY_NANOS));
                case "random" -> life(engine, random(number(words, 1), number(words, 2)));
                case "hops" -> hops(engine);
                default -> throw new IllegalArgumentException(words[0]);
            }
        }
    }

    private static int number(String[] words, int index) {
        return Integer.parseInt(words[index]);
    }

    private static Topology random(int nodes, int degree) {
        return Generated.random(
                nodes,
                nodes * degree / 2,
                new Seed(1).generator("network"),
                () -> Generated.plain(DELAY_NANOS));
    }

    private static void say(String name, double value) {
        System.out.println(name + " " + value);
    }

    private interface Work {
        void run() throws IOException;
    }

    /** How long it takes, in seconds of wall time. */
    private static double time(VirtualEngine engine, Work work) throws IOException {
        long began = System.nanoTime();
        engine.call(
                () -> {
                    work.run();
                    return true;
                });
        return (System.nanoTime() - began) / NANOS_PER_SECOND;
    }

    /** Cold start, a minute of nothing, a failure, its repair. */
    private static void life(VirtualEngine engine, Topology topology) throws IOException {
        List<VirtualWorld> made = new ArrayList<>();
        say(
                "build_s",
                time(engine, () -> made.add(new VirtualWorld(topology, new Seed(1), engine))));
        VirtualWorld world = made.getFirst();
        say("start_s", time(engine, () -> converge(world)));
        say("routes", engine.call(world::routes));
        // The last floods and acknowledgements of the start are no part of a quiet minute.
        say("settle_s", time(engine, () -> world.clock().runFor(SETTLING_NANOS)));
        say("idle_s", time(engine, () -> world.clock().runFor(IDLE_NANOS)));
        Link link = topology.links().get(topology.links().size() / 2);
        LinkName name = new LinkName(link.a().name(), link.b().name());
        say(
                "failure_s",
                time(
                        engine,
                        () -> {
                            world.fail(name, FailureMode.DOWN, Cause.OPERATOR);
                            world.clock().runFor(SETTLING_NANOS);
                        }));
        say(
                "repair_s",
                time(
                        engine,
                        () -> {
                            boolean ignored = world.restore(name, Cause.OPERATOR);
                            world.clock().runFor(SETTLING_NANOS);
                        }));
        say("heap_b", heapBytes());
        say("peak_b", peakBytes());
        end(engine, world);
    }

    private static void converge(VirtualWorld world) throws IOException {
        long nanos = world.converge(PATIENCE_NANOS);
        if (nanos < 0) {
            throw new IOException("has not converged: " + world.status());
        }
        say("converged_s", nanos / NANOS_PER_SECOND);
    }

    /** Echoes from one end of a chain to the other. */
    private static void hops(VirtualEngine engine) throws IOException {
        Topology topology = Generated.grid(CHAIN, 1, DELAY_NANOS);
        List<Node> nodes = topology.nodes();
        VirtualWorld world = engine.call(() -> new VirtualWorld(topology, new Seed(1), engine));
        double ignored = time(engine, () -> converge(world));
        long packets = 2 * PING_NANOS / PING_EVERY_NANOS;
        double best = Double.MAX_VALUE;
        for (int i = 0; i < WARM_UPS + 1; i++) {
            best = Math.min(best, time(engine, () -> ping(world, nodes)));
        }
        say("hop_ns", best * NANOS_PER_SECOND / packets / (CHAIN - 1));
        end(engine, world);
    }

    private static void ping(VirtualWorld world, List<Node> nodes) throws IOException {
        String app = "ping" + world.clock().nowNanos();
        var from = world.host(nodes.getFirst().name());
        from.start(
                app,
                "ping",
                "DST "
                        + world.address(nodes.getLast().name())
                        + ", EVERY "
                        + Quantity.ofNanos(PING_EVERY_NANOS)
                        + ", FOR "
                        + Quantity.ofNanos(PING_NANOS));
        world.clock().runFor(PING_NANOS + SECOND);
        from.stop(app);
    }

    private static void end(VirtualEngine engine, VirtualWorld world) {
        engine.call(
                () -> {
                    world.close();
                    return true;
                });
    }

    /** What is in use after a collection of all garbage. */
    private static double heapBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** The most that was ever resident. */
    private static double peakBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("this kernel does not say what a process held at most");
    }
}
