package vini.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The queue, and the virtual clock that stands on it. */
class TimerQueueTest {
    private final VirtualClock clock = new VirtualClock();
    private final List<String> fired = new ArrayList<>();

    private Timer timer(String name) {
        return clock.timer(() -> fired.add(name + "@" + clock.nowNanos()));
    }

    @Test
    void firesByTimeThenInTheOrderOfSetting() {
        timer("c").at(5);
        timer("a").at(3);
        timer("d").at(5);
        timer("b").at(4);
        clock.runUntil(4);
        assertThat(fired).containsExactly("a@3", "b@4");
        assertThat(clock.nextDeadline()).isEqualTo(5);
        clock.runUntil(100);
        assertThat(fired).containsExactly("a@3", "b@4", "c@5", "d@5");
        assertThat(clock.nowNanos()).isEqualTo(100);
        assertThat(clock.nextDeadline()).isEqualTo(TimerQueue.NONE);
    }

    @Test
    void settingAgainMovesATimerBehindOthersOfThatTime() {
        Timer a = timer("a");
        a.at(5);
        timer("b").at(5);
        a.at(5);
        clock.runFor(5);
        assertThat(fired).containsExactly("b@5", "a@5");
        assertThat(a.isSet()).isFalse();
        a.after(-7);
        assertThat(a.isSet()).isTrue();
        clock.runFor(0);
        assertThat(fired).contains("a@5");
    }

    @Test
    void onlyALiveLoopMakesUseOfSlack() {
        timer("a").within(5, 100);
        clock.runFor(5);
        assertThat(fired).containsExactly("a@5");

        TimerQueue live = TimerQueue.ofLiveLoop(() -> 0, nanos -> {});
        live.timer(() -> {}).within(5, 100);
        assertThat(live.nextDeadline()).isEqualTo(105);
        assertThat(live.nextIsAbout()).isTrue();
    }

    @Test
    void aTimerInThePastFiresNowAndTimeDoesNotGoBack() {
        clock.runUntil(10);
        timer("a").at(3);
        clock.runUntil(5);
        assertThat(fired).containsExactly("a@10");
        assertThat(clock.nowNanos()).isEqualTo(10);
    }

    @Test
    void anActionMaySetCancelAndThrow() {
        Timer victim = timer("victim");
        victim.at(2);
        clock.schedule(1, victim::cancel);
        clock.schedule(1, () -> clock.schedule(0, () -> fired.add("nested")));
        clock.schedule(
                3,
                () -> {
                    throw new IllegalStateException("ours");
                });
        timer("after").at(3);
        assertThatThrownBy(() -> clock.runUntil(5)).hasMessage("ours");
        clock.runUntil(5);
        assertThat(fired).containsExactly("nested", "after@3");
        victim.cancel();
    }

    @Test
    void aDelayBeyondAllTimeNeverComes() {
        clock.runUntil(1000);
        timer("never").after(Long.MAX_VALUE);
        clock.runUntil(Long.MAX_VALUE / 2);
        assertThat(fired).isEmpty();
    }

    @Test
    void agreesWithASortedListWhateverHappens() {
        record Alarm(int id, long nanos, long order) {}
        long seed = Long.getLong("seed", 12);
        Random random = new Random(seed);
        List<Integer> heard = new ArrayList<>();
        List<Timer> timers = new ArrayList<>();
        List<Alarm> model = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int id = i;
            timers.add(clock.timer(() -> heard.add(id)));
        }
        int moved = 0;
        for (int step = 0; step < 20_000; step++) {
            int id = random.nextInt(200);
            boolean was = model.removeIf(alarm -> alarm.id == id);
            assertThat(timers.get(id).isSet()).isEqualTo(was);
            if (random.nextInt(4) == 0) {
                timers.get(id).cancel();
            } else {
                long at = clock.nowNanos() + random.nextInt(50);
                timers.get(id).at(at);
                model.add(new Alarm(id, at, step));
                moved += was ? 1 : 0;
            }
            if (random.nextInt(10) == 0) {
                long until = clock.nowNanos() + random.nextInt(20);
                model.sort(Comparator.comparingLong(Alarm::nanos).thenComparingLong(Alarm::order));
                List<Integer> due =
                        model.stream().filter(a -> a.nanos <= until).map(Alarm::id).toList();
                model.removeIf(alarm -> alarm.nanos <= until);
                heard.clear();
                clock.runUntil(until);
                assertThat(heard).as("-Dseed=%d, step %d", seed, step).isEqualTo(due);
            }
        }
        assertThat(moved).as("-Dseed=%d", seed).isGreaterThan(1000);
    }
}
