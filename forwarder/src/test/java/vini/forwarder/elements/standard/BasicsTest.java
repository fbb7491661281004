package vini.forwarder.elements.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Puller;

/** Null, Tee, Hub, Print, Message, the timestamps, Clipboard, and what all of them refuse. */
class BasicsTest {
    @Test
    void copiesAreInTheBooks() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Null -> t :: Tee -> h :: Hub -> a :: Collect;"
                                + " t[1] -> [1] h [1] -> b :: Collect;"
                                + " t[2] -> Paint(255) -> s :: PaintSwitch -> c :: Collect;"
                                + " s[1] -> d :: Collect;")) {
            run.push("01", "02");
            assertThat(run.out("a")).containsExactly("01", "02");
            assertThat(run.out("b")).containsExactly("01", "02");
            assertThat(run.out("c")).containsExactly("01", "02");
            assertThat(run.out("d")).containsExactly("01", "02");
            assertThat(run.books())
                    .containsExactly("sent 8", "delivered 8", "tunnelled 0", "untunnelled 0");
        }
    }

    @Test
    void aHubOfOnePortDropsWhatComes() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> h :: Hub -> Discard;")) {
            run.push("01");
            assertThat(run.books()).contains("drop h noOtherPort 1");
        }
    }

    @Test
    void annotationsTravelWithCopiesAndAreTheirOwn() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Paint(7) -> t :: Tee -> Paint(8) -> a :: Collect;"
                                + " t[1] -> Paint(3, 17) -> c :: CheckPaint(3, 17)"
                                + " -> p :: PaintTee(7) -> b :: Collect; p[1] -> d :: Collect;")) {
            run.push("01");
            assertThat(run.seen("a").getFirst().paint()).isEqualTo(8);
            assertThat(run.seen("b").getFirst().paint()).isEqualTo(7);
            assertThat(run.seen("d").getFirst().paint()).isEqualTo(7);
        }
    }

    @Test
    void aPullTeeCopiesWhatIsPulledOnly() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Queue -> t :: PullTee(3) -> p :: Puller;"
                                + " t[1] -> a :: Collect; t[2] -> b :: Collect;")) {
            run.push("01", "02");
            assertThat(run.element("p", Puller.class).pull()).isEqualTo("01");
            assertThat(run.out("a")).containsExactly("01");
            assertThat(run.out("b")).containsExactly("01");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; 0102030405; '   5 | 01020304 05'",
                "'x'; 0102030405; 'x:    5 | 01020304 05'",
                "'x y, 2'; 0102030405; 'x y:    5 | 0102'",
                "'\"x, y\", 2'; 0102030405; 'x, y:    5 | 0102'",
                "'MAXLENGTH 0'; 0102030405; '   5'",
                "'MAXLENGTH -1'; 0102030405; '   5 | 01020304 05'",
                "'CONTENTS none'; 01; '   1'",
                "'CONTENTS ASCII'; 4142434445464748497f; '  10 |  ABCDEFGH I.'",
                "''; ''; '   0'",
                "'ACTIVE false'; 01;",
            })
    void prints(String arguments, String packet, String line) throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> Print(" + arguments + ") -> Discard;")) {
            run.push(packet);
            assertThat(String.join("\n", run.chatter())).isEqualTo(line == null ? "" : line);
        }
    }

    @Test
    void theDefaultIsTwentyFourBytes() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> Print -> Discard;")) {
            run.push("00".repeat(100));
            assertThat(run.chatter().getFirst()).isEqualTo(" 100 |" + " 00000000".repeat(6));
        }
    }

    @Test
    void messagesAreWrittenOnceEach() throws Exception {
        try (GraphRun run =
                GraphRun.of("Message(\"one, two\"); Message(MESSAGE three, WARNING);")) {
            assertThat(run.chatter()).containsExactly("one, two", "warning: three");
        }
    }

    @Test
    void firstTimestampsAreKeptBesideTheOthers() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> SetTimestamp(1600000000.000000001, FIRST true)"
                                + " -> AdjustTimestamp(2, FIRST true) -> AdjustTimestamp(5)"
                                + " -> Print(a, 0, TIMESTAMP true) -> AdjustTimestamp(5, ALL true)"
                                + " -> SetTimestamp(1600000003.5) -> SetTimestampDelta(TYPE FIRST)"
                                + " -> Print(b, 0, TIMESTAMP true) -> Discard;")) {
            run.push("01");
            assertThat(run.chatter()).containsExactly("a: 0.000000:    1", "b: 1.499999999:    1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Null(1); unexpected argument '1'; 1",
                "Tee(2); N: 2 outputs wanted, 1 in use; 1",
                "Tee(0); N: 0 is outside 1 to 2147483647; 1",
                "Strip; missing argument LENGTH; 1",
                "Strip(-1); LENGTH: -1 is outside 0 to 65535; 1",
                "Unstrip(65536); LENGTH: 65536 is outside 0 to 65535; 1",
                "Pad(x); LENGTH: 'x' is not a whole number; 1",
                "Pad(1, ZERO x); ZERO: 'x' is not true or false; 1",
                "Truncate; missing argument LENGTH; 1",
                "Resize(99999); HEAD: 99999 is outside -65535 to 65535; 1",
                "CheckLength(-1); LENGTH: -1 is outside 0 to 2147483647; 1",
                "'Print(a, 1, CONTENTS B64)'; CONTENTS: 'B64' is not NONE, HEX or ASCII; 1",
                "SetTimestamp(now); TIMESTAMP: 'now' is not a time; 1",
                "AdjustTimestamp; missing argument TIME; 1",
                "SetTimestampDelta(TYPE X); TYPE: 'X' is not RANGE, NOW or FIRST; 1",
                "'Paint(1, DST_IP)'; ANNO: DST_IP has 4 bytes, not 1; 1",
                "'SetAnnoByte(48, 1)'; ANNO: bytes 48 to 48 are outside 0-47; 1",
                "'Counter(COUNT_CALL x y)'; COUNT_CALL: 'x' is not a whole number; 1",
                "'Align(4, 4)'; OFFSET: 4 is not below MODULUS 4; 1",
                "'Clipboard(1)'; RANGE: '1' is not OFFSET/LENGTH; 2",
                "'Clipboard(65530/6)'; RANGE: 65530/6 ends beyond 65535; 2",
                "Message; missing argument MESSAGE; 0",
                "'Message(a, LOUD)'; TYPE: 'LOUD' is not MESSAGE, WARNING or ERROR; 0",
                "ScheduleInfo(x); 'x' is not ELEMENT PARAMETER; 0",
                "ScheduleInfo(x -1); '-1' is not above 0; 0",
                "ScheduleInfo(x y); 'y' is not a number; 0",
                "PortInfo(x 1/sctp); 'x 1/sctp' is not NAME PORT[/PROTOCOL]; 0",
                "AddressInfo(x 1.2.3.4/33); '1.2.3.4/33' is no address; 0",
            })
    void refuses(String element, String message, int ports) {
        StringBuilder text = new StringBuilder("e :: " + element.replace("'", "") + ";");
        for (int i = 0; i < ports; i++) {
            text.append(" Idle -> [%d] e [%d] -> Idle;".formatted(i, i));
        }
        assertThatThrownBy(() -> GraphRun.of(text.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'e :: ")
                .hasMessageContaining("': " + message);
    }
}
