package vini.experiment.probe;

import vini.forwarder.host.app.AppRecord;
import vini.overlay.world.Host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The apps of a probe, in the order in which they were started: who sends comes last. */
final class ProbeApps {
    /** Those of a probe without any. */
    static final ProbeApps NONE = new ProbeApps();

    private record App(Host host, String name, AppLogReader log) {}

    private final List<App> apps = new ArrayList<>();

    /** Starts one at a host; the reader has what it says. */
    AppLogReader start(Host host, String name, String kind, String arguments) throws IOException {
        host.start(name, kind, arguments);
        AppLogReader log = new AppLogReader(host, name);
        apps.add(new App(host, name, log));
        return log;
    }

    /** Stops all, who sends first; what they have seen can still be read. */
    void stop() throws IOException {
        for (App app : apps.reversed()) {
            app.host.stop(app.name);
        }
    }

    /** Whether one of them lives in the forwarder, and dies with it. */
    boolean isInForwarder() {
        return apps.stream().anyMatch(app -> app.host.isInForwarder());
    }

    /** What FIBs hash of the packets of who sends; 0 while unknown. */
    int ports() {
        return apps.isEmpty() ? 0 : apps.getLast().log.ports();
    }

    /** Records that were overwritten before they were read. */
    long lost() {
        return apps.stream().mapToLong(app -> app.log.lost()).sum();
    }

    /** The records of a type that a log has got since the last time. */
    static <R extends AppRecord> List<R> read(AppLogReader log, Class<R> type) throws IOException {
        return log.read().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
