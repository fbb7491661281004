package vini.experiment.event;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.Turn;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Range;
import vini.overlay.json.Rate;
import vini.overlay.json.Ref;
import vini.overlay.json.Size;
import vini.overlay.json.WrongKey;
import vini.overlay.world.Cause;
import vini.overlay.world.Holdings;
import vini.overlay.world.OutsideHost;
import vini.overlay.world.World;

import java.io.IOException;

/**
 * Traffic of others between two hosts: datagrams at a constant rate, or one TCP flow that takes
 * what it gets.
 */
@Called("traffic")
@Doc("Traffic of others between two hosts: datagrams at a constant rate, or one TCP flow.")
public record Traffic(
        @Doc("The node or outside host that sends.") @Ref({"node", OutsideHost.SORT}) String from,
        @Doc("The node or outside host that receives.") @Ref({"node", OutsideHost.SORT}) String to,
        @Doc("Bits per second of datagrams, with all headers from IP on.") @Nullable Rate rate,
        @Doc("Datagrams per second.") @Range(min = 1, max = 1_000_000) @Nullable Integer pps,
        @Doc("Bytes of data in a datagram; 1400B if absent.") @Bounds(min = "64B", max = "1472B")
                @Nullable Size size,
        @Doc("One TCP flow instead, which takes what it gets.") @Default("false") boolean tcp)
        implements Event {
    private static final String KIND = "traffic";
    private static final long SIZE_BYTES = 1400;

    public Traffic {
        if (from.equals(to)) {
            throw new WrongKey("to", "the same as \"from\"; name another");
        }
        if (tcp && (rate != null || pps != null || size != null)) {
            throw new WrongKey(
                    "tcp", "a TCP flow finds its own rate; leave \"rate\", \"pps\", \"size\" out");
        }
        if (!tcp && (rate == null) == (pps == null)) {
            throw new WrongKey("rate", "give one of \"rate\", \"pps\" and \"tcp\": true");
        }
    }

    @Override
    public String words() {
        String load = tcp ? "tcp" : rate != null ? rate.toString() : pps + "/s";
        return KIND + " " + from + " to " + to + " " + load;
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void plan(Script script) {
        Flow flow = new Flow(script.cause());
        script.begin(Act.of(Deed.other(KIND, Turn.WORSE, words()), flow::begin));
        Deed over = Deed.other(KIND, Turn.BETTER, KIND + " " + from + " to " + to + " over");
        script.end(new Act(over, world -> flow.end() ? over : null));
    }

    /** What the sending app is told of its load. */
    private String load() {
        long bytes = size == null ? SIZE_BYTES : size.bytes();
        return (rate != null ? "RATE " + rate : "PPS " + pps) + ", SIZE " + bytes + "B, ";
    }

    /** The apps of one occurrence. */
    private final class Flow {
        /** Those of probes are far below. */
        private static final int FIRST_PORT = 20_000;

        private static final int PORTS = 20_000;

        private final Cause cause;
        private final String sender;
        private final String sink;
        private final Holdings apps = new Holdings();
        private boolean began;

        Flow(Cause cause) {
            this.cause = cause;
            this.sender = KIND + "-" + cause.number();
            this.sink = sender + "-sink";
        }

        void begin(World world) throws IOException {
            long now = world.clock().nowNanos();
            String port = "PORT " + (FIRST_PORT + cause.number() % PORTS);
            // The app knows itself when to end, whatever becomes of who tells it so. On a machine
            // that stood still the end may have passed before the beginning was carried out.
            long left = Math.max(0, cause.untilNanos() - now);
            String time = "AT " + now + ", FOR " + left + "ns";
            String where = "DST " + world.address(to) + ", " + port + ", ";
            start(world, to, sink, tcp ? "receive" : "udp-receive", port);
            began = true;
            start(
                    world,
                    from,
                    sender,
                    tcp ? "send" : "udp-send",
                    where + (tcp ? "" : load()) + time);
        }

        private void start(World world, String host, String app, String kind, String arguments)
                throws IOException {
            world.host(host).start(app, kind, arguments);
            apps.add(() -> world.host(host).end(app));
        }

        /**
         * Ends what began, the sender first; either node may have crashed meanwhile.
         *
         * @return false if it never began
         */
        boolean end() throws IOException {
            boolean ends = began;
            began = false;
            apps.close();
            return ends;
        }
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return KIND;
        }

        @Override
        public Class<Traffic> form() {
            return Traffic.class;
        }
    }
}
