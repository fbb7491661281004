package vini.routing.process;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.routing.ospf.Announcement;
import vini.routing.ospf.OspfConfig;
import vini.routing.ospf.OspfInterface;

import java.util.ArrayList;
import java.util.List;

/**
 * What a router process is told: all routers of the slice. Its text has a line a fact:
 *
 * <pre>
 * hello 5
 * dead 10
 * node wash 10.77.0.11
 * stub 10.77.0.11/32
 * interface 0 nycm 10.77.128.1/30 10.77.128.2 233 1500
 * announce 0.0.0.0/0 20 type 2
 * </pre>
 *
 * (link number, neighbour, own address, neighbour's address, cost, MTU; of destinations outside,
 * see {@link Announcement#parse}). The text is made by the overlay, so a mistake in it is ours and
 * not the user's.
 */
public record SliceConfig(List<NodeConfig> nodes) {
    /** One router, and the destinations outside that it announces from the start. */
    public record NodeConfig(String name, OspfConfig ospf, List<Announcement> announced) {
        public NodeConfig {
            announced = List.copyOf(announced);
        }
    }

    private static final long SECOND = 1_000_000_000L;

    private static final class Draft {
        final String name;
        final Ipv4Address id;
        final List<Prefix> stubs = new ArrayList<>();
        final List<OspfInterface> interfaces = new ArrayList<>();
        final List<Announcement> announced = new ArrayList<>();

        Draft(String name, Ipv4Address id) {
            this.name = name;
            this.id = id;
        }
    }

    /** Reads the text; throws {@link IllegalArgumentException} with the line that is wrong. */
    public static SliceConfig parse(String text) {
        List<Draft> drafts = new ArrayList<>();
        long hello = 10;
        long dead = 40;
        for (String line : text.split("\n", -1)) {
            String[] word = line.strip().split(" ", -1);
            @Nullable Draft last = drafts.isEmpty() ? null : drafts.getLast();
            switch (word[0]) {
                case "" -> {}
                case "hello" -> hello = Integer.parseInt(word[1]);
                case "dead" -> dead = Integer.parseInt(word[1]);
                case "node" -> drafts.add(new Draft(word[1], Ipv4Address.parse(word[2])));
                case "stub" -> open(last, line).stubs.add(Prefix.parse(word[1]));
                case "interface" -> open(last, line).interfaces.add(link(word));
                case "announce" -> open(last, line).announced.add(announcement(line));
                default -> throw new IllegalArgumentException("not understood: " + line);
            }
        }
        List<NodeConfig> nodes = new ArrayList<>();
        for (Draft draft : drafts) {
            OspfConfig ospf =
                    new OspfConfig(
                            draft.id, draft.stubs, draft.interfaces, hello * SECOND, dead * SECOND);
            nodes.add(new NodeConfig(draft.name, ospf, draft.announced));
        }
        return new SliceConfig(List.copyOf(nodes));
    }

    private static Draft open(@Nullable Draft draft, String line) {
        if (draft == null) {
            throw new IllegalArgumentException("no node yet: " + line);
        }
        return draft;
    }

    private static Announcement announcement(String line) {
        return Announcement.parse(line.strip().substring("announce".length()));
    }

    private static OspfInterface link(String[] word) {
        int slash = word[3].indexOf('/');
        return new OspfInterface(
                Integer.parseInt(word[1]),
                word[2],
                Ipv4Address.parse(word[3].substring(0, slash)),
                Integer.parseInt(word[3].substring(slash + 1)),
                Ipv4Address.parse(word[4]),
                Integer.parseInt(word[5]),
                Integer.parseInt(word[6]));
    }
}
