package vini.routing.sim;

import vini.time.Clock;
import vini.time.Timer;

/** The clock of one router process: when that dies, its timers fire no more. */
final class MortalClock implements Clock {
    private final Clock clock;
    private boolean dead;

    MortalClock(Clock clock) {
        this.clock = clock;
    }

    void die() {
        dead = true;
    }

    @Override
    public long nowNanos() {
        return clock.nowNanos();
    }

    @Override
    public Timer timer(Runnable action) {
        return clock.timer(
                () -> {
                    if (!dead) {
                        action.run();
                    }
                });
    }
}
