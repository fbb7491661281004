package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class WrappedLinesTest {
    private static List<String> wrapped(String line, int width, int indent) {
        WrappedLines lines = new WrappedLines(width);
        lines.add(line, indent);
        return lines.all();
    }

    @Test
    void whatFitsStaysAsItIs() {
        assertThat(wrapped("  one  two", 10, 4)).containsExactly("  one  two");
    }

    @Test
    void breaksBetweenWordsAndIndentsTheRest() {
        assertThat(wrapped("  one two three four", 12, 2))
                .containsExactly("  one two", "  three four");
    }

    @Test
    void aWordThatIsTooLongIsBrokenWithoutLosingALetter() {
        assertThat(wrapped("abcdefghij", 4, 0)).containsExactly("abcd", "efgh", "ij");
        assertThat(wrapped("abc def", 0, 14)).containsExactly("a", "b", "c", "d", "e", "f");
    }
}
