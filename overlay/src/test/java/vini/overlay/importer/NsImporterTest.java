package vini.overlay.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.overlay.json.InputException;

import java.io.IOException;
import java.nio.file.Path;

class NsImporterTest {
    private static final String START = "set ns [new Simulator]\n";

    @TempDir Path folder;
    private Sample sample = new Sample(Path.of(""));

    @BeforeEach
    void useFolder() {
        sample = new Sample(folder);
    }

    @Test
    void nodesAndLinksAreCalledByTheirVariables() throws IOException {
        Imported imported =
                sample.of(
                        "lab.ns",
                        START
                                + """
                                source tb_compat.tcl
                                # two by name, three by number
                                set client [$ns node]
                                set Server [$ns node]; set other $Server
                                for {set i 0} {$i < 3} {incr i} {
                                    set r($i) [$ns node]
                                    tb-set-node-os $r($i) RHL-STD
                                }
                                set l0 [$ns duplex-link $client $r(0) 100Mb 1.5ms DropTail]
                                $ns duplex-link $r(0) $r(1) 10Mb \\
                                    [expr 5 * 2]ms RED
                                set l2 [$ns duplex-link $r(1) $Server 1Gb 0.02 DropTail]
                                tb-set-link-loss $l0 0.05
                                tb-set-link-simplex-params $l2 $r(1) 30ms 2Mb 0.01
                                $ns cost $r(0) $r(1) 7
                                set q [[$ns link $client $r(0)] queue]
                                $q set limit_ 40
                                $ns duplex-link $r(2) $client 64kb 0ms DropTail
                                $ns rtproto Static
                                $ns run
                                """);
        assertThat(imported.format().name()).isEqualTo("ns");
        assertThat(imported.topology().name()).isEqualTo("lab");
        assertThat(Sample.lines(imported, "nodes"))
                .containsExactly(
                        "\"client\": {}",
                        "\"server\": {\"label\": \"Server\"}",
                        "\"r-0\": {}",
                        "\"r-1\": {}",
                        "\"r-2\": {}");
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"client\", \"r-0\"],"
                                + " \"forward\": {\"delay\": \"1.5ms\", \"loss\": \"5%\","
                                + " \"rate\": \"100Mbps\", \"queue\": 40},"
                                + " \"backward\": {\"delay\": \"1.5ms\", \"loss\": \"5%\","
                                + " \"rate\": \"100Mbps\"}}",
                        "{\"between\": [\"r-0\", \"r-1\"], \"cost\": [7, 10], \"delay\": \"10ms\","
                                + " \"rate\": \"10Mbps\"}",
                        "{\"between\": [\"r-1\", \"server\"],"
                                + " \"forward\": {\"delay\": \"30ms\", \"loss\": \"1%\","
                                + " \"rate\": \"2Mbps\"},"
                                + " \"backward\": {\"delay\": \"20ms\", \"rate\": \"1Gbps\"}}",
                        "{\"between\": [\"r-2\", \"client\"], \"rate\": \"64kbps\"}");
        assertThat(Sample.notes(imported))
                .containsExactly(
                        "commands without a place here: tb-set-node-os (3)",
                        "queues of other kinds than DropTail, which they are here: RED");
    }

    @Test
    void theScheduleIsAnExperiment() throws IOException {
        Imported imported =
                sample.of(
                        "lab.ns",
                        START
                                + """
                                set a [$ns node]
                                set b [$ns node]
                                set c [$ns node]
                                set l0 [$ns duplex-link $a $b 1Mb 1ms DropTail]
                                set l1 [$ns duplex-link $b $c 1Mb 1ms DropTail]
                                $ns at 34.0 "$l0 up"
                                $ns at 10.0 "$l0 down"
                                $ns at 12.5 "$l1 modify DELAY=40ms BANDWIDTH=512 PLR=0.02"
                                $ns rtmodel-at 20 down $b $c
                                $ns rtmodel-at 21 up $b $c
                                $ns at 5.0 "$prog start"
                                """
                                        .replace("$prog", "prog"));
        assertThat(imported.events()).isEqualTo(7);
        assertThat(imported.schedule("s.json", "lab.json"))
                .isEqualTo(
                        """
                        {
                          "$schema": "s.json",
                          "name": "lab-schedule",
                          "topology": "lab.json",
                          "duration": "64s",
                          "probes": [
                            {"name": "rtt", "ping": {"from": "a", "to": "b", "every": "100ms"}}
                          ],
                          "events": [
                            {"at": "10s", "fail": {"link": ["a", "b"], "mode": "silent"}},
                            {"at": "12.5s", "set": {"link": ["b", "c"], "delay": "40ms"}},
                            {"at": "12.5s", "set": {"link": ["b", "c"], "rate": "512kbps"}},
                            {"at": "12.5s", "set": {"link": ["b", "c"], "loss": "2%"}},
                            {"at": "20s", "fail": {"link": ["b", "c"]}},
                            {"at": "21s", "restore": {"link": ["b", "c"]}},
                            {"at": "34s", "restore": {"link": ["a", "b"]}}
                          ]
                        }
                        """);
        assertThat(Sample.notes(imported))
                .containsExactly("events that are not of links, left out: start");
    }

    @Test
    void aLanIsALinkBetweenEachTwo() throws IOException {
        Imported imported =
                sample.of(
                        "lan.ns",
                        START
                                + """
                                set names {}
                                foreach n {a b c} { set $n [$ns node]; lappend names [set $n] }
                                set lan0 [$ns make-lan "$a $b $c" 100Mb 0ms]
                                if {[llength $names] == 3} { set d [$ns node] } else { set e [$ns node] }
                                set lan1 [$ns make-lan "$c $d" 10Mb 2ms]
                                """);
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"a\", \"b\"], \"rate\": \"100Mbps\"}",
                        "{\"between\": [\"a\", \"c\"], \"rate\": \"100Mbps\"}",
                        "{\"between\": [\"b\", \"c\"], \"rate\": \"100Mbps\"}",
                        "{\"between\": [\"c\", \"d\"], \"delay\": \"2ms\", \"rate\": \"10Mbps\"}");
        assertThat(Sample.notes(imported))
                .containsExactly(
                        "shared networks, made links between each two of their nodes: lan-0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$ns duplex-link $a $b 1Mb 1ms DropTail | 2:1: no variable \"a\" has been set here",
                "set a [$ns node | 2:1: the [ of this line has no ]",
                "set a \"x | 2:1: the \" of this line is never closed",
                "while {1} {set x 1} | 2:1: more than 200000 commands are run; is a loop endless?",
                "$ns duplex-link a b | 2:1: \"a\" is no node; make one by [$ns node]",
                "set a [$ns node]; $ns duplex-link $a | 2:1: \"_ns\" needs more words than stand"
                        + " here",
                "set a [$ns node]; $ns duplex-link $a $a fast 1ms DropTail | 2:1: \"fast\" is no"
                        + " rate",
                "set a [expr 1 +] | 2:1: \"1 +\" is no sum that is understood here",
            })
    void mistakesAreNamedWithTheirLine(String command, String message) {
        assertThatThrownBy(() -> sample.of("bad.ns", START + command + "\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bad.ns:" + message);
    }

    @Test
    void depthAndLengthAreBounded() {
        String deep = "[".repeat(5000) + "]".repeat(5000);
        assertThatThrownBy(() -> sample.of("deep.ns", START + "set a " + deep))
                .hasMessageContaining("nested deeper than 40");
        assertThatThrownBy(
                        () ->
                                sample.of(
                                        "long.ns",
                                        START + "set a 1234567890\nwhile {1} {append a $a}"))
                .hasMessageContaining("longer than 65536");
        assertThatThrownBy(() -> sample.of("sum.ns", START + "expr " + "(".repeat(60_000)))
                .hasMessageContaining("nested deeper than 40");
    }
}
