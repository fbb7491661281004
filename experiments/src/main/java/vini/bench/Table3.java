package vini.bench;

import org.jspecify.annotations.Nullable;

import vini.overlay.host.NetworkNamespace;
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Table 3 of "In VINI Veritas": round trips through one forwarder, one at a time. */
final class Table3 implements Scenario {
    private static final int PORT = 5000;
    private static final int CLICK_PORT = 7000;
    private static final int COUNT = 10_000;
    private static final int QUICK_COUNT = 2000;
    private static final double P99 = 0.99;
    private static final double P999 = 0.999;
    private static final double THREE_PROCESSES_MICROS = 100;
    private static final double ONE_PROCESS_MICROS = 40;

    /** Two ends between which is measured, and who may fail there alone, if somebody may. */
    private record Way(String name, NetworkNamespace from, String address, @Nullable Guest guest) {
        Way(String name, NetworkNamespace from, String address) {
            this(name, from, address, null);
        }

        Figure figure(Sheet sheet, String subject, String unit) {
            Figure figure = sheet.figure(subject, name, unit);
            return guest == null ? figure : guest.own(figure);
        }

        Side side(Side.Measurement measurement) {
            return guest == null ? new Side(name, measurement) : guest.side(name, measurement);
        }
    }

    @Override
    public String name() {
        return "table3";
    }

    @Override
    public String title() {
        return "round trips from Src through Fwdr to Sink, one at a time, beside the kernel's own"
                + " forwarding and VXLAN";
    }

    @Override
    public List<Need> needs() {
        return Needs.TESTBED;
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        try (Holdings held = new Holdings()) {
            sheet.doing("building the testbed");
            Testbed bed = Testbed.create();
            held.add(bed::close);
            Chain three = Chain.start(bed, Chain.Units.OFFLOAD, PORT);
            held.add(three::close);
            Slice one =
                    Slice.start(Chain.TOPOLOGY.formatted(Testbed.TUNNEL_MTU, Testbed.TUNNEL_MTU));
            held.add(one::close);
            List<Way> ways =
                    new ArrayList<>(
                            List.of(
                                    new Way("kernel", bed.src(), Testbed.SNK),
                                    new Way("kernel VXLAN", bed.src(), Testbed.VXLAN_SNK),
                                    new Way("vini, 3 processes", three.host(0), three.address(2)),
                                    new Way("vini, 1 process", one.host(0), one.address(2))));
            Click click = sheet.click();
            if (click != null) {
                ClickChain chain = new ClickChain(click, bed, CLICK_PORT);
                held.add(chain::close);
                Guest guest = new Guest();
                guest.attempt(chain::start);
                ways.add(new Way("click, 3 processes", bed.src(), ClickPeer.address(2), guest));
            }
            measure(sheet, ways);
        }
    }

    private static void measure(Sheet sheet, List<Way> ways)
            throws IOException, InterruptedException {
        int count = sheet.effort().quick() ? QUICK_COUNT : COUNT;
        List<Figure> medians = figures(sheet, ways, "round trip, median");
        List<Figure> p99 = figures(sheet, ways, "round trip, p99");
        List<Figure> p999 = figures(sheet, ways, "round trip, p99.9");
        List<Figure> lost = figures(sheet, ways, "without a reply");
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get(i);
            int side = i;
            sheet.doing("warming up: " + way.name());
            way.side(() -> Ping.flood(way.from(), way.address(), count)).measurement().run();
            sides.add(
                    way.side(
                            () -> {
                                Ping ping = Ping.flood(way.from(), way.address(), count);
                                medians.get(side).add(ping.median());
                                p99.get(side).add(ping.quantile(P99));
                                p999.get(side).add(ping.quantile(P999));
                                lost.get(side).add(ping.sent() - ping.replies());
                            }));
        }
        sheet.rounds(sides);
        Figure kernel = medians.getFirst();
        sheet.bound(Bound.aboveAtMost(medians.get(2), THREE_PROCESSES_MICROS, kernel));
        sheet.bound(Bound.aboveAtMost(medians.get(3), ONE_PROCESS_MICROS, kernel));
        sheet.note(
                "ping -A: the next request goes when the reply has come, "
                        + count
                        + " each round. A round trip wakes each forwarder twice.");
    }

    private static List<Figure> figures(Sheet sheet, List<Way> ways, String subject) {
        String unit = subject.startsWith("round") ? "us" : "packets";
        return ways.stream().map(way -> way.figure(sheet, subject, unit)).toList();
    }
}
