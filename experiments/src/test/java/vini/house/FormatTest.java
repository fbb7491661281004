package vini.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;
import com.google.googlejavaformat.java.UsageException;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

class FormatTest {
    @Test
    void allSourcesAreFormatted() throws Exception {
        List<String> sources = House.sources("main", "test").stream().map(Path::toString).toList();
        StringWriter wouldChange = new StringWriter();
        StringWriter trouble = new StringWriter();

        // The formatter is told each file by itself, so that all processors take part.
        sources.parallelStream().forEach(source -> format(source, wouldChange, trouble));

        assertThat(sources).hasSizeGreaterThan(20);
        assertThat(trouble.toString()).isEmpty();
        assertThat(wouldChange.toString()).as("run .ci/format").isEmpty();
    }

    private static void format(String source, StringWriter wouldChange, StringWriter trouble) {
        try {
            new Main(
                            new PrintWriter(wouldChange, true),
                            new PrintWriter(trouble, true),
                            InputStream.nullInputStream())
                    .format("--aosp", "--dry-run", source);
        } catch (UsageException e) {
            throw new IllegalArgumentException(source, e);
        }
    }
}
