package vini.forwarder.elements.ether;

import vini.forwarder.AddressNames;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Handlers;
import vini.net.EtherAddress;
import vini.net.IpAddress;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The arguments and the handlers that all elements with a {@link NeighborTable} have. */
public final class NeighborArguments {
    /** Click knows no bound where it says 0; these are ours. */
    private static final int ENTRIES_MAX = 65_536;

    private static final int PACKETS_MAX = 1_000_000;
    private static final int PACKETS_DEFAULT = 2048;
    private static final long TIMEOUT_DEFAULT = 300_000_000_000L;

    private NeighborArguments() {}

    /** Reads CAPACITY, ENTRY_CAPACITY, ENTRY_PACKET_CAPACITY and TIMEOUT. */
    public static NeighborTable.Limits limits(Arguments arguments, long queryNanos)
            throws ConfigException {
        return new NeighborTable.Limits(
                bound(arguments, "CAPACITY", PACKETS_DEFAULT, PACKETS_MAX),
                bound(arguments, "ENTRY_CAPACITY", 0, ENTRIES_MAX),
                bound(arguments, "ENTRY_PACKET_CAPACITY", 0, PACKETS_MAX),
                arguments.keyword("TIMEOUT", ArgumentTypes::nanos, TIMEOUT_DEFAULT),
                queryNanos);
    }

    private static int bound(Arguments arguments, String keyword, int otherwise, int most)
            throws ConfigException {
        int bound = arguments.keyword(keyword, ArgumentTypes.integer(0, most), otherwise);
        return bound == 0 ? most : bound;
    }

    /** An address, and the Ethernet address that has it, as {@code insert} takes them. */
    public record Pair(IpAddress address, EtherAddress ether) {
        static Pair parse(
                String text, AddressNames.Reader names, Function<String, IpAddress> address) {
            String[] words = text.strip().split("\\s+", -1);
            if (words.length != 2) {
                throw new IllegalArgumentException(
                        "'" + text.strip() + "' is not an address and an Ethernet address");
            }
            return new Pair(address.apply(words[0]), names.ether(words[1]));
        }
    }

    /** Adds the handlers of a table. */
    public static void handlers(
            Handlers handlers,
            Supplier<NeighborTable> table,
            AddressNames.Reader names,
            Function<String, IpAddress> address,
            BiConsumer<IpAddress, EtherAddress> insert) {
        handlers.read("table", () -> table.get().text());
        handlers.read("count", () -> table.get().count());
        handlers.read("length", () -> table.get().length());
        handlers.write(
                "insert",
                text -> {
                    Pair pair = Pair.parse(text, names, address);
                    insert.accept(pair.address, pair.ether);
                });
        handlers.write("delete", text -> table.get().delete(address.apply(text.strip())));
        handlers.write("clear", text -> table.get().clear());
    }
}
