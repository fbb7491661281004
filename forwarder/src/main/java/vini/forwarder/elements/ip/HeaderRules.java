package vini.forwarder.elements.ip;

import vini.forwarder.AddressNames;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.net.wire.Ipv4Header;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What makes an IPv4 header sound: RFC 1812 5.2.2, and the addresses of 5.3.7. */
final class HeaderRules {
    /** The answer for a sound header; other answers are numbers of {@link #REASONS}. */
    static final int SOUND = -1;

    static final List<String> REASONS =
            List.of(
                    "tiny packet",
                    "bad IP version",
                    "bad IP header length",
                    "bad IP length",
                    "bad IP checksum",
                    "bad source address");

    private static final int TINY = 0;
    private static final int BAD_VERSION = 1;
    private static final int BAD_HEADER_LENGTH = 2;
    private static final int BAD_LENGTH = 3;
    private static final int BAD_CHECKSUM = 4;
    private static final int BAD_SOURCE = 5;

    private static final int BROADCAST = 0xffffffff;
    private static final int ALL_ONES = 0xffff;

    private final int offset;
    private final boolean checksum;
    private final int[] badSources;
    private final int[] goodDestinations;

    private HeaderRules(
            int offset, boolean checksum, List<Ipv4Address> bad, List<Ipv4Address> good) {
        this.offset = offset;
        this.checksum = checksum;
        this.badSources = bad.stream().mapToInt(Ipv4Address::bits).distinct().toArray();
        this.goodDestinations = good.stream().mapToInt(Ipv4Address::bits).distinct().toArray();
    }

    /**
     * Reads the keywords INTERFACES, BADSRC and GOODDST.
     *
     * @param offset where the header begins in the packet
     * @param bad sources that are bad besides those
     */
    static HeaderRules read(
            Arguments arguments,
            AddressNames.Reader addresses,
            int offset,
            boolean checksum,
            List<Ipv4Address> bad)
            throws ConfigException {
        List<Ipv4Address> badSources = new ArrayList<>(bad);
        List<Ipv4Address> good = new ArrayList<>();
        List<Interface> interfaces =
                arguments.keyword("INTERFACES", list(t -> Interface.read(t, addresses)), List.of());
        if (!interfaces.isEmpty()) {
            interfaces.forEach(i -> badSources.add(i.broadcast()));
            interfaces.forEach(i -> good.add(i.address));
            badSources.add(Ipv4Address.ANY);
            badSources.add(new Ipv4Address(BROADCAST));
        }
        badSources.addAll(arguments.keyword("BADSRC", list(addresses::ip), List.of()));
        good.addAll(arguments.keyword("GOODDST", list(addresses::ip), List.of()));
        return new HeaderRules(offset, checksum, badSources, good);
    }

    /** A reader of a list with spaces in between. */
    static <T> Function<String, List<T>> list(Function<String, T> type) {
        return text ->
                Stream.of(text.strip().split("\\s+", -1))
                        .filter(word -> !word.isEmpty())
                        .map(type)
                        .toList();
    }

    private record Interface(Ipv4Address address, int length) {
        static Interface read(String text, AddressNames.Reader addresses) {
            Prefix prefix = addresses.prefix(text);
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            return new Interface(addresses.ip(address), prefix.length());
        }

        Ipv4Address broadcast() {
            return new Ipv4Address(address.bits() | ~Ipv4Address.mask(length));
        }
    }

    /**
     * Checks a packet; if it is sound, cuts off what lies beyond its IP length and sets network
     * header, transport header and destination annotation.
     */
    int check(Packet packet) {
        int header = offset;
        int available = packet.length() - header;
        if (available < Ipv4Header.BYTES) {
            return TINY;
        }
        int first = packet.u8(header);
        if (first >> 4 != 4) {
            return BAD_VERSION;
        }
        int headerLength = (first & 0x0f) << 2;
        if (headerLength < Ipv4Header.BYTES || headerLength > available) {
            return BAD_HEADER_LENGTH;
        }
        int totalLength = packet.u16(header + Ipv4Header.TOTAL_LENGTH_AT);
        if (totalLength < headerLength || totalLength > available) {
            return BAD_LENGTH;
        }
        if (checksum && !isSumRight(packet, header, headerLength)) {
            return BAD_CHECKSUM;
        }
        int destination = packet.i32(header + Ipv4Header.DESTINATION_AT);
        if (isBad(packet.i32(header + Ipv4Header.SOURCE_AT))
                && !contains(goodDestinations, destination)) {
            return BAD_SOURCE;
        }
        packet.truncate(header + totalLength);
        packet.networkHeader(header);
        packet.transportHeader(header + headerLength);
        packet.destination(destination);
        return SOUND;
    }

    /**
     * Whether the header sums up to all ones, as RFC 1071 1 says of a right one: in ones'
     * complement a multiple of that, and not zero, since a version stands in it.
     */
    private static boolean isSumRight(Packet packet, int header, int headerLength) {
        // Nearly all have five words: they need no loop.
        long sum =
                word(packet, header)
                        + word(packet, header + 4)
                        + word(packet, header + 8)
                        + word(packet, header + 12)
                        + word(packet, header + 16);
        for (int at = header + Ipv4Header.BYTES; at < header + headerLength; at += Integer.BYTES) {
            sum += word(packet, at);
        }
        return sum % ALL_ONES == 0;
    }

    private static long word(Packet packet, int at) {
        return packet.i32(at) & 0xffff_ffffL;
    }

    private boolean isBad(int source) {
        return source == BROADCAST || source >>> 28 == 0xe || contains(badSources, source);
    }

    private static boolean contains(int[] addresses, int address) {
        for (int one : addresses) {
            if (one == address) {
                return true;
            }
        }
        return false;
    }
}
