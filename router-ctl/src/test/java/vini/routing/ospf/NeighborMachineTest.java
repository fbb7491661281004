package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.routing.ospf.NeighborMachine.Action.BUILD_SUMMARY_LIST;
import static vini.routing.ospf.NeighborMachine.Action.CLEAR_LSA_LISTS;
import static vini.routing.ospf.NeighborMachine.Action.ORIGINATE_ROUTER_LSA;
import static vini.routing.ospf.NeighborMachine.Action.START_DD_EXCHANGE;
import static vini.routing.ospf.NeighborMachine.Action.STOP_INACTIVITY_TIMER;

import org.junit.jupiter.api.Test;

import vini.routing.ospf.NeighborMachine.Event;
import vini.routing.ospf.NeighborMachine.Facts;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.NeighborMachine.Step;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class NeighborMachineTest {
    private static final Facts ADJACENT = new Facts(true, false);
    private static final Facts NOTHING_TO_LOAD = new Facts(true, true);

    @Test
    void climbsFromDownToFull() {
        State s = State.DOWN;
        List<State> way = new ArrayList<>();
        for (Event e :
                List.of(
                        Event.HELLO_RECEIVED,
                        Event.TWO_WAY_RECEIVED,
                        Event.NEGOTIATION_DONE,
                        Event.EXCHANGE_DONE,
                        Event.LOADING_DONE)) {
            s = NeighborMachine.step(s, e, ADJACENT).next();
            way.add(s);
        }
        assertThat(way)
                .containsExactly(
                        State.INIT, State.EX_START, State.EXCHANGE, State.LOADING, State.FULL);
    }

    @Test
    void skipsLoadingWhenThereIsNothingToLoad() {
        Step step = NeighborMachine.step(State.EXCHANGE, Event.EXCHANGE_DONE, NOTHING_TO_LOAD);
        assertThat(step.next()).isEqualTo(State.FULL);
        assertThat(step.actions()).containsExactly(ORIGINATE_ROUTER_LSA);
    }

    @Test
    void negotiationDoneBuildsTheSummary() {
        assertThat(NeighborMachine.step(State.EX_START, Event.NEGOTIATION_DONE, ADJACENT).actions())
                .containsExactly(BUILD_SUMMARY_LIST);
    }

    @Test
    void staysTwoWayWithWhomNoAdjacencyIsWantedUntilItIs() {
        Facts distant = new Facts(false, true);
        assertThat(NeighborMachine.step(State.INIT, Event.TWO_WAY_RECEIVED, distant).next())
                .isEqualTo(State.TWO_WAY);
        assertThat(NeighborMachine.step(State.TWO_WAY, Event.ADJ_OK, ADJACENT))
                .isEqualTo(new Step(State.EX_START, List.of(START_DD_EXCHANGE)));
        assertThat(NeighborMachine.step(State.FULL, Event.ADJ_OK, distant))
                .isEqualTo(new Step(State.TWO_WAY, List.of(CLEAR_LSA_LISTS, ORIGINATE_ROUTER_LSA)));
    }

    @Test
    void losingAFullNeighborReOriginatesOurRouterLsa() {
        for (Event death : List.of(Event.INACTIVITY_TIMER, Event.KILL_NBR, Event.LL_DOWN)) {
            Step step = NeighborMachine.step(State.FULL, death, ADJACENT);
            assertThat(step.next()).isEqualTo(State.DOWN);
            assertThat(step.actions())
                    .containsExactly(STOP_INACTIVITY_TIMER, CLEAR_LSA_LISTS, ORIGINATE_ROUTER_LSA);
        }
    }

    @Test
    void aMismatchStartsTheExchangeAnew() {
        for (Event e : List.of(Event.SEQ_NUMBER_MISMATCH, Event.BAD_LS_REQ)) {
            assertThat(NeighborMachine.step(State.LOADING, e, ADJACENT))
                    .isEqualTo(
                            new Step(State.EX_START, List.of(CLEAR_LSA_LISTS, START_DD_EXCHANGE)));
            assertThat(NeighborMachine.step(State.EX_START, e, ADJACENT).actions()).isEmpty();
        }
    }

    @Test
    void loadingDoneOutsideLoadingIsOurBug() {
        assertThatThrownBy(() -> NeighborMachine.step(State.TWO_WAY, Event.LOADING_DONE, ADJACENT))
                .hasMessage("LOADING_DONE in state TWO_WAY, only possible in LOADING");
    }

    @Test
    void anyOrderOfEventsReOriginatesExactlyWhenFullChanges() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        State s = State.DOWN;
        Set<State> visited = EnumSet.noneOf(State.class);
        for (int i = 0; i < 20_000; i++) {
            Facts facts = new Facts(random.nextInt(8) > 0, random.nextBoolean());
            Step step = NeighborMachine.step(s, possibleEvent(s, random), facts);
            assertThat(step.actions().contains(ORIGINATE_ROUTER_LSA))
                    .as("-Dseed=%d, step %d, %s -> %s", seed, i, s, step.next())
                    .isEqualTo((s == State.FULL) != (step.next() == State.FULL));
            assertThat(step.actions().contains(START_DD_EXCHANGE))
                    .as("-Dseed=%d, step %d, %s -> %s", seed, i, s, step.next())
                    .isEqualTo(step.next() == State.EX_START && s != State.EX_START);
            s = step.next();
            visited.add(s);
        }
        assertThat(visited).as("-Dseed=%d visited", seed).hasSize(State.values().length);
    }

    /** Any event that a peer or a timer can cause, and those of our own that this state allows. */
    private static Event possibleEvent(State state, Random random) {
        Event own =
                switch (state) {
                    case DOWN -> Event.START;
                    case EX_START -> Event.NEGOTIATION_DONE;
                    case EXCHANGE -> Event.EXCHANGE_DONE;
                    case LOADING -> Event.LOADING_DONE;
                    default -> Event.HELLO_RECEIVED;
                };
        List<Event> others =
                List.of(
                        Event.HELLO_RECEIVED,
                        Event.TWO_WAY_RECEIVED,
                        Event.ONE_WAY_RECEIVED,
                        Event.ADJ_OK,
                        Event.BAD_LS_REQ,
                        Event.SEQ_NUMBER_MISMATCH,
                        Event.KILL_NBR);
        return random.nextInt(3) > 0 ? own : others.get(random.nextInt(others.size()));
    }
}
