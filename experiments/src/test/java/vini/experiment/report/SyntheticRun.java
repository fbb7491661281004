package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.ArrivalRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.NeighborRow;
import vini.experiment.run.RouteRow;
import vini.experiment.run.RunFolder;
import vini.experiment.run.Turn;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/**
 * A run folder as a real run would leave it, made up from shortest paths: a silent failure is
 * noticed after 7.2 s, the routers change their FIBs one after the other, and packets go as the
 * FIBs of their moment say.
 */
final class SyntheticRun {
    private static final double NOTICED_S = 7.2;
    private static final double RESTORED_S = 1.3;

    /** A node; places that are NaN are left out. */
    record Node(String name, String label, double latitude, double longitude) {}

    record Link(String a, String b, int cost, double delayMs) {
        String name() {
            return a + "-" + b;
        }
    }

    final String name;
    final List<Node> nodes;
    final List<Link> links;
    final List<EventRow> events = new ArrayList<>();
    final List<String> expect = new ArrayList<>();
    String from;
    String to;
    double durationS = 54;
    double cutS = Double.POSITIVE_INFINITY;
    boolean probes = true;

    private final Random random = new Random(1);
    private final List<RouteRow> routes = new ArrayList<>();
    private final List<NeighborRow> neighbors = new ArrayList<>();
    private final Map<String, Map<String, List<String>>> fibs = new TreeMap<>();

    SyntheticRun(String name, List<Node> nodes, List<Link> links, String from, String to) {
        this.name = name;
        this.nodes = nodes;
        this.links = links;
        this.from = from;
        this.to = to;
    }

    static SyntheticRun abilene() {
        List<Node> nodes =
                List.of(
                        new Node("atla", "Atlanta", 33.7, -84.4),
                        new Node("chin", "Chicago", 41.9, -87.6),
                        new Node("dnvr", "Denver", 39.7, -105.0),
                        new Node("hstn", "Houston", 29.8, -95.4),
                        new Node("ipls", "Indianapolis", 39.8, -86.2),
                        new Node("kscy", "Kansas City", 39.1, -94.6),
                        new Node("losa", "Los Angeles", 34.05, -118.25),
                        new Node("nycm", "New York", 40.7, -74.0),
                        new Node("snva", "Sunnyvale", 37.4, -122.0),
                        new Node("sttl", "Seattle", 47.6, -122.3),
                        new Node("wash", "Washington DC", 38.9, -77.0));
        List<Link> links =
                List.of(
                        new Link("atla", "hstn", 1176, 8.23),
                        new Link("atla", "ipls", 587, 4.70),
                        new Link("atla", "wash", 846, 6.42),
                        new Link("chin", "ipls", 260, 2.02),
                        new Link("chin", "nycm", 700, 8.82),
                        new Link("dnvr", "kscy", 639, 6.73),
                        new Link("dnvr", "snva", 1295, 10.11),
                        new Link("dnvr", "sttl", 2095, 12.32),
                        new Link("hstn", "kscy", 902, 7.20),
                        new Link("hstn", "losa", 1893, 16.55),
                        new Link("ipls", "kscy", 548, 5.60),
                        new Link("losa", "snva", 366, 3.78),
                        new Link("nycm", "wash", 233, 2.51),
                        new Link("snva", "sttl", 861, 8.52));
        SyntheticRun run = new SyntheticRun("abilene-failure", nodes, links, "wash", "sttl");
        run.fail(10, "silent", "dnvr", "kscy");
        run.restore(34, "dnvr", "kscy");
        run.expect.add("{\"that\":\"probes.rtt.phases[0].rtt_ms.median\",\"between\":[74.5,77.5]}");
        run.expect.add("{\"that\":\"probes.rtt.outages[0].duration_s\",\"between\":[5,11]}");
        run.expect.add("{\"that\":\"probes.rtt.phases[1].rtt_ms.median\",\"between\":[85.5,88.5]}");
        return run;
    }

