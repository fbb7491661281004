package vini.experiment.report;

import com.google.auto.service.AutoService;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.ProbeResult;

import java.util.List;

/** What a report says of programs. */
@AutoService(ProbeChapter.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class ProgramChapter implements ProbeChapter<ProbeResult.Program> {
    @Override
    public Class<ProbeResult.Program> of() {
        return ProbeResult.Program.class;
    }

    @Override
    public int place() {
        return 70;
    }

    @Override
    public void tables(HtmlPage page, List<ProbeResult.Program> results) {
        ProgramTable.add(page, results);
    }

    @Override
    public void tell(ProbeResult.Program program, Analysis analysis, List<String> sentences) {
        Integer status = program.status();
        Double from = program.fromS();
        Double to = program.toS();
        String what = program.probe().name() + " on " + program.probe().on();
        if (status != null && from != null && to != null) {
            sentences.add(
                    "The program "
                            + what
                            + " ended after "
                            + Decimals.fixed(to - from, 1)
                            + " s with status "
                            + status
                            + ".");
        } else if (!program.probe().serves()) {
            sentences.add("The program " + what + " has no status: " + program.trouble() + ".");
        }
    }
}
