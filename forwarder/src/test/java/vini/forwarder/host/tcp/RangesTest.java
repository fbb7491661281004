package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.Random;

class RangesTest {
    private final Ranges ranges = new Ranges(4);

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ranges.count(); i++) {
            text.append('[').append(ranges.from(i)).append(' ').append(ranges.to(i)).append(')');
        }
        return text.toString();
    }

    @Test
    void joinsWhatOverlapsOrTouches() {
        ranges.add(30, 40);
        ranges.add(10, 20);
        assertThat(text()).isEqualTo("[10 20)[30 40)");
        ranges.add(20, 25);
        ranges.add(28, 30);
        assertThat(text()).isEqualTo("[10 25)[28 40)");
        ranges.add(12, 13);
        ranges.add(5, 50);
        assertThat(text()).isEqualTo("[5 50)");
        assertThat(ranges.bytes()).isEqualTo(45);
    }

    @Test
    void refusesOneTooManyButTakesWhatJoins() {
        for (int i = 1; i <= 4; i++) {
            assertThat(ranges.add(10L * i, 10L * i + 5)).isTrue();
        }
        assertThat(ranges.add(60, 61)).isFalse();
        assertThat(ranges.add(25, 30)).isTrue();
        assertThat(text()).isEqualTo("[10 15)[20 35)[40 45)");
        assertThat(ranges.add(60, 61)).isTrue();
        assertThat(ranges.bytes()).isEqualTo(26);
    }

    @Test
    void forgetsWhatIsBelow() {
        ranges.add(10, 20);
        ranges.add(30, 40);
        ranges.removeBelow(10);
        assertThat(text()).isEqualTo("[10 20)[30 40)");
        ranges.removeBelow(13);
        assertThat(text()).isEqualTo("[13 20)[30 40)");
        ranges.removeBelow(25);
        assertThat(text()).isEqualTo("[30 40)");
        ranges.removeBelow(40);
        assertThat(ranges.isEmpty()).isTrue();
        assertThat(ranges.bytes()).isZero();
    }

    @Test
    void finds() {
        ranges.add(10, 20);
        ranges.add(30, 40);
        assertThat(ranges.indexOf(9)).isEqualTo(-1);
        assertThat(ranges.indexOf(10)).isZero();
        assertThat(ranges.indexOf(19)).isZero();
        assertThat(ranges.indexOf(20)).isEqualTo(-1);
        assertThat(ranges.firstEndingAfter(20)).isEqualTo(1);
        assertThat(ranges.firstEndingAfter(40)).isEqualTo(2);
        assertThat(ranges.bytesBelow(10)).isZero();
        assertThat(ranges.bytesBelow(15)).isEqualTo(5);
        assertThat(ranges.bytesBelow(31)).isEqualTo(11);
        assertThat(ranges.bytesBelow(90)).isEqualTo(20);
    }

    @Test
    void isASetOfNumbers() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Ranges many = new Ranges(100);
        BitSet model = new BitSet();
        int most = 0;
        for (int i = 0; i < 5000; i++) {
            int from = random.nextInt(500);
            if (random.nextInt(40) == 0) {
                many.removeBelow(from / 4);
                model.clear(0, from / 4);
            } else if (random.nextInt(400) == 0) {
                many.clear();
                model.clear();
            } else {
                int to = from + 1 + random.nextInt(6);
                assertThat(many.add(from, to)).isTrue();
                model.set(from, to);
            }
            most = Math.max(most, many.count());
            assertThat(many.bytes()).as("-Dseed=%d", seed).isEqualTo(model.cardinality());
            int probe = random.nextInt(510);
            int index = many.indexOf(probe);
            assertThat(index >= 0).as("-Dseed=%d", seed).isEqualTo(model.get(probe));
            if (index >= 0) {
                assertThat(many.to(index)).isEqualTo(model.nextClearBit(probe));
                assertThat(many.from(index)).isEqualTo(model.previousClearBit(probe) + 1);
            }
            assertThat(many.bytesBelow(probe)).isEqualTo(model.get(0, probe).cardinality());
        }
        assertThat(most).as("-Dseed=%d", seed).isGreaterThan(20);
    }
}
