package vini.experiment.analysis;

import com.google.auto.service.AutoService;

import vini.experiment.run.RequestRow;
import vini.experiment.run.Requests;

import java.util.ArrayList;
import java.util.List;

/** Works out how long responses took, and which requests failed, by the phase of sending. */
@AutoService(ProbeAnalyst.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class RequestAnalyst implements ProbeAnalyst<Requests> {
    @Override
    public Class<Requests> of() {
        return Requests.class;
    }

    @Override
    public RequestResult analyse(Requests requests, Analysis ground) {
        List<RequestResult.RequestPhase> phases = new ArrayList<>();
        for (Phase phase : ground.phases()) {
            List<RequestRow> rows =
                    requests.rows().stream().filter(row -> phase.holds(row.sentS())).toList();
            SteadyPart steady = SteadyPart.of(phase, ground.run().routes(), List.of());
            List<RequestRow> part =
                    rows.stream().filter(r -> steady != null && steady.holds(r.sentS())).toList();
            phases.add(
                    new RequestResult.RequestPhase(
                            phase,
                            RequestPart.of(rows),
                            steady,
                            steady == null ? null : RequestPart.of(part),
                            ground.walk(requests, phase.toS())));
        }
        RequestPart whole = RequestPart.of(requests.rows());
        return new RequestResult(requests, ground.run().endS(), whole, phases);
    }
}
