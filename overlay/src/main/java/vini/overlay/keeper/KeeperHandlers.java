package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.control.HandlerTree;
import vini.net.Ipv4Address;
import vini.overlay.host.KernelNamespace;
import vini.overlay.host.Worker;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.TopologyFile;
import vini.overlay.world.Cause;
import vini.overlay.world.FailureMode;
import vini.overlay.world.LinkBook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What other processes may ask of a keeper, by {@code keeper.sock}. Read: {@code status}, {@code
 * topology}, {@code links}, {@code nodes}, {@code users}, {@code host.NODE} (an outside host is
 * asked for in the same way), all JSON. Write: {@code link} with a line of JSON ({@code {"link":
 * ["a", "b"], "do": "down|up|set", "mode": "silent", "for_s": 30, "set": {"delay": "5ms"}, "from":
 * "a"}}), {@code users} (anything), after which the users are those of the book, {@code node} with
 * {@code NODE down|up|crash|start|freeze|thaw [SECONDS]} (after which it is undone), {@code attach}
 * with {@code NODE DEVICE}, which gives the machine a device in the slice, {@code detach} with
 * {@code DEVICE}, {@code serve} with {@code NODE SLICE/EGRESS HERE THERE MTU [ADDRESS]}, by which
 * another slice's keeper asks for its packets to be let in by a tunnel, and {@code down}, which
 * ends the slice.
 */
