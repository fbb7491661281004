package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import vini.overlay.topology.InterfaceAddress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A router while its configuration is read. */
final class RouterDraft {
    /** An interface, which may have several addresses. */
    static final class Port {
        final String name;
        final Source source;
        final int line;
        final List<InterfaceAddress> addresses = new ArrayList<>();

        /** 0: not written. */
        int cost;

        int helloSeconds;
        int deadSeconds;
        int mtu;

        /** 0: not written, and not known from the name. */
        long bitsPerSecond;

        boolean ospf;
        boolean passive;
        boolean down;

        Port(String name, Source source, int line) {
            this.name = name;
            this.source = source;
            this.line = line;
        }

        boolean isLoopback() {
            return name.startsWith("lo") || name.startsWith("Loopback");
        }
    }

    final String name;
    final Map<String, Port> ports = new LinkedHashMap<>();

    /** Whose interfaces run OSPF. */
    final List<InterfaceAddress> networks = new ArrayList<>();

    final List<String> passive = new ArrayList<>();
    final List<String> active = new ArrayList<>();
    boolean passiveByDefault;

    /** What has cost 1; RFC 2328 leaves it to the router, and all have 100 Mbps from of old. */
    long referenceBitsPerSecond = 100_000_000;

    RouterDraft(String name) {
        this.name = name;
    }

    Port port(String called, Source source, int line) {
        return ports.computeIfAbsent(called, key -> new Port(key, source, line));
    }

    /** After the last line: which interfaces run OSPF, and at what cost. */
    void settle() {
        for (Port port : ports.values()) {
            port.ospf |=
                    port.addresses.stream()
                            .anyMatch(
                                    mine ->
                                            networks.stream()
                                                    .anyMatch(
                                                            of ->
                                                                    of.prefix()
                                                                            .contains(
                                                                                    mine
                                                                                            .address())));
            port.passive |=
                    passive.contains(port.name) || passiveByDefault && !active.contains(port.name);
        }
    }

    /** The cost as written, else by the bandwidth; 0: neither is known. */
    double cost(Port port) {
        if (port.cost > 0 || port.bitsPerSecond == 0) {
            return port.cost;
        }
        return Math.clamp(referenceBitsPerSecond / port.bitsPerSecond, 1, 65535);
    }

    /** The address of the first loopback interface that has one of its own. */
    @Nullable InterfaceAddress loopback() {
        for (Port port : ports.values()) {
            for (InterfaceAddress address : port.addresses) {
                if (port.isLoopback() && address.length() == 32) {
                    return address;
                }
            }
        }
        return null;
    }
}
