package vini.experiment.analysis;

import com.google.auto.service.AutoService;

import vini.experiment.run.CaptureRow;
import vini.experiment.run.CapturedPackets;

import java.util.SortedMap;
import java.util.TreeMap;

/** Sums up what a capture has seen. */
@AutoService(ProbeAnalyst.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class CaptureAnalyst implements ProbeAnalyst<CapturedPackets> {
    @Override
    public Class<CapturedPackets> of() {
        return CapturedPackets.class;
    }

    @Override
    public CaptureResult analyse(CapturedPackets captured, Analysis ground) {
        SortedMap<String, Long> dropped = new TreeMap<>();
        for (CaptureRow row : captured.rows()) {
            if (row.reason() != null) {
                dropped.merge(row.reason(), row.packets(), Long::sum);
            }
        }
        return new CaptureResult(captured, dropped);
    }
}
