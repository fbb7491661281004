package vini.bench;

import vini.overlay.world.Holdings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The WireGuard server beside the one that everybody can install. */
final class Vpn implements Scenario {
    private static final String VINI = "Vini";
    private static final String GO = "wireguard-go";
    private static final double TIMES = 3;
    private static final double GIGABITS_PER_CORE = 1;
    private static final int WARM_UP_S = 3;
    private static final int USERS = 1000;
    private static final int USERS_QUICK = 200;
    private static final double HANDSHAKES_S = 10;
    private static final int ACTIVE = 50;
    private static final int ACTIVE_PACKETS = 1000;
    private static final int SETTLE_MS = 1500;
    private static final double BYTES = 1400;

    @Override
    public String name() {
        return "vpn";
    }

    @Override
    public String title() {
        return "WireGuard users of a node: throughput of one, handshakes of many";
    }

    /** A minute and a half, of which the rest of the whole has no use. */
    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public List<Need> needs() {
        List<Need> needs = new ArrayList<>(Needs.TESTBED);
        needs.add(Need.program("wireguard-go", "wireguard-go"));
        needs.add(Need.program("wg", "wireguard-tools"));
        return needs;
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        try (Holdings held = new Holdings()) {
            sheet.doing("building the testbed");
            Testbed bed = Testbed.create();
            held.add(bed::close);
            try (VpnEnds ends = VpnEnds.start(bed)) {
                transfers(sheet, ends);
                VpnAttack.run(sheet, bed, ends);
                ends.drops()
                        .forEach(drop -> sheet.note("Vini's server has dropped: " + drop + "."));
            }
            handshakes(sheet, bed);
            crowd(sheet, bed);
        }
        sheet.note(
                "Gb/s is payload of one TCP stream that iperf3 received; a core is a second of"
                        + " processor time of the server's process. With wireguard-go as the"
                        + " client, the client is the bottleneck.");
    }

    private static void transfers(Sheet sheet, VpnEnds ends)
            throws IOException, InterruptedException {
        for (boolean client : new boolean[] {true, false}) {
            for (boolean server : new boolean[] {true, false}) {
                // A server knows its client when that one has sent something.
                sheet.doing("warming up");
                Iperf _ = ends.up(client, server, server && client ? WARM_UP_S : 1);
                if (server || client) {
                    Iperf _ = ends.down(client, server, server && client ? WARM_UP_S : 1);
                }
            }
        }
        for (boolean client : new boolean[] {true, false}) {
            String by = "client " + (client ? VINI : GO);
            Rates vini = new Rates(sheet, ends, by, client, true);
            Rates go = new Rates(sheet, ends, by, client, false);
            sheet.rounds(List.of(vini.measuring(), go.measuring()));
            if (client) {
                sheet.bound(Bound.timesAtLeast(vini.up, TIMES, go.up));
                sheet.bound(Bound.timesAtLeast(vini.down, TIMES, go.down));
            }
            sheet.bound(Bound.atLeast(vini.upPerCore, GIGABITS_PER_CORE));
            sheet.bound(Bound.atLeast(vini.downPerCore, GIGABITS_PER_CORE));
        }
    }

    /** What is measured of one server with one client. */
    private static final class Rates {
        private final Sheet sheet;
        private final VpnEnds ends;
        private final boolean client;
        private final boolean server;
        private final String name;
        private final Figure up;
        private final Figure down;
        private final Figure upPerCore;
        private final Figure downPerCore;

        Rates(Sheet sheet, VpnEnds ends, String by, boolean client, boolean server) {
            this.sheet = sheet;
            this.ends = ends;
            this.client = client;
            this.server = server;
            String who = server ? VINI : GO;
            name = who + ", " + by;
            up = sheet.figure("to the server, " + by, who, "Gb/s");
            down = sheet.figure("from the server, " + by, who, "Gb/s");
            upPerCore = sheet.figure("to the server, " + by + ", per core", who, "Gb/s");
            downPerCore = sheet.figure("from the server, " + by + ", per core", who, "Gb/s");
        }

        Side measuring() {
            return new Side(
                    name,
                    () -> {
                        int seconds = sheet.effort().seconds();
                        long before = Processor.nanos(ends.serverPid(server));
                        double upward = ends.up(client, server, seconds).gigabits();
                        long between = Processor.nanos(ends.serverPid(server));
                        double downward = ends.down(client, server, seconds).gigabits();
                        long after = Processor.nanos(ends.serverPid(server));
                        up.add(upward);
                        down.add(downward);
                        upPerCore.add(upward * seconds / Processor.seconds(between - before));
                        downPerCore.add(downward * seconds / Processor.seconds(after - between));
                    });
        }
    }

    private static void handshakes(Sheet sheet, Testbed bed)
            throws IOException, InterruptedException {
        int users = sheet.effort().quick() ? USERS_QUICK : USERS;
        Figure time = sheet.figure("handshakes", users + " users at once", "s");
        sheet.rounds(
                List.of(
                        new Side(
                                users + " handshakes",
                                () -> {
                                    try (VpnCrowd crowd = new VpnCrowd(bed, users, 0)) {
                                        time.add(crowd.handshakes());
                                    }
                                })));
        sheet.bound(Bound.atMost(time, HANDSHAKES_S));
    }

    /** Each of fifty sends some 11 Mb/s at once. */
    private static void crowd(Sheet sheet, Testbed bed) throws IOException, InterruptedException {
        Figure rate = sheet.figure("50 users send at once", VINI, "Gb/s");
        Figure served = sheet.figure("of them are served", VINI, "users");
        sheet.rounds(
                List.of(
                        new Side(
                                ACTIVE + " users",
                                () -> {
                                    try (VpnCrowd crowd =
                                            new VpnCrowd(bed, ACTIVE, ACTIVE_PACKETS)) {
                                        Thread.sleep(SETTLE_MS);
                                        long before = crowd.packets();
                                        long begin = System.nanoTime();
                                        Thread.sleep(1000L * sheet.effort().seconds());
                                        long packets = crowd.packets() - before;
                                        double seconds =
                                                Processor.seconds(System.nanoTime() - begin);
                                        rate.add(packets * BYTES * Byte.SIZE / seconds / 1e9);
                                        served.add((double) crowd.active((long) (100 * BYTES)));
                                    }
                                })));
        sheet.bound(Bound.atLeast(served, ACTIVE));
    }
}
