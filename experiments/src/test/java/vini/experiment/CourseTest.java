package vini.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import vini.experiment.analysis.Summary;
import vini.experiment.report.Report;
import vini.experiment.run.BooksRow;
import vini.experiment.run.RunFolder;
import vini.experiment.spec.Experiment;
import vini.experiment.spec.ExperimentFile;
import vini.forwarder.capture.CaptureOrder;
import vini.forwarder.capture.Captured;
import vini.net.Ipv4Address;
import vini.overlay.json.Problems;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.Cause;
import vini.overlay.world.FailureMode;
import vini.overlay.world.Host;
import vini.overlay.world.Program;
import vini.overlay.world.SliceProcess;
import vini.overlay.world.Way;
import vini.overlay.world.World;
import vini.time.Clock;
import vini.time.VirtualClock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

class CourseTest {
    private static final String TEXT =
            """
            {"name": "pair", "duration": "2s",
             "topology": {"name": "pair", "nodes": {"a": {}, "b": {}},
                          "links": [{"between": ["a", "b"]}]},
             "probes": [{"name": "rtt", "ping": {"from": "a", "to": "b", "every": "100ms"}}]}
            """;

    @TempDir Path folder;
    private final VirtualClock clock = new VirtualClock();
    private Consumer<Course> atOneSecond = course -> {};

    @Test
    void aWholeRecordLeavesNoDoubt() throws Exception {
        Course course = course("0", 0);
        assertThat(course.doubts()).isEmpty();
        assertThat(course.probe(0).lines()).hasSize(3);
    }

    @Test
    void holesInTheRecordAreDoubts() throws Exception {
        Course course = course("7", 12);
        assertThat(course.doubts())
                .containsExactly(
                        "7 records of probe rtt lost, overwritten before they were read:"
                                + " its measurements have a hole",
                        "12 changes of FIBs and neighbors lost, overwritten before they were"
                                + " read: paths and convergence have a hole");
        // What comes after the hole is there, under its own number.
        assertThat(course.probe(0).lines()).hasSize(3).element(1).asString().startsWith("7,");
        assertThat(course.probe(0).lines().get(2)).startsWith("8,").contains("50.000");
    }

    @Test
    void aForwarderThatDiesTakesItsProbesAlongAndThatIsSaidOnce() throws Exception {
        atOneSecond = course -> course.died("forwarder", 137);
        Course course = course("0", 0);
        assertThat(course.faults())
                .containsExactly(
                        "the forwarder died with status 137, and with it what it hosts:"
                                + " no more of rtt (at 1.0 s)");
        assertThat(course.doubts())
                .containsExactly("the books know only the packets after the forwarder's death");
        assertThat(course.probe(0).lines()).hasSize(3);
    }

    @Test
    void aPacketThatVanishesTakesTheTrustAlong() throws Exception {
        Course course = course("0", 0);
        assertThat(course.books()).extracting(BooksRow::missing).containsExactly(0L, 1L, 1L, 1L);
        assertThat(course.books().getLast().dropped())
                .as("one has never arrived, another one still comes")
                .containsEntry("tunnelLost", 1L);
        assertThat(course.books().getLast().inFlight()).isEqualTo(2);
        RunFolder out = new RunFolder(Files.createDirectory(folder.resolve("run")));
        FolderWriter writer = new FolderWriter(out);
        writer.inputs(course.experiment());
        writer.course(course);
        writer.environment(
                JsonMapper.shared().createObjectNode().put("world", "virtual").put("ended_s", 2));
        Summary summary = Report.summarise(out.path());
        assertThat(summary.trustworthy()).isFalse();
        assertThat(summary.doubts())
                .containsExactly(
                        "the books do not balance: of 11 packets sent, 1 are unaccounted for",
                        "the books did not balance at 1.0 s: of 10 packets sent, 1 are"
                                + " unaccounted for, nor at 2 later times");
    }

