package vini.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.host.Possibility;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The scenarios measure; how fast it is on a machine that does other things is not asked here. */
class BenchSystemTest {
    private static final Effort SHORT = new Effort(1, 1, true);

    @BeforeEach
    void theMachineCan() {
        for (Need need : Needs.TESTBED) {
            Possibility possible = need.trial().get();
            assumeTrue(possible.possible(), possible.sentence());
        }
    }

    @Test
    void roundTripsOfAllSidesAreMeasuredAndNothingIsLeft() throws Exception {
        Result result = Bench.run(new Table3(), SHORT, null, doing -> {});

        assertThat(result.unable()).isNull();
        List<Figure> medians =
                result.sheet().figures().stream()
                        .filter(figure -> figure.subject().equals("round trip, median"))
                        .toList();
        assertThat(medians).hasSize(4).allMatch(figure -> figure.median() > 0);
        assertThat(result.sheet().bounds()).hasSize(2);
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    }

    /** Wires between namespaces, the kernel's forwarding, and a chain that carries a transfer. */
    @Test
    void transfersPassTheChainInBothUnits() throws Exception {
        try (Testbed bed = Testbed.create()) {
            bed.offloads(false);
            Iperf kernel = Iperf.tcp(bed.src(), bed.snk(), Testbed.VXLAN_SNK, 2, 1);
            assertThat(kernel.gigabits()).isPositive();
            bed.offloads(true);
            for (Chain.Units units : Chain.Units.values()) {
                try (Chain chain = Chain.start(bed, units, 5000)) {
                    Iperf tcp = Iperf.tcp(chain.host(0), chain.host(2), chain.address(2), 1, 1);
                    assertThat(tcp.gigabits()).as("%s", units).isPositive();
                    assertThat(chain.forwarders().get(1).count("tunnelled")).isPositive();
                }
            }
        }
    }

    /**
     * A program that is called as Click is, in Click's place: it forwards, and what it does is
     * told.
     */
    @Test
    void aProgramThatIsCalledLikeClickIsAChain(@TempDir Path folder) throws Exception {
        List<String> command = Click.at(Path.of("/"), folder).ourselves().command();
        Path program = folder.resolve("click");
        Files.writeString(program, "#!/bin/sh\nexec " + String.join(" ", command) + " \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Click click = Click.at(program, folder);
        try (Testbed bed = Testbed.create();
                ClickChain chain = new ClickChain(click, bed, 7000)) {
            chain.start();
            Ping ping = Ping.flood(bed.src(), ClickPeer.address(2), 20);
            assertThat(ping.replies()).isEqualTo(20);
            assertThat(chain.processes())
                    .extracting(Processor.Of::name)
                    .containsExactly("chain-src", "chain-fwd", "chain-snk");
            chain.mustRun();
        }
        assertThat(folder.resolve("chain-fwd.click")).content().contains("DecIPTTL");
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        Scenario wanting =
                new Scenario() {
                    @Override
                    public String name() {
                        return "wanting";
                    }

                    @Override
                    public String title() {
                        return "nothing";
                    }

                    @Override
                    public List<Need> needs() {
                        return List.of(Need.program("no-such-program", "a package"));
                    }

                    @Override
                    public void run(Sheet sheet) {
                        throw new AssertionError("it needs something");
                    }
                };
        assertThat(Bench.run(wanting, SHORT, null, doing -> {}).unable())
                .isEqualTo("The program no-such-program is missing; Debian has it in a package.");
    }
}
