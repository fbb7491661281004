package vini.cli;

import org.jspecify.annotations.Nullable;

import vini.experiment.RunListener;
import vini.experiment.analysis.Outage;
import vini.experiment.analysis.Walk;
import vini.experiment.run.ArrivalRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.RequestRow;
import vini.experiment.run.UdpRow;

import java.util.ArrayList;
import java.util.List;

/**
 * Shows a run while it goes: on a terminal drawn over and over in the same place, elsewhere one
 * line for each thing that happens.
 */
final class RunDisplay implements RunListener, AutoCloseable {
    private static final long FRAME_NANOS = 100_000_000L;

    /** Who reads lines hears at least so often that the run goes on. */
    private static final long SILENCE_NANOS = 10_000_000_000L;

    private final Terminal terminal;

    private final RunScreen screen;
    private long drawnNanos;
    private List<String> drawn = List.of();

    RunDisplay(Terminal terminal) {
        this.terminal = terminal;
        this.screen = new RunScreen(Transcripts.of(terminal));
    }

    @Override
    public synchronized void started(Start start) {
        tell(screen.started(start));
    }

    @Override
    public synchronized void up(int full, int routers, int routes, double startupS) {
        tell(screen.up(full, routers, routes, startupS));
    }

    @Override
    public synchronized void planned(List<Coming> events) {
        screen.planned(events);
    }

    @Override
    public synchronized void progress(double nowS) {
        screen.progress(nowS);
        if (terminal.isTerminal()) {
            drawInTime();
        } else if (System.nanoTime() - drawnNanos >= SILENCE_NANOS) {
            String standing = screen.standing();
            if (!standing.isEmpty()) {
                tell(standing);
            }
        }
    }

    @Override
    public synchronized void echo(String probe, EchoRow row) {
        screen.echo(probe, row);
    }

    @Override
    public synchronized void arrived(String probe, ArrivalRow row) {
        screen.arrived(probe, row);
    }

    @Override
    public synchronized void datagrams(String probe, UdpRow row, double mbps) {
        screen.datagrams(probe, row, mbps);
    }

    @Override
    public synchronized void exchanged(String probe, RequestRow row) {
        screen.exchanged(probe, row);
    }

    @Override
    public synchronized void event(EventRow row) {
        tell(screen.event(row));
    }

    @Override
    public synchronized void way(
            String probe, double timeS, Walk way, double rttMs, @Nullable Outage outage) {
        tell(screen.way(timeS, way, rttMs, outage));
    }

    @Override
    public synchronized void note(double nowS, String sentence) {
        tell(screen.note(nowS, sentence));
    }

    private void tell(String line) {
        if (terminal.isTerminal()) {
            drawInTime();
        } else {
            drawnNanos = System.nanoTime();
            terminal.say(line);
        }
    }

    /** Virtual time passes faster than anybody can read. */
    private void drawInTime() {
        long now = System.nanoTime();
        if (drawn.isEmpty() || now - drawnNanos >= FRAME_NANOS) {
            drawnNanos = now;
            draw();
        }
    }

    private void draw() {
        if (!terminal.isTerminal()) {
            return;
        }
        List<String> lines = screen.lines(terminal.columns());
        if (lines.equals(drawn)) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (!drawn.isEmpty()) {
            text.append("\033[" + drawn.size() + "A\033[J");
        }
        lines.forEach(line -> text.append(terminal.show(line)).append('\n'));
        terminal.out().print(text);
        terminal.out().flush();
        drawn = new ArrayList<>(lines);
    }

    /** The last picture stays, and what comes next goes below it. */
    @Override
    public synchronized void close() {
        draw();
    }
}
