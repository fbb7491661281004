package vini.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class GatedClockTest {
    private final VirtualClock clock = new VirtualClock();
    private final GatedClock gate = new GatedClock(clock);
    private final List<String> fired = new ArrayList<>();

    private Timer set(String name, long nanos) {
        Timer timer = gate.timer(() -> fired.add(name + " at " + gate.nowNanos()));
        timer.at(nanos);
        return timer;
    }

    @Test
    void whatFallsDueWhileItIsHeldFiresInItsOrderWhenItIsReleased() {
        set("b", 20);
        set("a", 10);
        set("c", 90);
        clock.runUntil(5);
        gate.hold();
        clock.runUntil(50);
        assertThat(fired).isEmpty();
        gate.release();
        assertThat(fired).as("not from inside the call").isEmpty();
        clock.runUntil(100);
        assertThat(fired).containsExactly("a at 50", "b at 50", "c at 90");
    }

    @Test
    void aTimerThatWaitsIsSetAndCanBeMovedAndForgotten() {
        Timer moved = set("moved", 10);
        Timer forgotten = set("forgotten", 11);
        gate.hold();
        clock.runUntil(20);
        assertThat(moved.isSet()).isTrue();
        assertThat(moved.deadline()).isEqualTo(10);
        moved.at(30);
        forgotten.cancel();
        assertThat(forgotten.isSet()).isFalse();
        gate.release();
        clock.runUntil(25);
        assertThat(fired).isEmpty();
        clock.runUntil(30);
        assertThat(fired).containsExactly("moved at 30");
    }

    @Test
    void afterTheEndNothingHappens() {
        set("a", 10);
        gate.hold();
        clock.runUntil(20);
        set("b", 30);
        gate.end();
        gate.release();
        clock.runUntil(40);
        assertThat(fired).isEmpty();
        assertThat(gate.isOpen()).isFalse();
    }
}