final class KeeperHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(KeeperHandlers.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What is told of each direction of a link besides its state and its cost. */
    private static final List<String> PROPERTIES =
            List.of("delay", "jitter", "loss", "rate", "queue", "reorder", "duplicate", "corrupt");

    private final Keeper keeper;
    private final Runnable down;
    private final RepairPlan repairs;
    private final NodeOrders orders;

    KeeperHandlers(Keeper keeper, Runnable down) {
        this.keeper = keeper;
        this.down = down;
        this.repairs = new RepairPlan(keeper);
        this.orders = new NodeOrders(keeper);
    }

    private String onWorker(Worker.Task<?> answer) throws HandlerException {
        try {
            return String.valueOf(keeper.worker().call(answer));
        } catch (IOException | IllegalArgumentException e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("the keeper could not answer", e);
            throw new HandlerException("the keeper failed: " + e);
        }
    }

    /**
     * All of them.
     *
     * @param more adds those that the slice itself does not know
     */
    HandlerSpace handlers(Consumer<Handlers> more) {
        Handlers whole = new Handlers();
        more.accept(whole);
        whole.read("status", (Handlers.Read) argument -> onWorker(this::status));
        whole.read("topology", () -> TopologyFile.write(keeper.topology()));
        whole.read("nodes", (Handlers.Read) argument -> onWorker(this::nodes));
        whole.read("links", (Handlers.Read) argument -> onWorker(this::links));
        whole.read("users", (Handlers.Read) argument -> onWorker(() -> keeper.users().json()));
        whole.write("link", this::link);
        whole.write("node", this::node);
        whole.write(
                "users",
                value ->
                        onWorker(
                                () -> {
                                    keeper.users().reload();
                                    return "";
                                }));
        whole.write("attach", this::attach);
        whole.write("detach", this::detach);
        whole.write("serve", this::serve);
        whole.write("down", value -> down.run());
        Handlers hosts = new Handlers();
        for (Node node : keeper.topology().nodes()) {
            hosts.read(node.name(), () -> host(node));
        }
        for (SliceOutside.Place place : keeper.outside().places()) {
            hosts.read(place.host().name(), () -> host(place));
        }
        return new HandlerTree(whole, owner -> owner.equals("host") ? hosts : null);
    }

    private ObjectNode status() throws IOException {
        JsonNode routing = keeper.routing();
        Map<String, Long> pids = keeper.pids();
        boolean whole = pids.values().stream().noneMatch(pid -> pid < 0);
        ObjectNode status = JSON.createObjectNode();
        status.put("slice", keeper.topology().name());
        status.put("state", keeper.startupNanos() < 0 ? "starting" : whole ? "up" : "degraded");
        status.put("nodes", keeper.topology().nodes().size());
        status.put("links", keeper.topology().links().size());
        status.put("full", routing.path("full").asInt(0));
        status.put("routers", keeper.topology().nodes().size());
        status.put("routes", routing.path("routes").asInt(0));
        status.put("converged", routing.path("converged").asBoolean(false));
        status.put("startup_s", keeper.startupNanos() / 1e9);
        status.put("hosts", keeper.hosts().kind());
        status.put("tunnels", keeper.tunnels());
        status.put("since_s", (keeper.worker().nowNanos() - keeper.launchedNanos()) / 1e9);
        keeper.notes().forEach(status.putArray("notes")::add);
        pids.forEach(status.putObject("pids")::put);
        keeper.attachments().describe(status.putArray("attached"));
        ArrayNode away = status.putArray("away");
        for (JsonNode node : nodes()) {
            if (!node.path("state").asString().equals("up")) {
                away.add(node);
            }
        }
        return status;
    }

    /** A row each: {@code {"node": "a", "state": "up|crashed|frozen"}}. */
    private ArrayNode nodes() {
        ArrayNode rows = JSON.createArrayNode();
        for (Node node : keeper.topology().nodes()) {
            rows.addObject().put("node", node.name()).put("state", keeper.nodes().state(node));
        }
        return rows;
    }

    private ArrayNode links() {
        ArrayNode rows = JSON.createArrayNode();
        LinkBook book = keeper.links().book();
        for (Link link : keeper.topology().links()) {
            ObjectNode row = rows.addObject();
            row.putArray("link").add(link.a().name()).add(link.b().name());
            row.put("state", book.state(link));
            Long until = repairs.dueNanos(link);
            if (until != null) {
                row.put("until_s", (until - keeper.worker().nowNanos()) / 1e9);
            }
            String missing = keeper.underlay().missing(link);
            if (missing != null) {
                row.put("underlay", missing);
            }
            direction(row.putObject("forward"), book, link, End.A);
            direction(row.putObject("backward"), book, link, End.B);
        }
        return rows;
    }

    private static void direction(ObjectNode row, LinkBook book, Link link, End from) {
        row.put("state", book.state(link, from));
        row.put("cost", book.cost(link, from));
        for (String property : PROPERTIES) {
            row.put(property, book.property(link, from, property));
        }
    }

    private String host(Node node) {
        ObjectNode host = JSON.createObjectNode();
        KernelNamespace namespace = keeper.hosts().namespace(node);
        host.put("kind", keeper.hosts().kind());
        host.put("address", keeper.plan().routerId(node).toString());
        if (namespace != null) {
            host.put("namespace", namespace.path());
            host.put("hosts", keeper.namesFile().toString());
        }
        return host.toString();
    }

    private String host(SliceOutside.Place place) {
        return JSON.createObjectNode()
                .put("kind", "kernel")
                .put("address", place.address().toString())
                .put("namespace", place.namespace().path())
                .put("hosts", keeper.namesFile().toString())
                .toString();
    }

    private void node(String value) throws HandlerException {
        String[] word = value.strip().split(" ", -1);
        Node node = keeper.topology().node(word[0]);
        if (node == null
                || word.length < 2
                || word.length > 3
                || !word[1].matches("down|up|crash|start|freeze|thaw")
                || word.length == 3 && !word[2].matches("[0-9]{1,9}([.][0-9]{1,9})?")) {
            throw new HandlerException(
                    "'" + value + "' is not NODE down|up|crash|start|freeze|thaw [SECONDS]");
        }
        onWorker(
                () -> {
                    orders.order(node, word[1], word.length == 3 ? word[2] : "0");
                    return "";
                });
    }

    private void attach(String value) throws HandlerException {
        String[] word = value.strip().split(" ", -1);
        Node node = keeper.topology().node(word[0]);
        if (node == null || word.length != 2) {
            throw new HandlerException("'" + value + "' is not NODE DEVICE");
        }
        onWorker(
                () -> {
                    keeper.attachments().attach(node, word[1]);
                    return "";
                });
    }

    private void serve(String value) throws HandlerException {
        String[] word = value.strip().split(" ", -1);
        Node node = keeper.topology().node(word[0]);
        if (node == null
                || word.length < 5
                || word.length > 6
                || !word[1].matches("[a-z0-9-]+/[a-z0-9-]+")
                || !word[2].matches("[0-9.:]+")
                || !word[3].matches("[0-9.:]+")
                || !word[4].matches("[0-9]{2,5}")) {
            throw new HandlerException(
                    "'" + value + "' is not NODE SLICE/EGRESS HERE THERE MTU [ADDRESS]");
        }
        onWorker(
                () -> {
                    String slice = word[1].replaceFirst("/.*", "");
                    AttachBook.Guest guest =
                            new AttachBook.Guest(
                                    slice, word[2], word[3], Integer.parseInt(word[4]));
                    Ipv4Address wish = word.length < 6 ? null : Ipv4Address.parse(word[5]);
                    keeper.attachments().serve(node, word[1], guest, wish);
                    return "";
                });
    }

    private void detach(String value) throws HandlerException {
        onWorker(
                () -> {
                    keeper.attachments().detach(value.strip());
                    return "";
                });
    }

    private void link(String value) throws HandlerException {
        JsonNode wish;
        try {
            wish = JSON.readTree(value);
        } catch (JacksonException e) {
            throw new HandlerException("not JSON: " + e.getOriginalMessage());
        }
        String a = wish.path("link").path(0).asString("");
        String b = wish.path("link").path(1).asString("");
        Link link = keeper.topology().link(a, b);
        if (link == null) {
            throw new HandlerException("no link between \"" + a + "\" and \"" + b + "\"");
        }
        onWorker(
                () -> {
                    act(link, link.a().name().equals(a) ? End.A : End.B, wish);
                    return "";
                });
    }

    private void act(Link link, End first, JsonNode wish) throws IOException {
        switch (wish.path("do").asString("")) {
            case "down" -> {
                String mode = wish.path("mode").asString("down");
                long due = repairs.after(link, wish.path("for_s").asDouble(0));
                keeper.links()
                        .fail(
                                link,
                                FailureMode.parse(mode.toLowerCase(Locale.ROOT)),
                                first,
                                new Cause(Cause.OPERATOR.number(), due));
            }
            case "up" -> {
                repairs.after(link, 0);
                keeper.links().restore(link);
            }
            case "set" -> set(link, first, wish);
            default -> throw new IllegalArgumentException("\"do\" is not down, up or set");
        }
    }

    private void set(Link link, End first, JsonNode wish) throws IOException {
        String from = wish.path("from").asString("");
        List<End> ends = new ArrayList<>();
        ends.add(first);
        if (from.isEmpty()) {
            ends.add(first.other());
        } else if (!from.equals(link.node(first).name())) {
            ends.set(0, first.other());
        }
        for (Map.Entry<String, JsonNode> property : wish.path("set").properties()) {
            for (End end : ends) {
                set(link, end, property.getKey(), property.getValue().asString(""));
            }
        }
    }

    private void set(Link link, End end, String property, @Nullable String value)
            throws IOException {
        String text = value == null ? "" : value;
        if (property.equals("cost")) {
            keeper.links().cost(link, end, Integer.parseInt(text));
        } else {
            keeper.links().set(link, end, property, text);
        }
    }
}
