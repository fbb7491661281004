package vini.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class SheetTest {
    private final List<String> doing = new ArrayList<>();
    private final Sheet sheet = new Sheet(new Effort(2, 1, false), doing::add);

    @AfterEach
    void forgetTheInterrupt() {
        boolean ignored = Thread.interrupted();
    }

    @Test
    void sidesAreMeasuredInTurns() throws Exception {
        List<String> order = new ArrayList<>();
        sheet.rounds(
                List.of(new Side("a", () -> order.add("a")), new Side("b", () -> order.add("b"))));
        assertThat(order).containsExactly("a", "b", "a", "b");
        assertThat(doing)
                .containsExactly(
                        "round 1 of 2: a", "round 1 of 2: b", "round 2 of 2: a", "round 2 of 2: b");
    }

    @Test
    void anInterruptEndsTheRounds() {
        List<String> order = new ArrayList<>();
        Side side =
                new Side(
                        "a",
                        () -> {
                            order.add("a");
                            Thread.currentThread().interrupt();
                        });
        assertThatThrownBy(() -> sheet.rounds(List.of(side, side)))
                .isInstanceOf(InterruptedException.class);
        assertThat(order).containsExactly("a");
    }

    @Test
    void processorTimeOfRoundsIsAdded() {
        sheet.cpu("vini", "fwd", 0.5);
        sheet.cpu("vini", "fwd", 0.25);
        assertThat(sheet.cpu().get("vini")).containsEntry("fwd", 0.75);
    }
}
