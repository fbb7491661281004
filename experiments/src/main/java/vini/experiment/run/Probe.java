package vini.experiment.run;

import java.util.List;

/** What a probe was asked to do and the rows that it left. */
public sealed interface Probe {
    String name();

    /** The node that sends. */
    String from();

    /** The node that answers or receives. */
    String to();

    /** What FIBs hash of its packets, as {@link vini.net.FlowHash} wants it; 0 if not recorded. */
    int ports();

    /** A probe of echoes, in the order sent. */
    record Ping(String name, String from, String to, int ports, List<EchoRow> rows)
            implements Probe {
        public Ping {
            rows = List.copyOf(rows);
        }
    }

    /**
     * A TCP flow, as seen by its receiver.
     *
     * @param windowBytes the window that was asked for; 0 where none was
     */
    record Tcp(
            String name, String from, String to, int ports, long windowBytes, List<ArrivalRow> rows)
            implements Probe {
        public Tcp {
            rows = List.copyOf(rows);
        }
    }
}
