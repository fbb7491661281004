package vini.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class FormatTest {
    @Test
    void allSourcesAreFormatted() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--aosp", "--dry-run"));
        House.sources("main", "test").stream().map(Path::toString).forEach(arguments::add);
        StringWriter wouldChange = new StringWriter();
        StringWriter trouble = new StringWriter();

        new Main(
                        new PrintWriter(wouldChange, true),
                        new PrintWriter(trouble, true),
                        InputStream.nullInputStream())
                .format(arguments.toArray(String[]::new));

        assertThat(arguments).hasSizeGreaterThan(20);
        assertThat(trouble.toString()).isEmpty();
        assertThat(wouldChange.toString()).as("run .ci/format").isEmpty();
    }
}
