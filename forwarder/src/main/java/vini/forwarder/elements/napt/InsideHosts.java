package vini.forwarder.elements.napt;

import vini.forwarder.AddressNames;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.List;

/** Which addresses may send from the inside: those of the prefixes that are a host's at all. */
public final class InsideHosts {
    private final int[] networks;
    private final int[] masks;

    /** IPv4 prefixes and addresses with spaces between them, as in a keyword INSIDE. */
    public static List<Prefix> prefixes(String text, AddressNames.Reader names) {
        List<Prefix> prefixes = new ArrayList<>();
        for (String word : text.strip().split("\\s+", -1)) {
            Prefix prefix = names.prefixOrAddress(word);
            if (!(prefix.address() instanceof Ipv4Address)) {
                throw new IllegalArgumentException("'" + word + "' is not of IPv4");
            }
            prefixes.add(prefix);
        }
        return List.copyOf(prefixes);
    }

    /** Those of IPv4 prefixes. */
    public InsideHosts(List<Prefix> prefixes) {
        networks = new int[prefixes.size()];
        masks = new int[prefixes.size()];
        for (int i = 0; i < networks.length; i++) {
            if (prefixes.get(i).address() instanceof Ipv4Address address) {
                networks[i] = address.bits();
                masks[i] = Ipv4Address.mask(prefixes.get(i).length());
            }
        }
    }

    /** Whether that address may send. */
    public boolean has(int address) {
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
