package vini.forwarder.elements.napt;

import org.jspecify.annotations.Nullable;

import vini.forwarder.DropCounter;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;
import vini.time.Timer;

import java.util.Objects;
import java.util.function.Function;

/**
 * Fragments, which go where the first one of their datagram goes; in any order (RFC 4787 REQ-14).
 * Those of each side are apart, so that none from outside takes the room of the inside's.
 */
final class Fragments {
    private final NaptCounts counts;
    private final Translator.Doors doors;
    private final Loop loop;
    private final DropCounter tiny;
    private final DropCounter forgotten;
    private final DropCounter timedOut;
    private final DropCounter refused;

    /** By side. */
    private FragmentTable[] tables;

    private @Nullable Timer timer;

    Fragments(
            NaptCounts counts,
            Translator.Doors doors,
            Loop loop,
            Function<String, DropCounter> drops,
            long hashSeed) {
        this.counts = counts;
        this.doors = doors;
        this.loop = loop;
        tiny = drops.apply("tinyFragment");
        forgotten = drops.apply("fragmentsFull");
        timedOut = drops.apply("fragmentTimeout");
        refused = drops.apply("fragmentRefused");
        tables = new FragmentTable[] {new FragmentTable(hashSeed), new FragmentTable(hashSeed)};
    }

    void timers(Function<Runnable, Timer> timers) {
        timer = timers.apply(this::expire);
    }

    int datagrams() {
        return tables[0].datagrams() + tables[1].datagrams();
    }

    int waiting() {
        return tables[0].waitingPieces() + tables[1].waitingPieces();
    }

    private static int id(int protocol, int id) {
        return protocol << 16 | id;
    }

    /** A later fragment came from that side. */
    void later(Packet packet, HeaderView view, int side, long now) {
        counts.fragments.increment();
        if (view.fragmentOffset() == 1 && view.protocol == Ipv4Header.TCP) {
            tiny.drop(packet); // it would write over the ports and flags: RFC 3128
            return;
        }
        FragmentTable table = tables[side];
        long addresses = (long) view.source << 32 | view.destination & 0xffffffffL;
        int id = id(view.protocol, packet.u16(view.header + Ipv4Header.ID_AT));
        int datagram = table.find(addresses, id, now);
        if (datagram != FragmentTable.NONE && table.isKnown(datagram)) {
            pass(
                    packet,
                    table.newSource(datagram),
                    table.newDestination(datagram),
                    table.newId(datagram),
                    table.output(datagram));
            return;
        }
        if (loop.packets().isFull()) {
            forgotten.drop(packet);
            return;
        }
        table.hold(addresses, id, packet, now, forgotten);
        setTimer();
    }

    private void pass(Packet packet, int source, int destination, int newId, int output) {
        if (output == FragmentTable.DROPPED) {
            refused.drop(packet);
            return;
        }
        Packet mine = packet.writable();
        int header = mine.networkHeader();
        Rewriting.addresses(mine, header, source, destination);
        Rewriting.id(mine, header, newId);
        mine.destination(destination);
        (output == Translator.OUTSIDE ? doors.outside() : doors.inside()).add(mine);
    }

    /** The first fragment of a datagram has gone to an output, with these new addresses. */
    void first(
            int side,
            long addresses,
            int protocol,
            int id,
            long newAddresses,
            int newId,
            int output,
            long now) {
        counts.fragments.increment();
        FragmentTable table = tables[side];
        int piece =
                table.resolve(
                        addresses, id(protocol, id), newAddresses, newId, output, now, forgotten);
        while (piece != FragmentTable.NONE) {
            int next = table.nextWaiting(piece);
            Packet packet = table.release(piece);
            pass(packet, (int) (newAddresses >>> 32), (int) newAddresses, newId, output);
            piece = next;
        }
    }

    /** The first fragment of a datagram has been dropped. */
    void refused(int side, long addresses, int protocol, int id, long now) {
        first(side, addresses, protocol, id, 0, 0, FragmentTable.DROPPED, now);
    }

    private void setTimer() {
        Timer set = Objects.requireNonNull(timer);
        long next = Math.min(tables[0].nextDeadline(), tables[1].nextDeadline());
        if (next == Long.MAX_VALUE) {
            set.cancel();
        } else if (!set.isSet() || set.deadline() > next) {
            set.at(next);
        }
    }

    private void expire() {
        long now = loop.clock().nowNanos();
        for (FragmentTable table : tables) {
            table.expire(now, timedOut);
        }
        setTimer();
    }

    void takeOver(Fragments other) {
        FragmentTable[] own = tables;
        tables = other.tables;
        other.tables = own;
        setTimer();
    }

    void close() {
        for (FragmentTable table : tables) {
            table.close();
        }
    }
}