    static SyntheticRun ring(int n) {
        List<Node> nodes = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            nodes.add(new Node("r" + (i + 1), "", Double.NaN, Double.NaN));
            links.add(new Link("r" + (i + 1), "r" + ((i + 1) % n + 1), 10, 5));
        }
        return new SyntheticRun("ring-" + n, nodes, links, "r1", "r3");
    }

    static SyntheticRun grid(int side) {
        List<Node> nodes = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                nodes.add(new Node("n" + y + x, "", Double.NaN, Double.NaN));
                if (x > 0) {
                    links.add(new Link("n" + y + (x - 1), "n" + y + x, 10 + y, 2));
                }
                if (y > 0) {
                    links.add(new Link("n" + (y - 1) + x, "n" + y + x, 10 + x, 2));
                }
            }
        }
        return new SyntheticRun("grid-" + side, nodes, links, "n00", "n" + (side - 1) + (side - 1));
    }

    void fail(double at, String mode, String a, String b) {
        events.add(
                new EventRow(
                        "fail",
                        Turn.WORSE,
                        List.of(List.of(a, b)),
                        null,
                        mode,
                        at,
                        at + 2e-4,
                        at + 4e-4,
                        at + 0.02,
                        null));
    }

    void restore(double at, String a, String b) {
        events.add(
                new EventRow(
                        "restore",
                        Turn.BETTER,
                        List.of(List.of(a, b)),
                        null,
                        null,
                        at,
                        at + 2e-4,
                        at + 5e-4,
                        null,
                        null));
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        route();
        Files.writeString(folder.resolve(RunFolder.TOPOLOGY), topology());
        Files.writeString(folder.resolve(RunFolder.EXPERIMENT), experiment());
        Files.writeString(folder.resolve(RunFolder.ENVIRONMENT), environment());
        lines(
                folder,
                RunFolder.EVENTS,
                events.stream().filter(e -> e.plannedS() < cutS).map(EventRow::line).toList());
        lines(
                folder,
                RunFolder.ROUTES,
                routes.stream().filter(r -> r.timeS() < cutS).map(RouteRow::line).toList());
        lines(
                folder,
                RunFolder.ROUTERS,
                neighbors.stream().filter(r -> r.timeS() < cutS).map(NeighborRow::line).toList());
        if (cutS > durationS) {
            Files.writeString(
                    folder.resolve(RunFolder.PACKETS),
                    "{\"sent\":254113,\"delivered\":253902,\"in_flight\":0,\"dropped\":{\"linkDown\":196,\"ttlExpired\":15},\"by_node\":{\"kscy\":{\"linkDown\":100},\"dnvr\":{\"linkDown\":96},\"snva\":{\"ttlExpired\":15}}}\n");
            lines(folder, RunFolder.BOOKS, books());
        }
        if (probes) {
            List<String> echoes = new ArrayList<>(List.of(EchoRow.HEADER));
            int count = (int) Math.round(durationS * 10);
            for (int i = 0; i < count && i / 10.0 < cutS; i++) {
                echoes.add(echo(i + 1, i / 10.0).line());
            }
            lines(folder, "rtt.csv", echoes);
            lines(folder, "bulk.csv", bulk());
        }
    }

    /** 196 packets into a dead link from 10 s to 17 s, 15 around in a circle at 17.3 s. */
    private List<String> books() {
        List<String> rows =
                new ArrayList<>(List.of("t_s,sent,delivered,in_flight,linkDown,ttlExpired"));
        for (int second = 0; second <= durationS; second++) {
            long sent = 254_113L * second / (long) durationS;
            long down = Math.clamp((second - 10) * 28L, 0, 196);
            long expired = second >= 18 ? 15 : 0;
            rows.add(
                    second
                            + ","
                            + sent
                            + ","
                            + (sent - down - expired)
                            + ",0,"
                            + down
                            + ","
                            + expired);
        }
        return rows;
    }

    private static void lines(Path folder, String name, List<String> lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private EchoRow echo(int seq, double at) {
        double there = oneWay(from, to, at);
        double back = oneWay(to, from, at + there / 1e3);
        double rtt = there + back + 0.25 + Math.abs(random.nextGaussian()) * 0.12;
        return Double.isNaN(rtt)
                ? EchoRow.lost(seq, at)
                : new EchoRow(seq, at, at + rtt / 1e3, rtt, 64 - 6);
    }

    /** A window per round trip, doubling up to 28 KB after each start; the timer doubles, too. */
    private List<String> bulk() {
        List<String> rows = new ArrayList<>(List.of(ArrivalRow.HEADER));
        long bytes = 0;
        double t = 0.05;
        int window = 10;
        double timer = 0.28;
        while (t < Math.min(durationS, cutS)) {
            double there = oneWay(from, to, t);
            double rtt = there + oneWay(to, from, t + there / 1e3);
            if (Double.isNaN(rtt)) {
                t += timer;
                timer *= 2.05;
                window = 1;
                continue;
            }
            timer = 0.28;
            for (int i = 0; i < window; i++) {
                bytes += 1448;
                double arrival =
                        t + there / 1e3 + i * 0.00012 + (window > 15 ? i * rtt / 2.4e4 : 0);
                if (arrival < Math.min(durationS, cutS)) {
                    rows.add(new ArrivalRow(arrival, bytes).line());
                }
            }
            window = Math.min(20, window * 2);
            t += rtt / 1e3 + 0.0005;
        }
        return rows;
    }

    /** Milliseconds along the FIBs of that moment; NaN when the packet is lost. */
    private double oneWay(String a, String b, double at) {
        Map<String, List<String>> next = new LinkedHashMap<>();
        for (RouteRow row : routes) {
            if (row.timeS() > at) {
                break;
            }
            if (row.prefix().equals(prefix(b))) {
                next.put(row.node(), row.next());
            }
        }
        double delay = 0;
        String node = a;
        for (int hops = 0; hops < 64 && !node.equals(b); hops++) {
            List<String> ways = next.getOrDefault(node, List.of());
            String onwards = ways.isEmpty() ? "" : ways.getFirst();
            Link link = link(node, onwards);
            if (link == null || down(link, at + delay / 1e3)) {
                return Double.NaN;
            }
            delay += link.delayMs();
            node = onwards;
        }
        return node.equals(b) ? delay : Double.NaN;
    }

    private @Nullable Link link(String a, String b) {
        for (Link link : links) {
            if ((link.a().equals(a) && link.b().equals(b))
                    || (link.a().equals(b) && link.b().equals(a))) {
                return link;
            }
        }
        return null;
    }

    private boolean down(Link link, double at) {
        boolean down = false;
        for (EventRow event : events) {
            if (event.plannedS() <= at
                    && event.links().getFirst().containsAll(List.of(link.a(), link.b()))) {
                down = event.event().equals("fail");
            }
        }
        return down;
    }

    private void route() {
        List<Link> up = new ArrayList<>(links);
        converge(up, -0.6);
        List<EventRow> inOrder = new ArrayList<>(events);
        inOrder.sort(Comparator.comparingDouble(EventRow::plannedS));
        for (EventRow event : inOrder) {
            Link link = link(event.links().getFirst().get(0), event.links().getFirst().get(1));
            if (link == null) {
                throw new IllegalStateException("no link for " + event);
            }
            boolean failure = event.event().equals("fail");
            double at = event.plannedS() + (failure ? NOTICED_S : RESTORED_S);
            if (failure) {
                up.remove(link);
                neighbors.add(
                        new NeighborRow(
                                at, link.a(), link.b(), "FULL", "DOWN", "INACTIVITY_TIMER"));
                neighbors.add(
                        new NeighborRow(
                                at + 1.7, link.b(), link.a(), "FULL", "DOWN", "INACTIVITY_TIMER"));
            } else {
                up.add(link);
                neighbors.add(
                        new NeighborRow(
                                at - 0.02, link.a(), link.b(), "LOADING", "FULL", "LOADING_DONE"));
                neighbors.add(
                        new NeighborRow(
                                at - 0.01, link.b(), link.a(), "LOADING", "FULL", "LOADING_DONE"));
            }
            converge(up, at);
        }
        routes.sort(Comparator.comparingDouble(RouteRow::timeS));
        neighbors.sort(Comparator.comparingDouble(NeighborRow::timeS));
    }

    private void converge(List<Link> up, double at) {
        for (Node node : nodes) {
            double when = at + 0.01 + random.nextDouble() * 0.35;
            Map<String, List<String>> fresh = shortest(node.name(), up);
            Map<String, List<String>> old = fibs.getOrDefault(node.name(), Map.of());
            for (Node other : nodes) {
                List<String> next = fresh.get(other.name());
                if (!other.equals(node) && next != null && !next.equals(old.get(other.name()))) {
                    routes.add(new RouteRow(when, node.name(), true, prefix(other.name()), next));
                } else if (!other.equals(node) && next == null && old.containsKey(other.name())) {
                    routes.add(
                            new RouteRow(
                                    when, node.name(), false, prefix(other.name()), List.of()));
                }
            }
            fibs.put(node.name(), fresh);
        }
    }

    private Map<String, List<String>> shortest(String start, List<Link> up) {
        record Seen(String node, int cost, String first) {}
        PriorityQueue<Seen> queue =
                new PriorityQueue<>(Comparator.comparingInt(Seen::cost).thenComparing(Seen::node));
        queue.add(new Seen(start, 0, ""));
        Map<String, List<String>> next = new TreeMap<>();
        while (!queue.isEmpty()) {
            Seen seen = queue.poll();
            if (next.containsKey(seen.node())) {
                continue;
            }
            next.put(seen.node(), List.of(seen.first()));
            for (Link link : up) {
                String other =
                        link.a().equals(seen.node())
                                ? link.b()
                                : link.b().equals(seen.node()) ? link.a() : "";
                if (!other.isEmpty() && !next.containsKey(other)) {
                    queue.add(
                            new Seen(
                                    other,
                                    seen.cost() + link.cost(),
                                    seen.first().isEmpty() ? other : seen.first()));
                }
            }
        }
        next.remove(start);
        return next;
    }

    private Prefix prefix(String node) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).name().equals(node)) {
                return Prefix.host(new Ipv4Address(0x0a4d0000 + i + 1));
            }
        }
        throw new IllegalArgumentException(node);
    }

    private String topology() {
        List<String> ns = new ArrayList<>();
        for (Node node : nodes) {
            ns.add(
                    Double.isNaN(node.latitude())
                            ? "\"" + node.name() + "\":{}"
                            : String.format(
                                    Locale.ROOT,
                                    "\"%s\":{\"label\":\"%s\",\"location\":[%s,%s]}",
                                    node.name(),
                                    node.label(),
                                    node.latitude(),
                                    node.longitude()));
        }
        List<String> ls = new ArrayList<>();
        for (Link link : links) {
            ls.add(
                    String.format(
                            Locale.ROOT,
                            "{\"between\":[\"%s\",\"%s\"],\"cost\":%d,\"delay\":\"%sms\"}",
                            link.a(),
                            link.b(),
                            link.cost(),
                            link.delayMs()));
        }
        return "{\"name\":\""
                + name.replace("-failure", "")
                + "\",\n\"nodes\":{"
                + String.join(",\n", ns)
                + "},\n\"links\":["
                + String.join(",\n", ls)
                + "],\n"
                + "\"routing\":{\"protocol\":\"ospf\",\"hello\":\"5s\",\"dead\":\"10s\"},\"tunnels\":\"udp\"}\n";
    }

    private String experiment() {
        String ends = "\"from\":\"" + from + "\",\"to\":\"" + to + "\"";
        String list =
                probes
                        ? "{\"name\":\"rtt\",\"ping\":{"
                                + ends
                                + ",\"every\":\"100ms\"}},"
                                + "{\"name\":\"bulk\",\"tcp\":{"
                                + ends
                                + ",\"window\":\"28KB\"}}"
                        : "";
        return "{\"name\":\""
                + name
                + "\",\"topology\":\"topology.json\",\"duration\":\""
                + (int) durationS
                + "s\",\n\"probes\":["
                + list
                + "],\n\"expect\":["
                + String.join(",", expect)
                + "]}\n";
    }

    private static String environment() {
        return "{\"vini\":\"0.1.0\",\"java\":\"25.0.3\",\"kernel\":\"Linux"
                   + " 6.18.5\",\"machine\":\"x86_64\",\"cores\":2,"
                   + "\"world\":\"live\",\"hosts\":\"kernel\",\"tunnels\":\"udp\",\"seed\":1,\"started\":\"2026-11-21T21:03:00Z\",\"command\":\"vini"
                   + " run experiments/abilene-failure.json\",\"startup_s\":0.9,\"warnings\":[]}\n";
    }

    /** Makes folders of all kinds and their reports below the folder named. */
    public static void main(String[] args) throws IOException {
        Path base = Path.of(args[0]);
        abilene().write(base.resolve("abilene"));
        SyntheticRun ring = ring(6);
        ring.fail(10, "down", "r2", "r3");
        ring.fail(10, "down", "r4", "r5");
        ring.restore(30, "r2", "r3");
        ring.write(base.resolve("ring"));
        SyntheticRun grid = grid(5);
        grid.fail(10, "oneway", "n12", "n13");
        grid.fail(12, "silent", "n00", "n01");
        grid.restore(34, "n00", "n01");
        grid.write(base.resolve("grid"));
        SyntheticRun cut = abilene();
        cut.cutS = 14.2;
        cut.write(base.resolve("interrupted"));
        SyntheticRun bare = ring(6);
        bare.probes = false;
        bare.write(base.resolve("bare"));
        for (String name : List.of("abilene", "ring", "grid", "interrupted", "bare", "abilene")) {
            long start = System.nanoTime();
            Report report =
                    Report.write(base.resolve(name), vini.experiment.analysis.WayPicker.FIRST);
            System.out.println(
                    name
                            + " "
                            + (System.nanoTime() - start) / 1_000_000
                            + " ms  "
                            + Transcript.UNICODE.verdict(report.summary())
                            + " "
                            + report.messages());
        }
    }
}
