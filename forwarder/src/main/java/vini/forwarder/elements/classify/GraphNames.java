package vini.forwarder.elements.classify;

import org.jspecify.annotations.Nullable;

import vini.forwarder.AddressNames;
import vini.forwarder.PortNames;
import vini.forwarder.filter.FilterNames;
import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.function.Function;

/** The names that a graph gives to addresses, networks and ports, for filters. */
record GraphNames(AddressNames.Reader reader, PortNames.Reader ports) implements FilterNames {
    @Override
    public @Nullable Ipv4Address address(String name) {
        return orNull(name, reader::ip);
    }

    @Override
    public @Nullable EtherAddress ether(String name) {
        return orNull(name, reader::ether);
    }

    @Override
    public @Nullable Prefix network(String name) {
        Prefix prefix = orNull(name, reader::prefix);
        return prefix != null && prefix.address() instanceof Ipv4Address ? prefix : null;
    }

    @Override
    public @Nullable Integer port(String name) {
        Integer tcp = ports.named(name, PortNames.TCP);
        return tcp != null ? tcp : ports.named(name, PortNames.UDP);
    }

    /** The reader says with an exception that it does not know the name. */
    private static <T> @Nullable T orNull(String name, Function<String, T> read) {
        if (!name.matches("[A-Za-z_@].*")) {
            return null;
        }
        try {
            return read.apply(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
