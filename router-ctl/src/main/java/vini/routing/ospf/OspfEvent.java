package vini.routing.ospf;

import vini.net.Ipv4Address;
import vini.routing.ospf.wire.ExternalLsa;
import vini.routing.ospf.wire.LsaBody;
import vini.routing.ospf.wire.LsaKey;
import vini.routing.ospf.wire.NetworkLsa;
import vini.routing.ospf.wire.OpaqueBody;
import vini.routing.ospf.wire.RouterLsa;
import vini.routing.ospf.wire.SummaryLsa;

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

    /** We said something new of ourselves, or of what is outside. */
    record Originated(long nanos, LsaKey key, int sequence, LsaBody body) implements OspfEvent {
        @Override
        public String toString() {
            String hex = Integer.toHexString(sequence);
            return switch (body) {
                case RouterLsa own ->
                        "originated router-LSA " + hex + " with " + own.links().size() + " links";
                case ExternalLsa outside ->
                        "originated AS-external-LSA "
                                + hex
                                + " of "
                                + outside.prefix(key.linkStateId())
                                + ", metric "
                                + outside.metric()
                                + (outside.type2() ? " type 2" : " type 1");
                case NetworkLsa _, SummaryLsa _, OpaqueBody _ -> "originated " + key + ' ' + hex;
            };
        }
    }

    /** We have everybody forget something that we said. */
    record Flushed(long nanos, LsaKey key) implements OspfEvent {
        @Override
        public String toString() {
            return "flushed LSA " + key;
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
