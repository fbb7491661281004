package vini.forwarder.elements.rewrite;

import vini.forwarder.AddressNames;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a new flow is rewritten: {@code SADDR SPORT DADDR DPORT}, or {@code SADDR DADDR}, or {@code
 * SADDR DADDR IDENTIFIER}; a dash leaves a field as it is. SADDR may be a range or a prefix, SPORT
 * a range; the pattern then finds a place in it that no flow has taken.
 */
final class Pattern {
    /** Places that are tried for one flow: all ports of one address. */
    private static final int TRIES_MAX = 65_536;

    private static final int PORT_MAX = 0xffff;

    /** Which place in the ranges is tried first; the others follow upwards, and around. */
    private enum Choice {
        /** That of the packet's own source port if it is in range, else any. */
        OWN,
        /** The one after the last that was taken. */
        NEXT,
        ANY
    }

    /** Says whether a flow that is rewritten so would have the replies of another. */
    interface Taken {
        boolean isTaken(long newAddresses, int newPorts);
    }

    private record Range(long low, long count, Choice choice) {
        static final Range NONE = new Range(0, 0, Choice.OWN);

        boolean isKept() {
            return count == 0;
        }

        long places() {
            return Math.max(1, count);
        }
    }

    private final Range source;
    private final Range sourcePort;
    private final Range destination;
    private final Range destinationPort;
    private final Choice choice;
    private final String text;
    private long next;

    private Pattern(Range source, Range sourcePort, Range destination, Range port, String text) {
        this.source = source;
        this.sourcePort = sourcePort;
        this.destination = destination;
        this.destinationPort = port;
        this.text = text;
        this.choice = source.choice == Choice.OWN ? sourcePort.choice : source.choice;
    }

    /** Reads two, three or four fields. */
    static Pattern parse(List<String> words, AddressNames.Reader names) {
        Range source = addresses(words.getFirst(), names, "source");
        int destinationAt = words.size() == 4 ? 2 : 1;
        Range destination = addresses(words.get(destinationAt), names, "destination");
        if (destination.count > 1) {
            throw new IllegalArgumentException("bad destination address: only one is allowed");
        }
        Range port = Range.NONE;
        Range destinationPort = Range.NONE;
        if (words.size() == 4) {
            port = ports(words.get(1), 0, "source");
            destinationPort = ports(words.get(3), 1, "destination");
        } else if (words.size() == 3) {
            port = ports(words.get(2), 0, "source");
        }
        if (destinationPort.count > 1) {
            throw new IllegalArgumentException("bad destination port: only one is allowed");
        }
        String text = text(source) + " " + text(destination);
        if (words.size() == 4) {
            String first = text(source) + " " + portText(port);
            text = first + " " + text(destination) + " " + portText(destinationPort);
        } else if (words.size() == 3) {
            text += " " + portText(port);
        }
        return new Pattern(source, port, destination, destinationPort, text);
    }

    private static Choice choice(String field, Choice otherwise) {
        return switch (field.charAt(field.length() - 1)) {
            case '#' -> Choice.NEXT;
            case '?', '*' -> Choice.ANY;
            default -> otherwise;
        };
    }

    private static String plain(String field) {
        return choice(field, Choice.OWN) == Choice.OWN
                ? field
                : field.substring(0, field.length() - 1);
    }

