package vini.routing.process;

import vini.net.Prefix;
import vini.routing.FibDoor;
import vini.routing.NextHop;
import vini.routing.RouteChange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The door to one node's FIB in a forwarder that may be away for a while, and that may hold routes
 * of a router process that died. When the forwarder is there, what it holds is read once, and the
 * difference to what the RIB wants is sent.
 *
 * <p>Old routes that nobody wants (yet) stay until {@link #dropOldRoutes}: while a new router
 * learns the network, they are better than none. For the same reason nothing is withdrawn before.
 */
final class NodeFib implements FibDoor {
    /** The output of a node's FIB that leads to neighbours, see the overlay's NodeGraph. */
    private static final String TO_NEIGHBOUR = "1";

    private static final String NO_GATEWAY = "-";

    /**
     * So many changes go in one transaction, and the next one when that is carried out: meanwhile
     * the forwarder moves packets. A whole table at once would stop it for as long as it takes.
     */
    static final int CHANGES_AT_ONCE = 256;

    /** Takes transactions for the node's table in the text of its {@code ctrl} handler. */
    interface Commands {
        void send(String transaction);
    }

    private final TreeSet<Prefix> old = new TreeSet<>();
    private Source wanted = List::of;
    private Commands commands = transaction -> {};
    private boolean learning = true;
    private boolean connected;
    private boolean unanswered;

    /** Changes that wait for those before them to be carried out. */
    private final Deque<String> waiting = new ArrayDeque<>();

    @Override
    public void source(Source source) {
        wanted = source;
    }

    @Override
    public void apply(List<RouteChange> transaction) {
        List<String> lines = new ArrayList<>();
        for (RouteChange change : transaction) {
            switch (change) {
                case RouteChange.Install install -> {
                    old.remove(install.prefix());
                    lines.add(set(install.prefix(), gateways(install.nextHops())));
                }
                case RouteChange.Withdraw withdraw -> {
                    if (learning) {
                        old.add(withdraw.prefix());
                    } else {
                        lines.add(reset(withdraw.prefix()));
                    }
                }
            }
        }
        send(lines);
    }

    private static String gateways(List<NextHop> nextHops) {
        StringJoiner text = new StringJoiner("|");
        nextHops.forEach(nextHop -> text.add(nextHop.gateway().toString()));
        return text.toString();
    }

    private static String set(Prefix prefix, String gateways) {
        return "set " + prefix + " " + gateways + " " + TO_NEIGHBOUR;
    }

    /** Not a removal: the graph may have a route of its own in its place, as for 0.0.0.0/0. */
    private static String reset(Prefix prefix) {
        return "reset " + prefix;
    }

    private void send(List<String> lines) {
        if (connected) {
            waiting.addAll(lines);
            sendSome();
        }
    }

    private void sendSome() {
        if (unanswered || waiting.isEmpty()) {
            return;
        }
        unanswered = true;
        StringJoiner transaction = new StringJoiner("\n");
        for (int i = 0; i < CHANGES_AT_ONCE && !waiting.isEmpty(); i++) {
            transaction.add(waiting.remove());
        }
        commands.send(transaction.toString());
    }

    /**
     * The forwarder is there.
     *
     * @param table what it holds: rows of its {@code table} handler
     */
    void connected(Commands newCommands, String table) {
        commands = newCommands;
        connected = true;
        Map<Prefix, String> held = new TreeMap<>();
        for (String row : table.split("\n", -1)) {
            String[] word = row.split(" ", -1);
            if (word.length == 3 && !word[1].equals(NO_GATEWAY)) {
                held.put(Prefix.parse(word[0]), word[1]);
            }
        }
        List<String> lines = new ArrayList<>();
        for (RouteChange.Install install : wanted.installs()) {
            String gateways = gateways(install.nextHops());
            if (!gateways.equals(held.remove(install.prefix()))) {
                lines.add(set(install.prefix(), gateways));
            }
        }
        old.clear();
        old.addAll(held.keySet());
        send(lines);
        if (!learning) {
            dropOldRoutes();
        }
    }

    /** No earlier router has left routes there, or none that are better than none. */
    NodeFib fresh() {
        learning = false;
        return this;
    }

    /** The forwarder has gone; it will be another one that comes back. */
    void disconnected() {
        connected = false;
        unanswered = false;
        waiting.clear();
    }

    /** The forwarder has carried a transaction out, or refused it. */
    void answered() {
        unanswered = false;
        sendSome();
    }

    /** Whether the forwarder is there and has all that it was sent. */
    boolean isUpToDate() {
        return connected && !unanswered && waiting.isEmpty();
    }

    /** The router knows the network: what is left of an earlier one goes. */
    void dropOldRoutes() {
        learning = false;
        List<String> lines = new ArrayList<>();
        old.forEach(prefix -> lines.add(reset(prefix)));
        old.clear();
        send(lines);
    }
}
