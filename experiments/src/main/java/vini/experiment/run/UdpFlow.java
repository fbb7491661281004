package vini.experiment.run;

import vini.net.wire.Ipv4Header;

import java.util.List;

/**
 * A flow of datagrams at a constant rate.
 *
 * @param packetBytes of an IP packet of the flow
 * @param sliceS how long the slice of a row is
 * @param atS when it begins to send
 * @param untilS when it stops; infinite if it sends as long as the run lasts
 * @param rows in order of time
 */
public record UdpFlow(
        String name,
        String from,
        String to,
        int ports,
        int packetBytes,
        double sliceS,
        double atS,
        double untilS,
        List<UdpRow> rows)
        implements Probe.Between {
    /** Of a slice: decimals are not exact. */
    private static final double EXACT = 1e-6;

    public UdpFlow {
        rows = List.copyOf(rows);
    }

    @Override
    public int protocol() {
        return Ipv4Header.UDP;
    }

    @Override
    public double lastS() {
        return rows.isEmpty() ? 0 : rows.getLast().timeS() + sliceS;
    }

    /** Bits per second of so many packets, in millions, over the slices that begin in a time. */
    public double mbps(long packets, double fromS, double toS) {
        double slices = slicesBefore(Math.min(toS, untilS)) - slicesBefore(Math.max(fromS, atS));
        return slices <= 0 ? 0 : packets * packetBytes * 8 / 1e6 / (slices * sliceS);
    }

    private double slicesBefore(double timeS) {
        return Math.ceil((timeS - atS) / sliceS - EXACT);
    }
}
