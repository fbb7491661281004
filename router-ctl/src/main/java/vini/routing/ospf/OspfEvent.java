package vini.routing.ospf;

import vini.net.Ipv4Address;

/** Something worth telling that happened to a router; its text is the line for a log. */
public sealed interface OspfEvent {
    /** When, on the router's clock. */
    long nanos();

    /** A neighbour moved to another state. */
    record NeighborChanged(
            long nanos,
            int link,
            Ipv4Address address,
            NeighborMachine.State from,
            NeighborMachine.State to,
            NeighborMachine.Event event)
            implements OspfEvent {
        @Override
        public String toString() {
            return "neighbor " + address + " " + from + " -> " + to + " (" + event + ")";
        }
    }

    /** A link moved to another state. */
    record InterfaceChanged(
            long nanos,
            int link,
            String name,
            InterfaceMachine.State from,
            InterfaceMachine.State to,
            InterfaceMachine.Event event)
            implements OspfEvent {
        @Override
        public String toString() {
            return "interface " + name + " " + from + " -> " + to + " (" + event + ")";
        }
    }

    /** We said something new of ourselves. */
    record Originated(long nanos, int sequence, int links) implements OspfEvent {
        @Override
        public String toString() {
            return "originated router-LSA "
                    + Integer.toHexString(sequence)
                    + " with "
                    + links
                    + " links";
        }
    }

    /** A calculation changed routes. */
    record RoutesChanged(long nanos, int offered, int withdrawn) implements OspfEvent {
        @Override
        public String toString() {
            return "routes: " + offered + " new or changed, " + withdrawn + " withdrawn";
        }
    }

    /** A peer's packet or LSA was thrown away; at most one a second is told, all are counted. */
    record Dropped(long nanos, int link, DropReason reason, String detail) implements OspfEvent {
        @Override
        public String toString() {
            return "dropped on link " + link + ": " + reason + ", " + detail;
        }
    }
}
