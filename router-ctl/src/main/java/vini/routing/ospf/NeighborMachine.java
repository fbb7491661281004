package vini.routing.ospf;

import java.util.List;

/**
 * The OSPF neighbour state machine, RFC 2328 10.3, as a pure function.
 *
 * <p>Nothing here reads a clock, sends a packet or starts a timer. Each step returns the next state
 * and the actions that the caller carries out in their order.
 */
public final class NeighborMachine {
    /** RFC 2328 10.1, in order of progress. */
    public enum State {
        DOWN,
        ATTEMPT,
        INIT,
        TWO_WAY,
        EX_START,
        EXCHANGE,
        LOADING,
        FULL;

        /** Whether this state is {@code other} or further on. */
        public boolean isAtLeast(State other) {
            return compareTo(other) >= 0;
        }
    }

    /** RFC 2328 10.2. */
    public enum Event {
        HELLO_RECEIVED,
        START,
        TWO_WAY_RECEIVED,
        NEGOTIATION_DONE,
        EXCHANGE_DONE,
        BAD_LS_REQ,
        LOADING_DONE,
        ADJ_OK,
        SEQ_NUMBER_MISMATCH,
        ONE_WAY_RECEIVED,
        KILL_NBR,
        INACTIVITY_TIMER,
        LL_DOWN
    }

    /** What the caller does after a step. */
    public enum Action {
        SEND_HELLO,
        RESTART_INACTIVITY_TIMER,
        STOP_INACTIVITY_TIMER,
        CLEAR_LSA_LISTS,
        START_DD_EXCHANGE,
        BUILD_SUMMARY_LIST,
        ORIGINATE_ROUTER_LSA
    }

    /** What the machine may know about its surroundings. */
    public record Facts(boolean adjacencyWanted, boolean requestListEmpty) {}

    /** The outcome of one event. */
    public record Step(State next, List<Action> actions) {}

    private NeighborMachine() {}

    public static Step step(State state, Event event, Facts facts) {
        return switch (event) {
            case HELLO_RECEIVED ->
                    to(
                            state.isAtLeast(State.INIT) ? state : State.INIT,
                            Action.RESTART_INACTIVITY_TIMER);
            case START ->
                    state == State.DOWN
                            ? to(State.ATTEMPT, Action.SEND_HELLO, Action.RESTART_INACTIVITY_TIMER)
                            : to(state);
            case TWO_WAY_RECEIVED -> twoWay(state, facts);
            case NEGOTIATION_DONE ->
                    to(
                            expect(state, State.EX_START, event, State.EXCHANGE),
                            Action.BUILD_SUMMARY_LIST);
            case EXCHANGE_DONE -> {
                expect(state, State.EXCHANGE, event, State.LOADING);
                yield facts.requestListEmpty()
                        ? to(State.FULL, Action.ORIGINATE_ROUTER_LSA)
                        : to(State.LOADING);
            }
            case LOADING_DONE ->
                    to(
                            expect(state, State.LOADING, event, State.FULL),
                            Action.ORIGINATE_ROUTER_LSA);
            case ADJ_OK -> adjacencyOk(state, facts);
            case BAD_LS_REQ, SEQ_NUMBER_MISMATCH ->
                    state.isAtLeast(State.EXCHANGE) ? restart(state) : to(state);
            case ONE_WAY_RECEIVED ->
                    state.isAtLeast(State.TWO_WAY) ? fall(state, State.INIT) : to(state);
            case KILL_NBR, INACTIVITY_TIMER, LL_DOWN -> die(state);
        };
    }

    private static Step twoWay(State state, Facts facts) {
        if (state != State.INIT) {
            return to(state); // RFC 2328 10.3: from 2-Way on, the event changes nothing.
        }
        return facts.adjacencyWanted()
                ? to(State.EX_START, Action.START_DD_EXCHANGE)
                : to(State.TWO_WAY);
    }

    private static Step adjacencyOk(State state, Facts facts) {
        if (state == State.TWO_WAY && facts.adjacencyWanted()) {
            return to(State.EX_START, Action.START_DD_EXCHANGE);
        }
        return state.isAtLeast(State.EX_START) && !facts.adjacencyWanted()
                ? fall(state, State.TWO_WAY)
                : to(state);
    }

    private static Step restart(State state) {
        return state == State.FULL
                ? to(
                        State.EX_START,
                        Action.CLEAR_LSA_LISTS,
                        Action.START_DD_EXCHANGE,
                        Action.ORIGINATE_ROUTER_LSA)
                : to(State.EX_START, Action.CLEAR_LSA_LISTS, Action.START_DD_EXCHANGE);
    }

    private static Step fall(State state, State next) {
        return state == State.FULL
                ? to(next, Action.CLEAR_LSA_LISTS, Action.ORIGINATE_ROUTER_LSA)
                : to(next, Action.CLEAR_LSA_LISTS);
    }

    private static Step die(State state) {
        return state == State.FULL
                ? to(
                        State.DOWN,
                        Action.STOP_INACTIVITY_TIMER,
                        Action.CLEAR_LSA_LISTS,
                        Action.ORIGINATE_ROUTER_LSA)
                : to(State.DOWN, Action.STOP_INACTIVITY_TIMER, Action.CLEAR_LSA_LISTS);
    }

    /** A wrong state here is our bug, not the peer's: the caller checks the packet first. */
    private static State expect(State state, State wanted, Event event, State next) {
        if (state != wanted) {
            throw new IllegalStateException(
                    event + " in state " + state + ", only possible in " + wanted);
        }
        return next;
    }

    private static Step to(State next, Action... actions) {
        return new Step(next, List.of(actions));
    }
}