    private Course course(String first, long missed) throws IOException {
        Path file = Files.writeString(folder.resolve("pair.json"), TEXT);
        Experiment experiment = ExperimentFile.read(file, new Problems()).withSeed(1);
        AtomicBoolean over = new AtomicBoolean();
        Course course =
                new Course(
                        new ScriptedWorld(clock, experiment.topology(), first, missed),
                        experiment,
                        folder,
                        new RunListener() {},
                        () -> over.set(true));
        clock.runUntil(1_200_000_000L);
        atOneSecond.accept(course);
        clock.runFor(10_000_000_000L);
        assertThat(over).isTrue();
        return course;
    }

    /** A network in which nothing happens, and hosts that say what stands here. */
    private record ScriptedWorld(Clock clock, Topology topology, String first, long missed)
            implements World {
        @Override
        public Host host(String name) {
            return new Host() {
                private boolean told;

                @Override
                public void start(String name, String kind, String arguments) {}

                @Override
                public void stop(String name) {}

                @Override
                public void remove(String name) {}

                @Override
                public boolean isInForwarder() {
                    return true;
                }

                @Override
                public Program run(List<String> command, Path folder, Program.Listener listener) {
                    throw new IllegalStateException("no program was expected");
                }

                @Override
                public String log(String name, long from) {
                    if (told) {
                        return "log " + from + " " + from + " " + first + "\n";
                    }
                    told = true;
                    long seq = Long.parseLong(first);
                    long next = seq + 3;
                    return String.join(
                            "\n",
                            "log " + first + " " + next + " " + first,
                            "sent " + seq + " 300000000",
                            "sent " + (seq + 1) + " 400000000",
                            "reply " + (seq + 1) + " 450000000 63",
                            "");
                }
            };
        }

        @Override
        public Ipv4Address address(String name) {
            return AddressPlan.of(topology).routerId(Objects.requireNonNull(topology.node(name)));
        }

        @Override
        public String links(long since) {
            return "reading 1\n";
        }

        @Override
        public void capture(String name, CaptureOrder order) {}

        @Override
        public Captured captured(String name) {
            return new Captured(0, 0, List.of());
        }

        @Override
        public void endCapture(String name) {}

        @Override
        public String fib(Node node) {
            return "";
        }

        @Override
        public String neighbors(Node node) {
            return "[]";
        }

        @Override
        public String books() {
            return "x sent "
                    + sent()
                    + "\nx delivered 5\nx tunnelled "
                    + between()
                    + "\nx drop to_y linkDown 2\n- in_use 1\n";
        }

        @Override
        public String totals() {
            return "sent "
                    + sent()
                    + "\ndelivered 5\nbetween "
                    + between()
                    + "\nin_use 1\ndrop linkDown 2\n";
        }

        /** Somebody has killed a packet and told nobody: from the first second on. */
        private long sent() {
            return 8 + between() + (clock.nowNanos() < 1_000_000_000L ? 0 : 1);
        }

        /** One is lost, and in half of the time there is a hello on its way, also in the end. */
        private long between() {
            return clock.nowNanos() / 30_000_000L % 2 == 0 ? 1 : 2;
        }

        @Override
        public String punctuality() {
            return "100 0 0 0 0 0";
        }

        @Override
        public void fail(LinkName link, FailureMode mode, Cause cause) {}

        @Override
        public boolean restore(LinkName link, Cause cause) {
            return true;
        }

        @Override
        public void fail(Node node, FailureMode mode, Cause cause) {}

        @Override
        public boolean restore(Node node, Cause cause) {
            return true;
        }

        @Override
        public void set(Way way, String property, String value, Cause cause) {}

        @Override
        public void unset(Way way, Cause cause) {}

        @Override
        public void cost(Way way, int cost) {}

        @Override
        public String property(Way way, String property) {
            return "0ms";
        }

        @Override
        public void crash(Node node, Cause cause) {}

        @Override
        public boolean start(Node node, Cause cause) {
            return true;
        }

        @Override
        public void freeze(Node node, Cause cause) {}

        @Override
        public boolean thaw(Node node, Cause cause) {
            return true;
        }

        @Override
        public void kill(SliceProcess process) {}

        @Override
        public void freeze(SliceProcess process, Cause cause) {}

        @Override
        public boolean thaw(SliceProcess process, Cause cause) {
            return true;
        }

        @Override
        public void follow(Listener listener) {}

        @Override
        public void catchUp() {}

        @Override
        public void markStart() {}

        @Override
        public void close() {}
    }
}
