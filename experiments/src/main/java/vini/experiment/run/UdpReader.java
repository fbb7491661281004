package vini.experiment.run;

import com.google.auto.service.AutoService;

import vini.forwarder.host.app.DatagramSender;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the slices of a flow of datagrams. */
@AutoService(ProbeReader.class)
public final class UdpReader implements ProbeReader {
    private static final double SLICE_S = 0.1;

    @Override
    public String key() {
        return "udp";
    }

    @Override
    public UdpFlow read(ProbeFile file) {
        List<UdpRow> rows = new ArrayList<>(file.rows(UdpRow.HEADER, UdpReader::row));
        rows.sort(Comparator.comparingDouble(UdpRow::timeS));
        double every = file.seconds("every");
        double slice = every > 0 ? every : SLICE_S;
        double until =
                file.asked().hasNonNull("until") ? file.seconds("until") : Double.POSITIVE_INFINITY;
        if (!file.isWhole() && !rows.isEmpty()) {
            until = Math.min(until, rows.getLast().timeS() + slice);
        }
        return new UdpFlow(
                file.name(),
                file.text("from"),
                file.text("to"),
                file.ports(),
                (int) file.bytes("size") + DatagramSender.HEADER_BYTES,
                slice,
                file.seconds("at"),
                until,
                rows);
    }

    private static UdpRow row(String[] cells) {
        return new UdpRow(
                ProbeFile.number(cells[0]),
                ProbeFile.count(cells[1]),
                ProbeFile.count(cells[2]),
                ProbeFile.number(cells[3]),
                ProbeFile.number(cells[4]),
                ProbeFile.count(cells[5]),
                ProbeFile.count(cells[6]),
                ProbeFile.count(cells[7]),
                ProbeFile.numberOrNone(cells[8]),
                ProbeFile.numberOrNone(cells[9]),
                ProbeFile.numberOrNone(cells[10]),
                ProbeFile.numberOrNone(cells[11]),
                cells[12].strip());
    }
}
