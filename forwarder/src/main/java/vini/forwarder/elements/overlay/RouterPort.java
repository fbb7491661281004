package vini.forwarder.elements.overlay;

import com.google.auto.service.AutoService;

import io.netty.buffer.ByteBuf;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.forwarder.punt.PuntExchange;
import vini.net.wire.Ipv4Header;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The node's port to the router process. LINKS are the node's {@code Link} elements in the order of
 * the router's interfaces: output n leads to the n-th, whose carrier the router is told. Input 0
 * gets the router's packets; their paint says by which link they came in, counted from 0.
 *
 * <pre>{@code
 * router :: RouterPort(chin, wash); punt[1] -> router; router[0] -> chin; router[1] -> wash;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(
        name = "RouterPort",
        ports = "1/-",
        processing = "h/h",
        drops = {"fromRouterBad", "noRouter", "routerBusy"})
public final class RouterPort extends Element implements PuntExchange.NodePort {
    private static final int COMING_MAX = 1024;

    private List<String> linkNames = List.of();
    private final List<Link> links = new ArrayList<>();

    /** Packets of the router that wait for this node's loop. */
    private final AtomicInteger coming = new AtomicInteger();

    private boolean ended;
    private Counter sent = new Counter();
    private Counter delivered = new Counter();

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private PuntExchange exchange;

    @SuppressWarnings("NullAway.Init")
    private DropCounter noRouter;

    @SuppressWarnings("NullAway.Init")
    private DropCounter routerBusy;

    /** For a link that is not there, or no IP packet. */
    @SuppressWarnings("NullAway.Init")
    private DropCounter fromRouterBad;

    /** After its links. */
    @Override
    protected int phase() {
        return 1;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        linkNames = arguments.rest("LINKS", name -> name);
    }

    @Override
    protected void initialize() throws ConfigException {
        sent = sent();
        delivered = delivered();
        noRouter = drops("noRouter");
        routerBusy = drops("routerBusy");
        fromRouterBad = drops("fromRouterBad");
        exchange = graph().shared().get(PuntExchange.class, PuntExchange::new);
        if (linkNames.size() != outputs()) {
            throw new ConfigException(linkNames.size() + " links, but " + outputs() + " outputs");
        }
        for (int i = 0; i < linkNames.size(); i++) {
            Link link = graph().find(linkNames.get(i), Link.class);
            if (link == null) {
                throw new ConfigException("no Link is called '" + linkNames.get(i) + "'");
            }
            int number = i;
            links.add(link);
            link.onCarrier(up -> tell(number, up));
        }
        boolean replaces = predecessor(RouterPort.class) != null;
        if (!replaces && !exchange.register(graph().name(), this)) {
            throw new ConfigException("the node has a RouterPort already");
        }
    }

    private void tell(int link, boolean up) {
        PuntExchange.Router router = exchange.router();
        if (router != null) {
            router.carrier(graph().name(), link, up);
        }
    }

    @Override
    public void tellCarriers(PuntExchange.Router router) {
        boolean _ =
                loop().call(
                                () -> {
                                    tellAll(router);
                                    return true;
                                });
    }

    private void tellAll(PuntExchange.Router router) {
        for (int i = 0; i < links.size(); i++) {
            router.carrier(graph().name(), i, links.get(i).carrier());
        }
    }

    @Override
    public void push(int port, Batch batch) {
        PuntExchange.Router router = exchange.router();
        if (router == null) {
            noRouter.drop(batch);
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            ByteBuf bytes = packet.buffer().slice(packet.start(), packet.length());
            if (router.packet(graph().name(), packet.paint(), bytes)) {
                delivered.increment();
                packet.kill();
            } else {
                routerBusy.drop(packet);
            }
        }
        batch.recycle();
    }

    @Override
    public void send(int link, ByteBuf ipPacket) {
        if (loop().isHere()) {
            sendHere(link, ipPacket);
        } else if (coming.incrementAndGet() <= COMING_MAX) {
            ByteBuf kept = ipPacket.retain();
            loop().later(() -> sendKept(link, kept));
        } else {
            // The router waits until the node has seen what came before.
            coming.decrementAndGet();
            boolean _ =
                    loop().call(
                                    () -> {
                                        sendHere(link, ipPacket);
                                        return true;
                                    });
        }
    }

    private void sendKept(int link, ByteBuf kept) {
        coming.decrementAndGet();
        if (!ended) {
            sendHere(link, kept);
        }
        kept.release();
    }

    private void sendHere(int link, ByteBuf ipPacket) {
        sent.increment();
        if (!hasOutput(link) || ipPacket.readableBytes() < Ipv4Header.BYTES) {
            fromRouterBad.count(1);
            return;
        }
        Packet packet = loop().packets().copyOf(ipPacket);
        packet.destination(packet.i32(Ipv4Header.DESTINATION_AT));
        output(link).push(packet);
    }

    /** The router hears of the carriers of links that are others than they were. */
    @Override
    protected void takeState(Element old) {
        RouterPort other = (RouterPort) old;
        exchange.replace(graph().name(), other, this);
        for (int i = 0; i < links.size(); i++) {
            // What has changed at the same link, the link has told.
            if (i >= other.linkNames.size() || !linkNames.get(i).equals(other.linkNames.get(i))) {
                tell(i, links.get(i).carrier());
            }
        }
    }

    @Override
    protected void close() {
        ended = true;
        if (exchange != null) {
            exchange.unregister(graph().name(), this);
        }
    }
}
