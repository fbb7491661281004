package vini.forwarder.elements.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.Chatter;
import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;

import java.util.ArrayList;
import java.util.List;

class ClassifierTest {
    @Test
    void sortsEthernetFrames() throws Exception {
        String text =
                "in :: Inject -> c :: Classifier(12/0806 20/0001, 12/0806 20/0002, 12/0800, -);"
                        + "c[0] -> requests :: Collect; c[1] -> replies :: Collect;"
                        + "c[2] -> ip :: Collect; c[3] -> others :: Collect;";
        String ethernet = "ffffffffffff" + "020000000001";
        String request = ethernet + "0806" + "000108000604" + "0001";
        String reply = ethernet + "0806" + "000108000604" + "0002";
        String cut = ethernet + "0806" + "000108000604" + "00";
        String ip = ethernet + "0800" + "45";
        try (GraphRun run = GraphRun.of(text)) {
            run.push(request, ip, reply, cut, "", ip);
            assertThat(run.out("requests")).containsExactly(request);
            assertThat(run.out("replies")).containsExactly(reply);
            assertThat(run.out("ip")).containsExactly(ip, ip);
            assertThat(run.out("others")).containsExactly(cut, "");
        }
    }

    @Test
    void dropsAndCountsWhatMatchesNothing() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> c :: Classifier(0/01) -> Collect;")) {
            run.push("01", "02", "");
            assertThat(run.books()).contains("delivered 1", "drop c noMatch 2");
        }
    }

    @Test
    void warnsOfPatternsThatNoPacketComesTo() throws Exception {
        String text =
                "in :: Inject -> c :: Classifier(12/0806 12/0800, -, 0/01);"
                        + "c[0] -> Discard; c[1] -> Discard; c[2] -> Discard;";
        List<String> lines = new ArrayList<>();
        try (GraphRun run = new GraphRun(42)) {
            run.process().shared().get(Chatter.class, Chatter::new).to(lines::add);
            run.start("n", text);
            assertThat(lines)
                    .containsExactly(
                            "c: warning: pattern 1 '12/0806 12/0800' matches no packet",
                            "c: warning: pattern 3 '0/01' matches no packet");
        }
    }

    @Test
    void tellsAllMistakesAtOnce() {
        assertThatThrownBy(
                        () ->
                                GraphRun.of(
                                        "in :: Inject -> c :: Classifier(12/080, -, x) -> Idle;"
                                                + "c[1] -> Idle; c[2] -> Idle;"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("pattern 1 '12/080': '12/080': the value has an odd")
                .hasMessageContaining("pattern 3 'x': 'x' is not OFFSET/VALUE");
        assertThatThrownBy(() -> GraphRun.of("in :: Inject -> Classifier(0/01, -) -> Discard;"))
                .hasMessageContaining("there are 2 patterns for 1 outputs");
    }
}
