package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** That each element has a manual and a file test, and that the example of the docs is sound. */
class ManualTest {
    private static final Path MANUAL = Path.of("../docs/forwarder.md");

    /** The element classes of this module, without those of the test kit. */
    private static List<ElementClass> elements() {
        String kit = GraphRun.class.getPackageName();
        return ServiceLoader.load(Element.class).stream()
                .map(ServiceLoader.Provider::type)
                .filter(type -> !type.getPackageName().equals(kit))
                .map(ElementClasses::about)
                .toList();
    }

    @Test
    void eachElementHasAManualWithAnExample() {
        assertThat(elements()).hasSizeGreaterThan(15);
        for (ElementClass element : elements()) {
            assertThat(ElementManual.of(element.name()))
                    .as(element.name())
                    .isNotNull()
                    .contains("\n    ")
                    .doesNotContain("{@", "<pre>", "<p>", " * ");
            assertThat(ElementManual.summary(element.name())).as(element.name()).isNotEmpty();
        }
    }

    @Test
    void eachElementHasAFileTest() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/click"))) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        for (ElementClass element : elements()) {
            assertThat(names).contains(element.name() + "-01.click");
        }
    }

    @Test
    void itsGraphIsSound() throws Exception {
        String manual = Files.readString(MANUAL);
        int start = manual.indexOf("```click\n") + 9;
        String text = manual.substring(start, manual.indexOf("```", start));
        // Virtual time has neither devices nor sockets.
        String virtual =
                text.replaceAll("Host\\([^)]*\\)", "Counter")
                        .replaceAll(
                                "UdpTunnel\\(127.77.0.1:([0-9]+), 127.77.0.1:([0-9]+), PARTIAL"
                                        + " true\\)",
                                "DirectTunnel(p$1, p$2)");
        try (GraphRun run = GraphRun.of(virtual)) {
            assertThat(run.read("to_nycm.delay")).isEqualTo("8.82ms");
        }
    }
}
