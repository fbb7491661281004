package vini.experiment.probe;

import vini.forwarder.host.app.AppRecord;
import vini.overlay.world.Host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the log of an app bit by bit. */
final class AppLogReader {
    private final Host host;
    private final String app;
    private long next;
    private long lost;
    private int ports;

    AppLogReader(Host host, String app) {
        this.host = host;
        this.app = app;
    }

    /** The records since the last time. */
    List<AppRecord> read() throws IOException {
        List<AppRecord> records = new ArrayList<>();
        int count;
        do {
            String[] lines = host.log(app, next).split("\n", -1);
            String[] head = lines[0].split(" ", -1);
            long first = Long.parseLong(head[1]);
            lost += first - next;
            next = Long.parseLong(head[2]);
            count = 0;
            for (int i = 1; i < lines.length; i++) {
                if (!lines[i].isEmpty()) {
                    AppRecord entry = AppRecord.parse(lines[i]);
                    note(entry);
                    records.add(entry);
                    count++;
                }
            }
        } while (count > 0);
        return records;
    }

    private void note(AppRecord entry) {
        if (entry instanceof AppRecord.State state && state.text().startsWith(AppRecord.FLOW)) {
            ports = Integer.parseInt(state.text().substring(state.text().lastIndexOf(' ') + 1));
        }
    }

    /** What the app said that FIBs hash of its packets; 0 if it has not said it yet. */
    int ports() {
        return ports;
    }

    /** Records that were overwritten before they were read. */
    long lost() {
        return lost;
    }
}
