package vini.overlay.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

class JsonFileTest {
    private final Problems problems = new Problems();
    private final JsonFile file = JsonFile.of(Path.of("f.json"), "f.json", problems);

    @Test
    void knowsWhereEverythingStands() {
        Place root =
                Objects.requireNonNull(
                        parse("{\"ä\": [1,\n  true, null],\n \"b\": {\"c\": \"x\"}}"));

        assertThat(root.value().at()).hasToString("1:1");
        assertThat(root.at("ä").value().at()).hasToString("1:7");
        assertThat(root.at("ä", 0).value().at()).hasToString("1:8");
        assertThat(root.at("ä", 1).value().at()).hasToString("2:3");
        assertThat(root.at("ä", 2).value().at()).hasToString("2:9");
        assertThat(root.at("b", "c").value().at()).hasToString("3:13");
        assertThat(((JsonValue.Struct) root.value()).members().get("b"))
                .extracting(member -> Objects.requireNonNull(member).keyAt())
                .hasToString("3:2");
        assertThat(root.value().plain()).hasToString("{\"ä\":[1,true,null],\"b\":{\"c\":\"x\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    '' | 1:1: the file is empty; write a JSON object, { ... }
                    '  ' | 1:1: the file is empty; write a JSON object, { ... }
                    '{"a": 1' | 1:8: the file ends too early: the { of 1:1 is not closed
                    '{"a": [1, {"b": 2}' | 1:19: the file ends too early: the [ of 1:7 is not closed
                    '{"a": 1,}' | 1:9: broken JSON: a comma stands before this '}'; remove it
                    '["a", ]' | 1:7: broken JSON: a comma stands before this ']'; remove it
                    '{"a": 1 "b": 2}' | 1:9: broken JSON: Unexpected character ('"'): was expecting comma to separate the members of an object
                    '{"a": 1} x' | 1:10: broken JSON: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
                    '{"a": 1} {}' | 1:10: the file goes on after its value; remove the rest
                    '{"a": 1, "b": 2, "a": 3}' | 1:18: the key "a" is there already (line 1); keep one of them
                    '{a: 1}' | 1:2: broken JSON: Unexpected character ('a'): was expecting double-quote to start property name
                    '{"a": NaN}' | 1:10: broken JSON: 'NaN' is no number; JSON has none such
                    '// no' | 1:1: broken JSON: comments are not JSON; remove this one
                    """)
    void saysWhatIsNoJson(String text, String message) {
        parse(text);

        assertThat(mistakes()).containsExactly("f.json:" + message);
    }

    @Test
    void refusesDeepNesting() {
        parse("[".repeat(100_000));

        assertThat(mistakes())
                .containsExactly("f.json:1:65: more than 64 objects and lists in each other");
    }

    @Test
    void refusesANumberOfThousandsOfDigitsWhereItIs() {
        parse("{\"a\":\n " + "9".repeat(5000) + "}");

        assertThat(mistakes())
                .containsExactly("f.json:2:2: a number of 5000 digits is none that fits anywhere");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        file.parse(new byte[] {'{', '\n', ' ', '"', (byte) 0xff, '"'});

        assertThat(mistakes())
                .containsExactly(
                        "f.json:2:3: the bytes here are not UTF-8; save the file as UTF-8");
    }

    @Test
    void readsPastAByteOrderMark() {
        assertThat(parse("\ufeff{}")).isNotNull();
    }

    @Test
    void countsWhatItDoesNotList() {
        for (int i = 1; i <= 250; i++) {
            problems.add("f.json", new Position(300 - i, 1), "wrong");
        }
        InputException thrown = new InputException(problems.mistakes(), 150);
        assertThat(problems.count()).isEqualTo(250);
        assertThat(problems.mistakes()).hasSize(Problems.MOST);
        assertThat(problems.mistakes().getFirst().at().line()).isEqualTo(200);
        assertThat(thrown).hasMessageEndingWith("and 150 more");
        assertThat(thrown.count()).isEqualTo(250);
    }

    private @Nullable Place parse(String text) {
        return file.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> mistakes() {
        return problems.mistakes().stream().map(Problem::toString).toList();
    }
}
