package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.OrTrue;
import vini.overlay.json.ParsedKind;
import vini.overlay.json.Range;
import vini.overlay.json.ReadBy;
import vini.overlay.json.TextKind;
import vini.overlay.json.WrongKey;

import java.util.List;

@Called("egress")
@Doc("That packets leave at the node for the outside.")
record EgressForm(
        @Doc("How they leave: by a device of the machine, by sockets, or by another slice.")
                @Default("kernel")
                Egress.Way way,
        @Doc("The address that the outside sees, which the machine must not own.")
                @Nullable IpAddress address,
        @Doc("The ports that the outside sees, so that slices can share an address.")
                @Default("1024-65535")
                @ReadBy(Ports.class)
                Egress.Ports ports,
        @Doc("The slice of this machine by which they leave, with \"way\": \"slice\".")
                @Nullable String slice,
        @Doc("The node of that slice that serves this one.") @Nullable String node,
        @Doc("What the node offers a way to.")
                @Default("[\"0.0.0.0/0\"]")
                @Range(min = 1, max = 100)
                List<Prefix> prefixes,
        @Doc("Where packets may go although the block is private or an address the machine's own.")
                @Default("[]")
                @Range(max = 100)
                List<Prefix> allow) {
    EgressForm {
        if (address != null && !(address instanceof Ipv4Address)) {
            throw new WrongKey("address", address + " is IPv6, and slices carry IPv4");
        }
        if (way == Egress.Way.SOCKETS && address != null) {
            throw new WrongKey(
                    "address", "sockets have the machine's address; leave \"address\" out");
        }
        if (way == Egress.Way.SOCKETS && !ports.equals(Ports.ALL)) {
            throw new WrongKey(
                    "ports", "the machine chooses the ports of sockets; leave \"ports\" out");
        }
        if ((way == Egress.Way.SLICE) != (slice != null && node != null)) {
            throw new WrongKey(
                    way == Egress.Way.SLICE ? "way" : slice == null ? "node" : "slice",
                    "another slice is named with all of \"way\": \"slice\", \"slice\": its name,"
                            + " and \"node\": that of its node that serves this one");
        }
        if (way == Egress.Way.SLICE && address != null) {
            throw new WrongKey("address", "the other slice gives one; leave \"address\" out");
        }
        checkName("slice", slice);
        checkName("node", node);
        checkFamily("prefixes", prefixes);
        checkFamily("allow", allow);
    }

    private static void checkName(String key, @Nullable String name) {
        if (name != null && !TextKind.isName(name)) {
            throw new WrongKey(key, TextKind.notAName(name));
        }
    }

    private static void checkFamily(String key, List<Prefix> prefixes) {
        for (Prefix prefix : prefixes) {
            if (!(prefix.address() instanceof Ipv4Address)) {
                throw new WrongKey(key, prefix + " is IPv6, and slices carry IPv4");
            }
        }
    }

    Egress egress() {
        Egress.Through through =
                slice == null || node == null ? null : new Egress.Through(slice, node);
        return new Egress(way, (Ipv4Address) address, ports, through, prefixes, allow);
    }

    static @Nullable EgressForm of(@Nullable Egress egress) {
        return egress == null
                ? null
                : new EgressForm(
                        egress.way(),
                        egress.address(),
                        egress.ports(),
                        egress.through() == null ? null : egress.through().slice(),
                        egress.through() == null ? null : egress.through().node(),
                        egress.prefixes(),
                        egress.allow());
    }

    /** An object, or {@code true} for all defaults. */
    static final class Form extends OrTrue<EgressForm> {
        Form() {
            super(EgressForm.class);
        }
    }

    static final class Ports extends ParsedKind<Egress.Ports> {
        private static final Egress.Ports ALL = Egress.Ports.parse("1024-65535");

        Ports() {
            super("20000-29999", Egress.Ports::parse);
        }
    }
}
