package vini.bench;

import java.util.List;

/** All scenarios, in the order in which they run. */
public final class Scenarios {
    private Scenarios() {}

    /** Their table: a new one is a class and a line here. */
    public static List<Scenario> all() {
        return List.of(
                new Table2(),
                new Table3(),
                new PureGraph(),
                new FullTable(),
                new Translation(),
                new Vpn(),
                new SmallPackets(),
                new Shaping(),
                new ManyNodes(),
                new Scaling(),
                new SteadyState(),
                new Soak(),
                new VirtualScale());
    }
}
