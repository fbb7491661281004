package vini.forwarder.elements.napt;

import vini.forwarder.ArgumentTypes;
import vini.net.Ipv4Address;

import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;

/** What can be asked of a NAPT while it runs. */
final class NaptHandlers {
    /** Mappings that a table lists; more would make the answer too long for anybody. */
    private static final int LISTED_MAX = 65_536;

    private static final double SECOND = 1e9;

    private NaptHandlers() {}

    /** The mappings of a protocol, or of all if that is negative. */
    static String table(Napt napt, int protocol) {
        return table(napt, inside -> protocol < 0 || Endpoint.protocol(inside) == protocol);
    }

    /** The log from the line on that the text numbers, or all of it. */
    static String log(Napt napt, String text) {
        String number = text.strip();
        return napt.log()
                .from(
                        number.isEmpty()
                                ? 0
                                : ArgumentTypes.integer(0, Long.MAX_VALUE).apply(number));
    }

    private static String table(Napt napt, LongPredicate which) {
        StringBuilder text = new StringBuilder();
        Mappings mappings = napt.mappings();
        MappingTable table = mappings.table;
        long now = napt.nowNanos();
        int listed = 0;
        for (int mapping = 0; mapping < table.end() && listed < LISTED_MAX; mapping++) {
            if (table.isLive(mapping) && which.test(table.inside(mapping))) {
                if (line(mappings, mapping, now, text)) {
                    listed++;
                }
            }
        }
        return text.toString();
    }

    /** Adds a line, unless all sessions of the mapping are over. */
    private static boolean line(Mappings mappings, int mapping, long now, StringBuilder text) {
        MappingTable table = mappings.table;
        SessionTable sessions = mappings.furtherSessions();
        long end = mappings.endOf(mapping);
        int others = 0;
        for (int s = table.furtherSession(mapping); s != SessionTable.NONE; s = sessions.next(s)) {
            others++;
            end = Math.max(end, mappings.endOf(mapping, s));
        }
        if (end <= now) {
            return false;
        }
        long inside = table.inside(mapping);
        text.append(Endpoint.protocolName(Endpoint.protocol(inside))).append(' ');
        text.append(Endpoint.text(inside)).append(" => ");
        text.append(Endpoint.text(table.outside(mapping)));
        if (table.peer(mapping) != 0) {
            text.append(" with ").append(Endpoint.text(table.peer(mapping)));
        }
        if (table.phase(mapping) != TcpPhase.NONE) {
            String phase = table.phase(mapping).name().toLowerCase(Locale.ROOT);
            text.append(", ").append(phase.replace('_', ' '));
        }
        if (others > 0) {
            text.append(", and ").append(others).append(others == 1 ? " other" : " others");
        }
        text.append(String.format(Locale.ROOT, ", ends in %.3f s%n", (end - now) / SECOND));
        return true;
    }

    /** A line for each host of the inside that has mappings. */
    static String users(Napt napt) {
        StringBuilder text = new StringBuilder();
        Mappings mappings = napt.mappings();
        Users users = mappings.users;
        for (int user = 0; user < users.end(); user++) {
            if (users.isLive(user)) {
                int address = users.address(user);
                text.append(new Ipv4Address(address));
                text.append(" sessions ").append(users.sessions(user));
                text.append(" address ");
                text.append(new Ipv4Address(mappings.externalAddress(address)));
                text.append(" refused ").append(users.refused(user)).append('\n');
            }
        }
        return text.toString();
    }

    /** What has happened so far, and what waits. */
    static String counts(Napt napt) {
        return napt.counts().text()
                + "datagrams_in_fragments "
                + napt.translator().fragments().datagrams()
                + "\nfragments_waiting "
                + napt.translator().fragments().waiting()
                + "\nsyns_waiting "
                + napt.translator().heldSyns()
                + "\n";
    }

    /** The other end of the mapping that has an endpoint on that side, or nothing. */
    static String lookup(Napt napt, String text, long side) {
        List<String> words = List.of(text.strip().split("\\s+", -1));
        if (words.size() != 3) {
            throw new IllegalArgumentException("want PROTOCOL ADDRESS PORT");
        }
        int protocol = Endpoint.protocol(words.getFirst());
        int address = Ipv4Address.parse(words.get(1)).bits();
        int port = ArgumentTypes.integer(0, Ports.PORTS - 1).apply(words.get(2));
        Mappings mappings = napt.mappings();
        int mapping =
                mappings.findLive(Endpoint.of(address, port, protocol) | side, napt.nowNanos());
        if (mapping == Mappings.NONE) {
            return "";
        }
        MappingTable table = mappings.table;
        return Endpoint.text(side == 0 ? table.outside(mapping) : table.inside(mapping));
    }

    /** Ends all mappings, or those of a user. */
    static void clear(Napt napt, String argument) {
        Mappings mappings = napt.mappings();
        String text = argument.strip();
        if (text.isEmpty()) {
            mappings.clear(Users.NONE);
            return;
        }
        int user = mappings.users.find(Ipv4Address.parse(text).bits());
        if (user != Users.NONE) {
            mappings.clear(user);
        }
    }
}
