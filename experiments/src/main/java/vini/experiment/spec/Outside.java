package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Ref;
import vini.overlay.json.WrongKey;
import vini.overlay.world.OutsideHost;

/**
 * A machine outside of the slice that an experiment makes for itself; see {@link OutsideHost}.
 *
 * @param address IPv4, or null for one of the world's choice
 */
@Called("outside host")
@Doc("A machine outside of the slice that is made for the run: a user's, or a server.")
public record Outside(
        @Doc("The node at whose door it is.") @Ref("node") String behind,
        @Doc("Whether it enters there by VPN, as a user with a stock client.") @Default("false")
                boolean vpn,
        @Doc("Its IPv4 address; one that is set apart for examples if absent.")
                @Nullable IpAddress address) {
    public Outside {
        if (address != null && !isUnicast(address)) {
            throw new WrongKey("address", address + " is no IPv4 address of a single machine");
        }
    }

    /** Not of this network, loopback, groups, or reserved. */
    private static boolean isUnicast(IpAddress address) {
        if (!(address instanceof Ipv4Address v4)) {
            return false;
        }
        int first = v4.bits() >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    OutsideHost host(String name) {
        return new OutsideHost(name, behind, vpn, (Ipv4Address) address);
    }
}
