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
                    records.add(AppRecord.parse(lines[i]));
                    count++;
                }
            }
        } while (count > 0);
        return records;
    }

    /** Records that were overwritten before they were read. */
    long lost() {
        return lost;
    }
}
