package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.time.VirtualClock;

import java.util.ArrayList;
import java.util.List;

class TaskQueueTest {
    private final VirtualClock clock = new VirtualClock();
    private final TaskQueue tasks = new TaskQueue(clock);

    /** A task that wants to go on until so many runs of all tasks together have been. */
    private Task counting(int[] counts, int index, int most) {
        Task[] self = new Task[1];
        self[0] =
                tasks.task(
                        () -> {
                            counts[index]++;
                            if (counts[0] + counts[1] < most) {
                                self[0].reschedule();
                            }
                            return true;
                        });
        return self[0];
    }

    @Test
    void sharesTheLoopByTickets() {
        int[] counts = new int[2];
        Task a = counting(counts, 0, 4000);
        Task b = counting(counts, 1, 4000);
        b.tickets(3 * Task.TICKETS);
        a.reschedule();
        b.reschedule();
        clock.runFor(1);
        assertThat(counts[0]).isBetween(998, 1002);
        assertThat(counts[1]).isBetween(2998, 3003);
        assertThat(clock.nextDeadline()).as("nothing wakes an idle loop").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whoComesLateIsOwedNothing() {
        int[] counts = new int[2];
        Task a = counting(counts, 0, 1000);
        a.reschedule();
        clock.runFor(1);
        assertThat(counts[0]).isEqualTo(1000);
        int[] again = new int[2];
        Task old = counting(again, 0, 1000);
        Task late = counting(again, 1, 1000);
        old.pass = a.pass;
        old.reschedule();
        late.reschedule();
        clock.runFor(1);
        assertThat(again[0]).isBetween(490, 510);
    }

    @Test
    void timersHaveTheirTurnBetweenTasks() {
        List<String> seen = new ArrayList<>();
        Task[] self = new Task[1];
        self[0] =
                tasks.task(
                        () -> {
                            seen.add("task");
                            if (!seen.contains("timer")) {
                                self[0].reschedule();
                            }
                            return true;
                        });
        self[0].reschedule();
        clock.schedule(0, () -> seen.add("timer"));
        clock.runFor(1);
        assertThat(seen).contains("timer").hasSizeLessThan(200);
    }

    @Test
    void aTaskThatFailsDoesNotStopTheOthers() {
        Task bad =
                tasks.task(
                        () -> {
                            throw new IllegalStateException("bad");
                        });
        int[] runs = {0};
        Task good = tasks.task(() -> ++runs[0] > 0);
        bad.reschedule();
        good.reschedule();
        assertThatThrownBy(() -> clock.runFor(1)).hasMessage("bad");
        clock.runFor(1);
        assertThat(runs[0]).isEqualTo(1);
    }

    @Test
    void canBeTakenBackAndEnded() {
        int[] runs = {0};
        Task task = tasks.task(() -> ++runs[0] > 0);
        task.reschedule();
        task.reschedule();
        task.unschedule();
        assertThat(task.isScheduled()).isFalse();
        clock.runFor(1);
        assertThat(runs[0]).isZero();
        task.reschedule();
        clock.runFor(1);
        assertThat(runs[0]).isEqualTo(1);
        task.end();
        task.reschedule();
        clock.runFor(1);
        assertThat(runs[0]).isEqualTo(1);
    }
}
