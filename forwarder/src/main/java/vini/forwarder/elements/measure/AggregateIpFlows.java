package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.io.IOException;

/**
 * Sets each TCP or UDP packet's aggregate annotation to the number of its flow, and its paint to 0
 * in the direction of the flow's first packet and to 1 in the other. Flows are told apart by
 * addresses and ports and numbered from 1 on; a flow that has paused for its timeout, by the
 * packets' timestamps, is over, and what comes later is a new one. Other packets, and short ones,
 * leave by output 1, or are dropped if there is no such output.
 *
 * <ul>
 *   <li>TCP_TIMEOUT (default 24 h), TCP_DONE_TIMEOUT (30 s: after a FIN in both directions),
 *       UDP_TIMEOUT (1 min): seconds or with a unit
 *   <li>REAP: how often flows that are over are looked for (default 20 min, of packet time)
 *   <li>ICMP: also ICMP errors about a packet of a flow get its number, and 2 more than its paint
 *       (default false)
 *   <li>FRAGMENTS: also later fragments are treated, with the ports of the first (default true
 *       where packets are pushed; it cannot be elsewhere). A fragment that comes before the first
 *       one waits for it, and the packets between the same addresses behind it
 *   <li>FRAGMENT_TIMEOUT: for how long (default 30 s); then it goes the way of other packets. 4096
 *       packets may wait in all
 *   <li>TRACEINFO: a file of XML to which each flow is written when it is over: its number, ends,
 *       beginning, duration, and how many packets went either way
 *   <li>SOURCE: the element from which packets come; what its handlers {@code filename} and {@code
 *       packet_filepos} say, if it has them, is written there, too
 * </ul>
 *
 * <p>It holds up to 1048576 flows; packets of more of them go the way of other packets.
 *
 * <pre>{@code
 * FromDump(trace.pcap, STOP true) -> af :: AggregateIPFlows -> AggregateCounter -> Discard;
 * DriverManager(wait, write af.clear);
 * }</pre>
 *
 * <p>Handlers: {@code clear} (write: forgets all flows, numbers go on, and lets fragments go),
 * {@code flows} (read: how many it knows), {@code held} (read: packets that wait), {@code drops}
 * (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "AggregateIPFlows",
        ports = "1/1-2",
        processing = "a/ah",
        drops = {"fragmentLost", "noFlow"})
public final class AggregateIpFlows extends Element {
    private static final long SECOND = 1_000_000_000L;
    private static final int ICMP_HEADER_BYTES = 8;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int PORTS_BYTES = 4;
    private static final int TCP_HEADER_BYTES = 20;

    private boolean icmp;
    private boolean fragments;
    private @Nullable Boolean fragmentsWanted;
    private String reportFile = "";
    private String source = "";
    private @Nullable FlowReport report;

    private IpFlows flows = new IpFlows(new IpFlows.Timeouts(0, 0, 0), 0);
    private FragmentOrder order = new FragmentOrder(new Ordered(), 0, 0);

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noFlow;

    @SuppressWarnings("NullAway.Init")
    private DropCounter fragmentLost;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        long tcp = arguments.keyword("TCP_TIMEOUT", ArgumentTypes::nanos, 86_400 * SECOND);
        long done = arguments.keyword("TCP_DONE_TIMEOUT", ArgumentTypes::nanos, 30 * SECOND);
        long udp = arguments.keyword("UDP_TIMEOUT", ArgumentTypes::nanos, 60 * SECOND);
        long wait = arguments.keyword("FRAGMENT_TIMEOUT", ArgumentTypes::nanos, 30 * SECOND);
        long reap = arguments.keyword("REAP", ArgumentTypes::nanos, 1200 * SECOND);
        icmp = arguments.keyword("ICMP", ArgumentTypes::bool, false);
        reportFile = arguments.keyword("TRACEINFO", ArgumentTypes::string, "");
        source = arguments.keyword("SOURCE", ArgumentTypes::string, "");
        String text = arguments.keyword("FRAGMENTS", ArgumentTypes::string, "");
        if (!text.isEmpty()) {
            try {
                fragmentsWanted = ArgumentTypes.bool(text);
            } catch (IllegalArgumentException e) {
                throw new ConfigException("FRAGMENTS: " + e.getMessage());
            }
        }
        flows = new IpFlows(new IpFlows.Timeouts(tcp, done, udp), reap);
        order = new FragmentOrder(new Ordered(), wait, reap);
    }

    @Override
    protected void initialize() throws ConfigException {
        noFlow = drops("noFlow");
        fragmentLost = drops("fragmentLost");
        boolean push = isPush(0);
        if (fragmentsWanted != null && fragmentsWanted && !push) {
            throw new ConfigException("FRAGMENTS true is for packets that are pushed only");
        }
        fragments = fragmentsWanted == null ? push : fragmentsWanted;
        if (!source.isEmpty() && graph().find(name(), source, Element.class) == null) {
            throw new ConfigException("SOURCE: there is no element '" + source + "'");
        }
        if (!reportFile.isEmpty()) {
            flows.onEnd(this::write);
            try {
                report = FlowReport.open(reportFile);
            } catch (IOException e) {
                throw new ConfigException(reportFile + ": " + e.getMessage());
            }
        }
    }

    /** What a handler of the source says; empty if it has it not. */
    private String ofSource(String handler) {
        try {
            return source.isEmpty()
                    ? ""
                    : graph().handlerSpaceOf(name()).read(source + "." + handler, "").strip();
        } catch (HandlerException e) {
            return "";
        }
    }

    private void write(IpFlows.Key key, IpFlows.Flow flow) {
        if (report == null) {
            return;
        }
        try {
            report.begin(ofSource("filename"));
            report.write(key, flow);
        } catch (IOException e) {
            fail(e);
        }
    }

    /** From here on nothing is written any more. */
    private void fail(IOException e) {
        report = null;
        chatter(name() + ": " + reportFile + ": " + e.getMessage());
    }

    private void closeReport() {
        FlowReport open = report;
        report = null;
        try {
            if (open != null) {
                open.begin(ofSource("filename"));
                open.close();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            take(batch.get(i));
        }
        batch.recycle();
        flushOutputs();
    }

    /** On a pull path, where nothing is held. */
    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int ip = packet.networkHeader();
        if (Ipv4View.isAt(packet, ip) && marks(packet, ip)) {
            return packet;
        }
        addOrDrop(1, packet, noFlow);
        return null;
    }

    private void take(Packet packet) {
        int ip = packet.networkHeader();
        boolean ofFlow = Ipv4View.isAt(packet, ip) && isTransport(Ipv4View.protocol(packet, ip));
        if (fragments && ofFlow) {
            order.take(packet, ip);
            return;
        }
        Packet marked = simpleAction(packet);
        if (marked != null) {
            output(0).add(marked);
        }
    }

    private final class Ordered implements FragmentOrder.Exit {
        @Override
        public void whole(Packet packet, int ip) {
            addOrDrop(marks(packet, ip) ? 0 : 1, packet, noFlow);
        }

        @Override
        public void fragment(Packet packet, int ip, int ports) {
            addOrDrop(mark(packet, ip, ports) ? 0 : 1, packet, noFlow);
        }

        @Override
        public void lost(Packet packet) {
            addOrDrop(1, packet, fragmentLost);
        }
    }

    private static boolean isTransport(int protocol) {
        return protocol == Ipv4View.TCP || protocol == Ipv4View.UDP;
    }

    /** Marks a packet whose ports are in it, or an ICMP error; false if it is neither. */
    private boolean marks(Packet packet, int ip) {
        int protocol = Ipv4View.protocol(packet, ip);
        if (protocol == Ipv4View.ICMP && icmp) {
            return marksIcmp(packet, ip);
        }
        int transport = Ipv4View.payload(packet, ip);
        int header = protocol == Ipv4View.UDP ? UDP_HEADER_BYTES : TCP_HEADER_BYTES;
        if (Ipv4View.moreFragments(packet, ip)) {
            // A first fragment may end right behind its ports.
            header = PORTS_BYTES;
        }
        boolean whole =
                isTransport(protocol)
                        && Ipv4View.fragmentOffset(packet, ip) == 0
                        && transport <= packet.length() - header;
        return whole && mark(packet, ip, packet.i32(transport));
    }

    private boolean mark(Packet packet, int ip, int ports) {
        int protocol = Ipv4View.protocol(packet, ip);
        int source = Ipv4View.source(packet, ip);
        int destination = Ipv4View.destination(packet, ip);
        IpFlows.Flow flow =
                flows.findOrMake(protocol, source, destination, ports, packet.timestampNanos());
        if (flow == null) {
            return false;
        }
        boolean fromLow = IpFlows.isLow(source, ports >>> 16, destination, ports & 0xffff);
        if (protocol == Ipv4View.TCP && Ipv4View.fragmentOffset(packet, ip) == 0) {
            IpFlows.seeFlags(flow, fromLow, packet, Ipv4View.payload(packet, ip));
        }
        if (report != null && flow.packets[0] + flow.packets[1] == 0) {
            flow.filePosition = ofSource("packet_filepos");
        }
        flow.packets[flow.paint(fromLow)]++;
        annotate(packet, flow.number, flow.paint(fromLow));
        return true;
    }

    private static void annotate(Packet packet, long number, int paint) {
        packet.annotation(Annotation.AGGREGATE.at(), Annotation.AGGREGATE.size(), number);
        packet.paint(paint);
    }

    /** RFC 792: an error has the header of the packet that it is about, and 8 bytes more. */
    private boolean marksIcmp(Packet packet, int ip) {
        int error = Ipv4View.payload(packet, ip);
        if (Ipv4View.fragmentOffset(packet, ip) != 0
                || error > packet.length() - ICMP_HEADER_BYTES
                || !isError(packet.u8(error))) {
            return false;
        }
        int inner = error + ICMP_HEADER_BYTES;
        if (!Ipv4View.isAt(packet, inner)
                || !isTransport(Ipv4View.protocol(packet, inner))
                || Ipv4View.fragmentOffset(packet, inner) != 0
                || !Ipv4View.hasPorts(packet, inner)) {
            return false;
        }
        int ports = packet.i32(Ipv4View.payload(packet, inner));
        int source = Ipv4View.source(packet, inner);
        int destination = Ipv4View.destination(packet, inner);
        IpFlows.Flow flow =
                flows.find(
                        Ipv4View.protocol(packet, inner),
                        source,
                        destination,
                        ports,
                        packet.timestampNanos());
        if (flow == null) {
            return false;
        }
        boolean fromLow = IpFlows.isLow(source, ports >>> 16, destination, ports & 0xffff);
        annotate(packet, flow.number, 2 + flow.paint(fromLow));
        return true;
    }

    private static boolean isError(int type) {
        return switch (type) {
            case 3, 4, 5, 11, 12 -> true;
            default -> false;
        };
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("flows", () -> flows.size()).read("held", order::held);
        handlers.read("drops", () -> noFlow.value() + fragmentLost.value());
        handlers.write(
                "clear",
                value -> {
                    order.letGo();
                    flushOutputs();
                    flows.clear();
                });
    }

    @Override
    protected void takeState(Element old) {
        AggregateIpFlows other = (AggregateIpFlows) old;
        flows.takeOver(other.flows);
        other.order.takeAll().forEach(this::takeLate);
    }

    private void takeLate(Packet packet) {
        if (isPush(0)) {
            take(packet);
        } else {
            fragmentLost.drop(packet);
        }
    }

    @Override
    protected void close() {
        order.takeAll().forEach(Packet::kill);
        flows.clear();
        closeReport();
    }
}
