package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Prefix;
import vini.overlay.json.Place;
import vini.overlay.json.Shown;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.DoorPlan;
import vini.overlay.topology.End;
import vini.overlay.topology.Ingress;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds outside hosts that do not fit the network: by their names, their doors, their addresses.
 */
final class OutsideCheck {
    /** What the live world gives to machines and hosts that have no address of their own. */
    private static final Prefix GIVEN = Prefix.parse("198.51.100.0/24");

    private final Topology topology;
    private final Map<Prefix, String> taken = new LinkedHashMap<>();

    private OutsideCheck(Topology topology) {
        this.topology = topology;
        taken.put(topology.prefix(), "the topology's \"prefix\"");
        taken.put(topology.users(), "the topology's \"users\"");
        AddressPlan plan = AddressPlan.of(topology);
        DoorPlan doors = DoorPlan.of(topology);
        for (Node node : topology.nodes()) {
            Prefix users = doors.users(node);
            if (users != null) {
                taken.put(users, "the users of " + node.name());
            }
            if (node.egress() != null && node.egress().address() != null) {
                taken.put(Prefix.host(node.egress().address()), "the egress at " + node.name());
            }
            plan.nodeAddresses(node).forEach(a -> taken.put(Prefix.host(a), node.name()));
        }
        for (Link link : topology.links()) {
            for (End end : End.values()) {
                taken.put(
                        Prefix.host(plan.linkEnd(link, end).address()),
                        "the link " + link.a().name() + "-" + link.b().name());
            }
        }
        taken.put(GIVEN, "what is given to hosts without an \"address\"");
    }

    /** Checks the outside hosts of a file; mistakes are reported. */
    static void check(Place root, Experiment experiment) {
        Place outside = root.member("outside");
        if (outside == null) {
            return;
        }
        OutsideCheck check = new OutsideCheck(experiment.topology());
        experiment
                .outside()
                .forEach(
                        (name, host) -> {
                            Place place = outside.at(name);
                            if (check.topology.node(name) != null) {
                                place.wrong("is a node; give the outside host another name");
                            }
                            check.door(place, host);
                            check.address(place, name, host.address());
                        });
    }

    private void door(Place place, Outside host) {
        Node node = topology.node(host.behind());
        if (node == null) {
            return;
        }
        Ingress ingress = node.ingress();
        if (host.vpn() && (ingress == null || ingress.backs() != null)) {
            place.at("behind")
                    .wrong(
                            "no users enter by VPN at "
                                    + Shown.quoted(node.name())
                                    + "; give that node \"ingress\": true");
        } else if (ingress == null && node.egress() == null) {
            place.at("behind")
                    .wrong(
                            Shown.quoted(node.name())
                                    + " has no door; give that node \"egress\": true, or"
                                    + " \"ingress\": true");
        }
    }

    private void address(Place place, String name, @Nullable IpAddress address) {
        if (address == null) {
            return;
        }
        for (Map.Entry<Prefix, String> block : taken.entrySet()) {
            if (block.getKey().contains(address)) {
                place.at("address").wrong(address + " belongs to " + block.getValue());
                return;
            }
        }
        taken.put(Prefix.host(address), name);
    }
}
