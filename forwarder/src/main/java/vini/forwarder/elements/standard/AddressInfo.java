package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.AddressNames;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;
import vini.net.Prefix;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Gives names to addresses, which other elements may then write in their configurations.
 *
 * <p>Arguments: any number of {@code NAME ADDRESS...}. An address is one of IPv4 or IPv6, a prefix
 * such as {@code 10.0.0.1/24} (which names its address, too), or one of Ethernet; a name may have
 * one of each kind, and who uses the name takes the kind that it needs. {@code NAME:ip}, {@code
 * NAME:ipnet}, {@code NAME:ip6}, {@code NAME:ip6net} and {@code NAME:eth} say which is meant,
 * {@code NAME:bcast} is the broadcast address of the prefix, {@code NAME:gw} its first address. A
 * name holds in the compound element in which it is given, and inside of it. It has no ports.
 *
 * <pre>{@code
 * AddressInfo(mauer 10.0.0.1/24 00:50:ba:85:84:a9, mazu 10.0.0.10);
 * ... -> IPEncap(udp, mauer, mazu) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "AddressInfo", ports = "0/0")
public final class AddressInfo extends Element {
    /** Before all that may use a name. */
    static final int PHASE = -10;

    private static final Pattern ETHER =
            Pattern.compile("[0-9A-Fa-f]{1,2}([:-][0-9A-Fa-f]{1,2}){5}");

    @Override
    protected int phase() {
        return PHASE;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        String scope = name().substring(0, name().lastIndexOf('/') + 1);
        for (String argument : arguments.all()) {
            String[] words = argument.split("\\s+", -1);
            if (words.length < 2) {
                throw new ConfigException("'" + argument + "' is not NAME ADDRESS...");
            }
            for (int i = 1; i < words.length; i++) {
                for (Object address : addresses(words[i])) {
                    addressNames().add(scope, words[0], address);
                }
            }
        }
    }

    private static List<Object> addresses(String text) throws ConfigException {
        try {
            if (ETHER.matcher(text).matches()) {
                return List.of(EtherAddress.parse(text));
            }
            int slash = text.indexOf('/');
            if (slash < 0) {
                return List.of(address(text));
            }
            Prefix prefix = AddressNames.readPrefix(text);
            String bare = text.substring(0, slash);
            // 10/8 is a prefix and no more.
            return bare.matches("[0-9]+(\\.[0-9]+){0,2}")
                    ? List.of(prefix)
                    : List.of(address(bare), prefix);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("'" + text + "' is no address: " + e.getMessage());
        }
    }

    private static Object address(String text) {
        return text.contains(":") ? Ipv6Address.parse(text) : Ipv4Address.parse(text);
    }
}
