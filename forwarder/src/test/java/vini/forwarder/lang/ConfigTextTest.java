package vini.forwarder.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

class ConfigTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "1, b c ~ 1 / b c",
                "1, ~ 1",
                "1, /* none */ ~ 1",
                "1,, ~ 1 / ",
                ", ~ ",
                "a ] , b ~ a ] / b",
                "(3, 4), [5, (6, 7)], 8 ~ (3, 4) / [5, (6, 7)] / 8",
                "\"a, \\\", b\", 'c, \\', d ~ \"a, \\\", b\" / 'c, \\' / d",
                "\\<2c 2C>, \\<, \\<z> ~ \\<2c 2C> / \\< / \\<z>",
                "a /* , */ b, c // d, e ~ a   b / c",
                "\"//\", '/*', x ~ \"//\" / '/*' / x",
                "'open, x ~ 'open, x",
                "\"open, x\\ ~ \"open, x\\",
                "/* open, x ~ ",
            })
    void splitsArguments(String text, String arguments) {
        String wanted = arguments == null ? "" : arguments.strip();
        List<String> list = List.of(wanted.split(" / ?", -1));
        assertThat(ConfigText.arguments(text))
                .isEqualTo(text.equals(",") ? List.of("") : wanted.isEmpty() ? List.of() : list);
    }

    @Test
    void nothingIsNoArgument() {
        assertThat(ConfigText.arguments("")).isEmpty();
        assertThat(ConfigText.arguments(" \n")).isEmpty();
        assertThat(ConfigText.arguments("\"(,) \\\" )\", /* ) */ 2, // ,\n (3, 4), [5, 6]"))
                .containsExactly("\"(,) \\\" )\"", "2", "(3, 4)", "[5, 6]");
    }

    @Test
    void splitsWords() {
        assertThat(ConfigText.words(" a \"b c\"d '\n'\t(e f)/**/g \\<68 65> "))
                .containsExactly("a", "\"b c\"d", "'\n'", "(e f)", "g", "\\<68 65>");
        assertThat(ConfigText.words("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "plain ~ plain",
                "a\"b\"'c' ~ abc",
                "\"a\\\"\\\\b\\q\" ~ a\"\\bq",
                "'a\\\"b' ~ a\\\"b",
                "a\\n ~ a\\n",
                "\"\\101\\60\\x3041\\x\" ~ A0Ax",
                "\\<48 45 4c 4C 4f>! ~ HELLO!",
                "\"<\\<4 84>!\" ~ <H\u0004!",
                "\\<4g> ~ \\<4g>",
                "\"\\<4g>\" ~ <4g>",
                "'\\<48>' ~ \\<48>",
                "\"open ~ open",
                "'open ~ open",
                "\"open\\ ~ open\\",
            })
    void unquotes(String text, String plain) {
        assertThat(ConfigText.unquote(text)).isEqualTo(plain.stripLeading());
    }

    @Test
    void obeysControlsAndLineEnds() {
        assertThat(ConfigText.unquote("\"\\a\\b\\t\\n\\v\\f\\r|\\\n|\\\r\n|\\\r|\\0\\377\\777\""))
                .isEqualTo("\u0007\b\t\n\u000b\f\r||||\0\u00ff\u00ff");
        assertThat(ConfigText.unquote("")).isEmpty();
    }

    @Test
    void dataAreBytesAndTextIsUtf8() {
        assertThat(ConfigText.unquoteBytes("\\<00 ff 8 0a>\u00e9\ud83d\ude00\"\\xff\u20ac\""))
                .isEqualTo(
                        new byte[] {
                            0,
                            (byte) 0xff,
                            (byte) 0x80,
                            0x0a,
                            (byte) 0xc3,
                            (byte) 0xa9,
                            (byte) 0xf0,
                            (byte) 0x9f,
                            (byte) 0x98,
                            (byte) 0x80,
                            (byte) 0xff,
                            (byte) 0xe2,
                            (byte) 0x82,
                            (byte) 0xac
                        });
        assertThat(ConfigText.unquoteBytes("")).isEmpty();
    }

    @Test
    void whatIsQuotedComesBack() {
        assertThat(ConfigText.quote("a-1.2:x")).isEqualTo("a-1.2:x");
        assertThat(ConfigText.quote("")).isEqualTo("\"\"");
        assertThat(ConfigText.quote("a \"b\" $c\n")).isEqualTo("\"a \\\"b\\\" \\$c\\n\"");
        String pieces = "ab1 ,()[]\"'\\/*$\n\r\t\0\u00e9<>#";
        long seed = Long.getLong("seed", 77);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            String quoted = ConfigText.quote(text.toString());
            String as = "-Dseed=" + seed + ", text " + i + ": " + quoted;
            assertThat(ConfigText.unquote(quoted)).as(as).isEqualTo(text.toString());
            assertThat(ConfigText.unquoteBytes(quoted))
                    .as(as)
                    .isEqualTo(text.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(ConfigText.arguments(quoted + ", x")).as(as).containsExactly(quoted, "x");
            assertThat(ConfigText.words(quoted + " x")).as(as).containsExactly(quoted, "x");
            assertThat(Lexer.isClosed(quoted)).as(as).isTrue();
        }
    }
}
