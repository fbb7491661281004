package vini.overlay.importer;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.topology.InterfaceAddress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Configurations of routers, a file each: Cisco IOS, FRR, Junos. Interfaces whose addresses are of
 * the same subnet are joined; where OSPF is configured, only those on which it runs.
 */
final class RouterImporter implements Importer {
    private static final Pattern IOS =
            Pattern.compile("(?m)^(interface \\S+|hostname \\S+|router ospf\\b.*)\\s*$");
    private static final Pattern JUNOS =
            Pattern.compile(
                    "(?m)^(set (interfaces|system|protocols) .*|(interfaces|protocols|system)"
                            + " \\{\\s*)$");

    /** FRR's files are called so in the folder of their router. */
    private static final List<String> DAEMONS =
            List.of(
                    "frr",
                    "zebra",
                    "ospfd",
                    "bgpd",
                    "staticd",
                    "mgmtd",
                    "isisd",
                    "config",
                    "running-config");

    private static final int HELLO_SECONDS = 10;
    private static final int DEAD_HELLOS = 4;

    @Override
    public boolean recognises(List<Source> files) {
        return files.stream().anyMatch(file -> isIos(file) || isJunos(file));
    }

    private static boolean isIos(Source file) {
        return IOS.matcher(file.head()).find();
    }

    private static boolean isJunos(Source file) {
        return JUNOS.matcher(file.head()).find();
    }

    @Override
    public void read(List<Source> files, Draft draft) {
        Map<String, RouterDraft> routers = new LinkedHashMap<>();
        for (Source file : files) {
            boolean junos = isJunos(file);
            if (!junos && !isIos(file)) {
                draft.notes()
                        .add("files that are no router's configuration, left out", file.fileName());
                continue;
            }
            String name = junos ? JunosReader.hostname(file) : IosReader.hostname(file);
            String called = name == null ? fileName(file) : name;
            if (routers.containsKey(called) && !DAEMONS.contains(file.stem())) {
                draft.notes().add("routers of several files, taken together", called);
            }
            RouterDraft router = routers.computeIfAbsent(called, RouterDraft::new);
            if (junos) {
                JunosReader.read(file, router, draft.notes());
            } else {
                IosReader.read(file, router, draft.notes());
            }
        }
        if (routers.isEmpty()) {
            throw files.getFirst().fatal(1, "there is no interface, hostname or router ospf in it");
        }
        new Joining(routers.values().stream().toList(), files.getFirst(), draft).join();
    }

    private static String fileName(Source file) {
        String[] path = file.shown().split("[/\\\\]", -1);
        boolean daemon = DAEMONS.contains(file.stem()) && path.length > 1;
        return daemon ? path[path.length - 2] : file.stem();
    }

    /** An interface on a subnet. */
    private record Attachment(
            RouterDraft router, RouterDraft.Port port, InterfaceAddress address, DraftNode node) {}

    private static final class Joining {
        private final List<RouterDraft> routers;
        private final Source source;
        private final Draft draft;
        private final Map<Prefix, List<Attachment>> subnets = new TreeMap<>();
        private boolean ospf;

        Joining(List<RouterDraft> routers, Source source, Draft draft) {
            this.routers = routers;
            this.source = source;
            this.draft = draft;
        }

        void join() {
            for (RouterDraft router : routers) {
                router.settle();
                DraftNode node = draft.add(router.name, source, 1);
                InterfaceAddress loopback = router.loopback();
                if (loopback != null && loopback.address() instanceof Ipv4Address address) {
                    node.address = address;
                }
                router.ports.values().forEach(port -> attach(router, port, node));
            }
            ospf = subnets.values().stream().flatMap(List::stream).anyMatch(a -> a.port().ospf);
            if (!ospf) {
                draft.notes().add("no OSPF in the configurations: here it runs on every link");
            }
            List<Attachment> joined = new ArrayList<>();
            subnets.forEach((subnet, all) -> joined.addAll(link(subnet, all)));
            timers(joined);
        }

        private void attach(RouterDraft router, RouterDraft.Port port, DraftNode node) {
            if (port.down) {
                draft.notes()
                        .add(
                                "interfaces that are shut down, left out",
                                router.name + " " + port.name);
                return;
            }
            for (InterfaceAddress address : port.addresses) {
                if (!port.isLoopback() && address.length() < 32) {
                    subnets.computeIfAbsent(address.prefix(), key -> new ArrayList<>())
                            .add(new Attachment(router, port, address, node));
                }
            }
        }

        private List<Attachment> link(Prefix subnet, List<Attachment> all) {
            List<Attachment> members = new ArrayList<>();
            for (Attachment each : all) {
                boolean runs = !ospf || each.port().ospf && !each.port().passive;
                if (runs && members.stream().noneMatch(m -> m.router() == each.router())) {
                    members.add(each);
                }
            }
            if (members.size() < 2) {
                boolean alone = all.stream().allMatch(a -> a.router() == all.getFirst().router());
                draft.notes()
                        .add(
                                alone
                                        ? "subnets of one router only, left out"
                                        : "subnets on which OSPF does not run at both ends, left"
                                                + " out",
                                subnet.toString());
                return List.of();
            }
            List<Lan.Member> ends = members.stream().map(Joining::member).toList();
            List<DraftLink> links = Lan.join(draft, subnet.toString(), ends, source, 1);
            if (links.size() == 1) {
                links.getFirst().addressA = members.getFirst().address();
                links.getFirst().addressB = members.getLast().address();
                int mtu = members.getFirst().port().mtu;
                links.getFirst().mtu = mtu == members.getLast().port().mtu ? mtu : 0;
            }
            return members;
        }

        private static Lan.Member member(Attachment attachment) {
            DraftSide side = new DraftSide();
            side.cost = attachment.router().cost(attachment.port());
            return new Lan.Member(attachment.node(), side);
        }

        /** A topology has one pair of timers: those of most interfaces. */
        private void timers(List<Attachment> joined) {
            if (!ospf) {
                return;
            }
            Map<String, Integer> counts = new TreeMap<>();
            for (Attachment each : joined) {
                counts.merge(timers(each.port()), 1, Integer::sum);
            }
            String usual = null;
            for (Map.Entry<String, Integer> each : counts.entrySet()) {
                if (usual == null || each.getValue() > counts.getOrDefault(usual, 0)) {
                    usual = each.getKey();
                }
            }
            if (usual == null) {
                return;
            }
            String[] chosen = usual.split(" ", -1);
            draft.helloSeconds = Integer.parseInt(chosen[0]);
            draft.deadSeconds = Integer.parseInt(chosen[1]);
            for (Attachment each : joined) {
                if (!timers(each.port()).equals(usual)) {
                    draft.notes()
                            .add(
                                    "interfaces with other timers than hello "
                                            + chosen[0]
                                            + " s, dead "
                                            + chosen[1]
                                            + " s, given these",
                                    each.router().name + " " + each.port().name);
                }
            }
        }

        private static String timers(RouterDraft.Port port) {
            int hello = port.helloSeconds > 0 ? port.helloSeconds : HELLO_SECONDS;
            int dead =
                    port.deadSeconds > hello
                            ? port.deadSeconds
                            : Math.min(65_535, hello * DEAD_HELLOS);
            return hello + " " + Math.max(dead, hello + 1);
        }
    }
}
