package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.GraphRun;

/** Configurations that are written while the graph runs. */
class LiveConfigTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AdjustTimestamp | 5s | 6s",
                "CheckLength | 100 | 200",
                "CheckPaint | 1 | 2",
                "Classifier | 12/0800 | 12/0806",
                "DecIPTTL | MULTICAST true | MULTICAST false",
                "EtherEncap | 0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2 | 0x0806, 1:1:1:1:1:1, 3:3:3:3:3:3",
                "FixIPSrc | 10.0.0.1 | 10.0.0.2",
                "GetIPAddress | 16 | 12",
                "HashSwitch | 0, 4 | 4, 2",
                "HostEtherFilter | 1:1:1:1:1:1 | 2:2:2:2:2:2",
                "IPClassifier | tcp | udp",
                "IPEncap | 4, 10.0.0.1, 10.0.0.2 | 17, 10.0.0.1, 10.0.0.3",
                "IPFilter | allow tcp | deny all",
                "IPGWOptions | 10.0.0.1 | 10.0.0.2",
                "Pad | 60 | 64",
                "Paint | 3 | 4",
                "Print | a | b",
                "RandomBitErrors | 0 | 0.5",
                "RandomSample | 0.5 | 1",
                "SetIPAddress | 10.0.0.1 | 10.0.0.2",
                "SetIPDSCP | 1 | 2",
                "Strip | 14 | 20",
                "Switch | 0 | -1",
                "Truncate | 50 | 60",
                "Unstrip | 14 | 20",
            })
    void isTakenOrRefusedAsAWhole(String type, String before, String after) throws Exception {
        String text = "Idle -> x :: %s(%s) -> Discard;".formatted(type, before);
        try (GraphRun run = GraphRun.of(text)) {
            assertThat(run.read("x.handlers")).contains("config\trw\n");
            assertThatThrownBy(() -> run.write("x.config", "no, such, thing, NONE 9, 1 2 3, 4, 5"))
                    .isInstanceOf(HandlerException.class);
            assertThat(run.read("x.config")).isEqualTo(before);
            run.write("x.config", after);
            assertThat(run.read("x.config")).isEqualTo(after);
            assertThat(run.graph("n").handlers().read("flatconfig", "", ""))
                    .contains("x :: %s(%s)".formatted(type, after));
        }
    }

    @Test
    void whatIsRefusedChangesNothing() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> c :: Classifier(0/0a, -); c[0] -> a :: Collect;"
                                + "c[1] -> p :: Paint(3) -> b :: Collect;")) {
            run.write("p.color", "9");
            assertThatThrownBy(() -> run.write("c.config", "0/0b")).hasMessageContaining("pattern");
            assertThatThrownBy(() -> run.write("p.config", "300"))
                    .hasMessageContaining("300 is outside 0 to 255");
            run.push("0a", "0b");
            assertThat(run.out("a")).containsExactly("0a");
            assertThat(run.seen("b")).hasSize(1).first().extracting("paint").isEqualTo(9);
            run.write("c.config", "0/0b, -");
            run.push("0a", "0b");
            assertThat(run.out("a")).containsExactly("0a", "0b");
            assertThat(run.out("b")).containsExactly("0b", "0a");
        }
    }

    @Test
    void othersRefuseIt() throws Exception {
        try (GraphRun run = GraphRun.of("Idle -> q :: Queue -> Idle;")) {
            assertThatThrownBy(() -> run.write("q.config", "7"))
                    .hasMessage("Handler 'n/q.config' read-only");
        }
    }
}