    private static Range addresses(String field, AddressNames.Reader names, String which) {
        if (field.equals("-")) {
            return Range.NONE;
        }
        String plain = plain(field);
        try {
            int dash = plain.indexOf('-');
            Ipv4Address low;
            Ipv4Address high;
            if (plain.indexOf('/') >= 0) {
                Prefix prefix = names.prefix(plain);
                int bits = prefix.length();
                low = (Ipv4Address) prefix.address().masked(bits);
                high = new Ipv4Address(low.bits() | ~Ipv4Address.mask(bits));
                // The network's and the broadcast address are nobody's.
                if (bits < 31) {
                    low = low.plus(1);
                    high = high.plus(-1);
                }
            } else {
                low = names.ip(dash < 0 ? plain : plain.substring(0, dash));
                high = dash < 0 ? low : names.ip(plain.substring(dash + 1));
            }
            long count = 1 + (high.bits() & 0xffffffffL) - (low.bits() & 0xffffffffL);
            if (count < 1) {
                throw new IllegalArgumentException(plain + " ends before it begins");
            }
            Choice choice = count == 1 ? Choice.OWN : choice(field, Choice.ANY);
            return new Range(low.bits() & 0xffffffffL, count, choice);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "bad " + which + " address '" + field + "': " + e.getMessage(), e);
        }
    }

    private static Range ports(String field, int lowest, String which) {
        if (field.equals("-")) {
            return Range.NONE;
        }
        String plain = plain(field);
        int dash = plain.indexOf('-');
        String first = dash < 0 ? plain : plain.substring(0, dash);
        String last = dash < 0 ? plain : plain.substring(dash + 1);
        if (first.matches("[0-9]{1,5}") && last.matches("[0-9]{1,5}")) {
            int low = Integer.parseInt(first);
            int high = Integer.parseInt(last);
            if (low >= lowest && low <= high && high <= PORT_MAX) {
                return new Range(low, high - low + 1L, choice(field, Choice.OWN));
            }
        }
        throw new IllegalArgumentException(
                "bad " + which + " port '" + field + "': want " + lowest + "-65535, or a range");
    }

    private static String text(Range addresses) {
        String low = new Ipv4Address((int) addresses.low).toString();
        return switch ((int) Math.min(2, addresses.count)) {
            case 0 -> "-";
            case 1 -> low;
            default -> low + "-" + new Ipv4Address((int) (addresses.low + addresses.count - 1));
        };
    }

    private static String portText(Range ports) {
        return switch ((int) Math.min(2, ports.count)) {
            case 0 -> "-";
            case 1 -> "" + ports.low;
            default -> ports.low + "-" + (ports.low + ports.count - 1);
        };
    }

    /** Goes on in a sequential range where the same pattern of another graph is. */
    void goOn(Pattern other) {
        if (text.equals(other.text)) {
            next = other.next;
        }
    }

    /** Whether it leaves both ports as they are. */
    boolean keepsPorts() {
        return sourcePort.isKept() && destinationPort.isKept();
    }

    /** Whether it leaves the destination address as it is. */
    boolean keepsDestination() {
        return destination.isKept();
    }

    /** A place in the ranges for a flow that nobody has taken; -1 if none was found. */
    long place(long addresses, int ports, RandomGenerator chance, Taken taken) {
        long places = source.places() * sourcePort.places();
        if (places == 1) {
            return isTaken(0, addresses, ports, taken) ? -1 : 0;
        }
        long own = (ports >>> 16) - sourcePort.low;
        if (choice == Choice.OWN && own >= 0 && own < sourcePort.count) {
            if (!isTaken(own, addresses, ports, taken)) {
                return own;
            }
        }
        long first = choice == Choice.NEXT ? next : chance.nextLong(places);
        long tries = Math.min(places, TRIES_MAX);
        for (long i = 0; i < tries; i++) {
            long place = (first + i) % places;
            if (!isTaken(place, addresses, ports, taken)) {
                next = (place + 1) % places;
                return place;
            }
        }
        return -1;
    }

    private boolean isTaken(long place, long addresses, int ports, Taken taken) {
        return taken.isTaken(addresses(place, addresses), ports(place, ports));
    }

    /** The addresses of a flow that is rewritten to that place. */
    long addresses(long place, long addresses) {
        int from = (int) (source.low + place / sourcePort.places());
        return FlowKey.addresses(
                source.isKept() ? FlowKey.source(addresses) : from,
                destination.isKept() ? FlowKey.destination(addresses) : (int) destination.low);
    }

    /** The ports of a flow that is rewritten to that place. */
    int ports(long place, int ports) {
        int from = (int) (sourcePort.low + place % sourcePort.places());
        return FlowKey.ports(
                sourcePort.isKept() ? ports >>> 16 : from,
                destinationPort.isKept() ? ports & PORT_MAX : (int) destinationPort.low);
    }

    @Override
    public String toString() {
        return text;
    }
}
