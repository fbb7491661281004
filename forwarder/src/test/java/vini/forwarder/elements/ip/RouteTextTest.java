package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteTextTest {
    private static final int WAYS = 3000;

    private final RouteText text = new RouteText();

    private static String command(int way) {
        return "set 10.0.0.0/8 10.77." + way / 250 + "." + way % 250 + " 1";
    }

    private int way(String command) {
        assertThat(text.read(command, 0, command.length())).isTrue();
        return text.line().way();
    }

    @Test
    void remembersWaysAndNeverTakesOneForAnother() {
        int known = 0;
        for (int round = 0; round < 3; round++) {
            known = 0;
            for (int way = 1; way <= WAYS; way++) {
                int number = way(command(way));
                assertThat(number).isIn(0, way);
                known += number == 0 ? 0 : 1;
                if (number == 0) {
                    text.line().know(way);
                }
            }
        }
        // It has room for a third of them, the most that a table remembers.
        assertThat(known).isGreaterThan(100);
    }

    @Test
    void aFewWaysAreAllKnownAfterAWhile() {
        for (int round = 0; round < 3; round++) {
            for (int way = 1; way <= 12; way++) {
                if (way(command(way)) == 0) {
                    text.line().know(way);
                }
            }
        }
        for (int way = 1; way <= 12; way++) {
            assertThat(way(command(way))).isEqualTo(way);
        }
        text.line().forget();
        assertThat(way(command(1))).isZero();
    }
}
