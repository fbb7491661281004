package vini.overlay.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class HoldingsTest {
    private final List<String> released = new ArrayList<>();
    private final Holdings held = new Holdings();

    @Test
    void givesTheLastBackFirstAndEachOnce() throws IOException {
        held.add(() -> released.add("folder"));
        held.add(() -> released.add("worker"));
        held.close();
        held.close();
        assertThat(released).containsExactly("worker", "folder");
    }

    @Test
    void oneThatCannotBeGivenBackCostsNoOtherItsRelease() {
        held.add(() -> released.add("folder"));
        held.add(
                () -> {
                    throw new IllegalStateException("second");
                });
        held.add(
                () -> {
                    throw new IOException("first");
                });
        assertThatThrownBy(held::close)
                .isInstanceOf(IOException.class)
                .hasMessage("first")
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("second"));
        assertThat(released).containsExactly("folder");
    }

    @Test
    void theReasonWhyAllIsGivenBackStaysTheReason() {
        held.add(
                () -> {
                    throw new IOException("later");
                });
        Exception reason = new Exception("reason");
        held.closeAfter(reason);
        assertThat(reason.getSuppressed()[0]).hasMessage("later");
    }
}
