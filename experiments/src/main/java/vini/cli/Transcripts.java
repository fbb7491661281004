package vini.cli;

import vini.experiment.report.Transcript;

/** Which form of a run's text a terminal gets. */
final class Transcripts {
    private Transcripts() {}

    static Transcript of(Terminal terminal) {
        return terminal.unicode() ? Transcript.UNICODE : Transcript.ASCII;
    }
}
