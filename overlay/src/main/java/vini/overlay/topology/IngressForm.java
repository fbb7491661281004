package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.OrTrue;
import vini.overlay.json.Range;
import vini.overlay.json.WrongKey;

@Called("ingress")
@Doc("That users enter at the node by VPN.")
record IngressForm(
        @Doc("The UDP port that their clients send to; the first that is free if absent.")
                @Range(min = 1, max = 65_535)
                @Nullable Integer port,
        @Doc("The address that their clients send to; the machine's if absent.")
                @Nullable IpAddress address,
        @Doc("The block of their addresses; a share of the topology's if absent.")
                @Nullable Prefix users,
        @Doc("The ingress whose users, port and key the node takes over when that one dies.")
                @Nullable String backs) {
    private static final int USERS_LONGEST = 29;

    IngressForm {
        if (backs != null && (port != null || users != null)) {
            throw new WrongKey(
                    "backs", "has port and users of the node that it backs; leave them out");
        }
        if (users != null
                && (!(users.address() instanceof Ipv4Address) || users.length() > USERS_LONGEST)) {
            throw new WrongKey("users", users + " is not an IPv4 block like 10.87.0.0/20");
        }
    }

    Ingress ingress() {
        return new Ingress(port, address, users, backs);
    }

    static @Nullable IngressForm of(@Nullable Ingress ingress) {
        return ingress == null
                ? null
                : new IngressForm(
                        ingress.port(), ingress.address(), ingress.users(), ingress.backs());
    }

    /** An object, or {@code true} for all defaults. */
    static final class Form extends OrTrue<IngressForm> {
        Form() {
            super(IngressForm.class);
        }
    }
}
