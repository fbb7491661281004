package vini.forwarder.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.host.app.SequenceWindow.Arrival.DUPLICATE;
import static vini.forwarder.host.app.SequenceWindow.Arrival.FORGOTTEN;
import static vini.forwarder.host.app.SequenceWindow.Arrival.IN_ORDER;
import static vini.forwarder.host.app.SequenceWindow.Arrival.REORDERED;

import org.junit.jupiter.api.Test;

import vini.forwarder.host.app.SequenceWindow.Arrival;

import java.util.Random;
import java.util.TreeSet;

class SequenceWindowTest {
    private final SequenceWindow window = new SequenceWindow();

    /** RFC 4737 section 4.2.2 has 4 arrive after 5 to 8 in its example. */
    @Test
    void whatComesAfterAGreaterNumberIsReordered() {
        long[] numbers = {1, 2, 3, 5, 6, 7, 8, 4, 9, 10};
        for (long number : numbers) {
            assertThat(window.arrived(number)).isEqualTo(number == 4 ? REORDERED : IN_ORDER);
        }
        assertThat(window.arrived(4)).isEqualTo(DUPLICATE);
        assertThat(window.arrived(10)).isEqualTo(DUPLICATE);
    }

    @Test
    void remembersSoMuchAndNoMore() {
        assertThat(window.arrived(5)).isEqualTo(IN_ORDER);
        assertThat(window.arrived(SequenceWindow.SIZE)).isEqualTo(IN_ORDER);
        assertThat(window.arrived(1)).isEqualTo(REORDERED);
        assertThat(window.arrived(0)).isEqualTo(FORGOTTEN);
        assertThat(window.arrived(5)).isEqualTo(DUPLICATE);
        assertThat(window.arrived(SequenceWindow.SIZE + 5)).isEqualTo(IN_ORDER);
        assertThat(window.arrived(5)).isEqualTo(FORGOTTEN);
        assertThat(window.arrived(Long.MAX_VALUE - 1)).isEqualTo(IN_ORDER);
    }

    @Test
    void agreesWithASetOfAllNumbers() {
        Random random = new Random(7);
        TreeSet<Long> all = new TreeSet<>();
        int reordered = 0;
        for (int i = 0; i < 50_000; i++) {
            long number = (long) i + random.nextInt(40);
            Arrival wanted =
                    !all.isEmpty() && number <= all.last()
                            ? all.contains(number) ? DUPLICATE : REORDERED
                            : IN_ORDER;
            assertThat(window.arrived(number)).as("%d, the %dth", number, i).isEqualTo(wanted);
            all.add(number);
            reordered += wanted == REORDERED ? 1 : 0;
        }
        assertThat(reordered).isGreaterThan(1000);
    }
}
