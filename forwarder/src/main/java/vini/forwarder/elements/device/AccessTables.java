package vini.forwarder.elements.device;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.Graph;
import vini.forwarder.HandlerException;
import vini.net.Ipv4Address;

/**
 * Who may talk to a socket: ALLOW and DENY name elements with a routing table, which are asked by
 * their {@code lookup} handler. Whom ALLOW knows is let in; else whom DENY knows is not; else all.
 */
record AccessTables(String allow, String deny) {
    static AccessTables read(Arguments arguments) throws ConfigException {
        return new AccessTables(
                arguments.keyword("ALLOW", ArgumentTypes::string, ""),
                arguments.keyword("DENY", ArgumentTypes::string, ""));
    }

    /** Complains about elements that are not there. */
    void check(Graph graph) throws ConfigException {
        check(graph, "ALLOW", allow);
        check(graph, "DENY", deny);
    }

    private static void check(Graph graph, String keyword, String table) throws ConfigException {
        if (!table.isEmpty() && graph.find(table, Element.class) == null) {
            throw new ConfigException(keyword + ": there is no element '" + table + "'");
        }
    }

    boolean allows(Graph graph, Ipv4Address client) {
        return knows(graph, allow, client, false) || !knows(graph, deny, client, true);
    }

    private static boolean knows(Graph graph, String table, Ipv4Address client, boolean otherwise) {
        if (table.isEmpty()) {
            return false;
        }
        try {
            String route = graph.read(table, "lookup", client.toString()).strip();
            return !route.isEmpty() && !route.startsWith("-1");
        } catch (HandlerException e) {
            // An element that is no table lets nobody in.
            return otherwise;
        }
    }
}
