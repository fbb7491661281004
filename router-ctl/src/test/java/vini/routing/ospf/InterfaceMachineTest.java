package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.routing.ospf.InterfaceMachine.Action.ANNOUNCE_LINK;
import static vini.routing.ospf.InterfaceMachine.Action.KILL_NEIGHBOR;
import static vini.routing.ospf.InterfaceMachine.Action.ORIGINATE_ROUTER_LSA;
import static vini.routing.ospf.InterfaceMachine.Action.START_HELLOS;
import static vini.routing.ospf.InterfaceMachine.Action.STOP_HELLOS;

import org.junit.jupiter.api.Test;

import vini.routing.ospf.InterfaceMachine.Event;
import vini.routing.ospf.InterfaceMachine.State;
import vini.routing.ospf.InterfaceMachine.Step;

import java.util.List;

class InterfaceMachineTest {
    @Test
    void comesUpAndStartsHellosOnce() {
        assertThat(InterfaceMachine.step(State.DOWN, Event.INTERFACE_UP))
                .isEqualTo(new Step(State.POINT_TO_POINT, List.of(START_HELLOS, ANNOUNCE_LINK)));
        assertThat(InterfaceMachine.step(State.POINT_TO_POINT, Event.INTERFACE_UP))
                .isEqualTo(new Step(State.POINT_TO_POINT, List.of()));
    }

    @Test
    void goingDownKillsTheNeighbor() {
        assertThat(InterfaceMachine.step(State.POINT_TO_POINT, Event.INTERFACE_DOWN))
                .isEqualTo(
                        new Step(
                                State.DOWN,
                                List.of(STOP_HELLOS, KILL_NEIGHBOR, ORIGINATE_ROUTER_LSA)));
        assertThat(InterfaceMachine.step(State.DOWN, Event.INTERFACE_DOWN).actions()).isEmpty();
    }

    @Test
    void aLoopIsLeftForDownOnly() {
        assertThat(InterfaceMachine.step(State.POINT_TO_POINT, Event.LOOP_IND).next())
                .isEqualTo(State.LOOPBACK);
        assertThat(InterfaceMachine.step(State.LOOPBACK, Event.INTERFACE_UP).next())
                .isEqualTo(State.LOOPBACK);
        assertThat(InterfaceMachine.step(State.LOOPBACK, Event.UNLOOP_IND).next())
                .isEqualTo(State.DOWN);
    }
}
