package vini.routing.ospf;

import java.util.List;

/**
 * The OSPF interface state machine, RFC 2328 9.3, as a pure function, for point-to-point links. The
 * states Waiting, DR Other, Backup and DR and the events WaitTimer, BackupSeen and NeighborChange
 * belong to the election of designated routers, which such links do not have.
 */
public final class InterfaceMachine {
    /** RFC 2328 9.1. */
    public enum State {
        DOWN,
        LOOPBACK,
        POINT_TO_POINT
    }

    /** RFC 2328 9.2. */
    public enum Event {
        INTERFACE_UP,
        LOOP_IND,
        UNLOOP_IND,
        INTERFACE_DOWN
    }

    /** What the caller does after a step. */
    public enum Action {
        START_HELLOS,
        STOP_HELLOS,
        KILL_NEIGHBOR,
        /** Of no haste: says that the link's subnet is here. */
        ANNOUNCE_LINK,
        ORIGINATE_ROUTER_LSA
    }

    /** The outcome of one event. */
    public record Step(State next, List<Action> actions) {}

    private InterfaceMachine() {}

    public static Step step(State state, Event event) {
        return switch (event) {
            case INTERFACE_UP ->
                    state == State.DOWN
                            ? to(State.POINT_TO_POINT, Action.START_HELLOS, Action.ANNOUNCE_LINK)
                            : to(state);
            case INTERFACE_DOWN -> state == State.DOWN ? to(state) : reset(state, State.DOWN);
            case LOOP_IND -> state == State.LOOPBACK ? to(state) : reset(state, State.LOOPBACK);
            case UNLOOP_IND -> to(state == State.LOOPBACK ? State.DOWN : state);
        };
    }

    private static Step reset(State state, State next) {
        return state == State.POINT_TO_POINT
                ? to(next, Action.STOP_HELLOS, Action.KILL_NEIGHBOR, Action.ORIGINATE_ROUTER_LSA)
                : to(next, Action.ORIGINATE_ROUTER_LSA);
    }

    private static Step to(State next, Action... actions) {
        return new Step(next, List.of(actions));
    }
}
