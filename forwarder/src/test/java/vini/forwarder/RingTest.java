package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RingTest {
    private final Ring<String> ring = new Ring<>(3);

    @Test
    void holdsTheLatestByTheirNumbers() {
        assertThat(ring.from(0, 9)).isEmpty();
        for (String thing : "a b c d e".split(" ", -1)) {
            ring.add(thing);
        }
        assertThat(ring.next()).isEqualTo(5);
        assertThat(ring.first()).isEqualTo(2);
        assertThat(ring.from(0, 9)).containsExactly("c", "d", "e");
        assertThat(ring.from(3, 1)).containsExactly("d");
        assertThat(ring.from(-7, 2)).containsExactly("c", "d");
        assertThat(ring.from(5, 9)).isEmpty();
        assertThat(ring.from(Long.MAX_VALUE, 9)).isEmpty();
    }

    @Test
    void hasRoomForOneAtLeast() {
        assertThatThrownBy(() -> new Ring<>(0)).hasMessage("a ring for 0 things");
    }
}
