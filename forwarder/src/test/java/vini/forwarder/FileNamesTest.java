package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.kit.GraphRun;

/** What no file can be called is refused as any other wrong argument. */
class FileNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "e :: FromDump(%s) -> Discard",
                "e :: FromIPSummaryDump(%s) -> Discard",
                "Idle -> e :: ToDump(%s)",
                "Idle -> e :: ToIPSummaryDump(%s)",
                "Idle -> e :: IPPrint(OUTFILE %s) -> Discard",
                "Idle -> e :: NAPT(192.0.2.1, LOG_FILE %s) -> Discard; Idle -> [1]e[1] -> Discard",
                "e :: ControlSocket(UNIX, %s)",
                "Idle -> e :: Socket(UNIX, %s)",
            })
    void areRefused(String text) {
        assertThatThrownBy(() -> GraphRun.of(text.formatted("\"a\\<00>b\"")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("t.click:1: 'e :: ")
                .hasMessageEndingWith("is not the name of a file");
    }

    @Test
    void areAMistakeOfAnInstruction() throws Exception {
        try (GraphRun run = GraphRun.of("s :: Script(print >\"a\\<00>b\" \"text\")")) {
            run.run(GraphRun.MS);
            assertThat(run.chatter())
                    .containsExactly("s :: Script: \"a\\000b\" is not the name of a file");
        }
    }
}
