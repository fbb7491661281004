package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;

/**
 * Keeps which IPv4 address has which Ethernet address, for several ARPQueriers that name it by
 * TABLE. It has no ports.
 *
 * <p>Keywords:
 *
 * <ul>
 *   <li>CAPACITY: how many packets may wait for answers, default 2048; 0 stands for 1,000,000. When
 *       there are more, the oldest of the oldest entry is dropped.
 *   <li>ENTRY_CAPACITY: how many addresses are kept, at most 65536, which is also what the default
 *       0 stands for. When there are more, the oldest is forgotten.
 *   <li>ENTRY_PACKET_CAPACITY: how many packets may wait for one address; default 0: no limit of
 *       its own. When there are more, the oldest is dropped.
 *   <li>TIMEOUT: for how long an answer is good, default 5 minutes; 0: for ever.
 * </ul>
 *
 * <pre>{@code
 * arp :: ARPTable(TIMEOUT 60s);
 * ... -> ARPQuerier(10.0.0.1, 02:00:00:00:00:01, TABLE arp) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code table} (read: a line an address: the address, 1 if the answer is good and
 * else 0, the Ethernet address, the seconds since the answer), {@code count} (addresses), {@code
 * length} (packets that wait), {@code drops} (read), {@code insert} (write {@code IP ETH}), {@code
 * delete} (write an address), {@code clear} (write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "ARPTable",
        ports = "0/0",
        drops = {"arpCleared", "arpFull", "arpTimeout"})
public final class ArpTable extends Element {
    @SuppressWarnings("NullAway.Init") // set by configure
    private NeighborTable.Limits limits;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private NeighborTable table;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        limits = NeighborArguments.limits(arguments, ArpQuerier.QUERY_NANOS);
    }

    /** Before the queriers, which take it. */
    @Override
    protected int phase() {
        return -1;
    }

    @Override
    protected void initialize() {
        table =
                new NeighborTable(
                        loop().clock(),
                        this::timer,
                        limits,
                        new NeighborTable.Drops(
                                drops("arpFull"), drops("arpTimeout"), drops("arpCleared")));
    }

    NeighborTable table() {
        return table;
    }

    @Override
    protected void handlers(Handlers handlers) {
        NeighborArguments.handlers(
                handlers,
                this::table,
                addresses(),
                addresses()::ip,
                (address, ether) -> table.confirm(address, ether));
        handlers.read("drops", () -> table.drops().value());
    }

    @Override
    protected void takeState(Element old) {
        table.take(((ArpTable) old).table);
    }

    @Override
    @SuppressWarnings("NullAway") // a graph that does not start closes what was not initialized
    protected void close() {
        if (table != null) {
            table.close();
        }
    }
}
