package vini.forwarder.elements.napt;

import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.List;

/** Which addresses may send from the inside: those of the prefixes that are a host's at all. */
final class InsideHosts {
    private final int[] networks;
    private final int[] masks;

    InsideHosts(List<Prefix> prefixes) {
        networks = new int[prefixes.size()];
        masks = new int[prefixes.size()];
        for (int i = 0; i < networks.length; i++) {
            if (prefixes.get(i).address() instanceof Ipv4Address address) {
                networks[i] = address.bits();
                masks[i] = Ipv4Address.mask(prefixes.get(i).length());
            }
        }
    }

    boolean has(int address) {
        // Of nobody (0/8), of this machine (127/8), of groups and of all.
        if (address >>> 24 == 0 || address >>> 24 == 127 || address >>> 28 >= 0xe) {
            return false;
        }
        for (int i = 0; i < networks.length; i++) {
            if ((address & masks[i]) == networks[i]) {
                return true;
            }
        }
        return false;
    }
}
