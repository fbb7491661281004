package vini.experiment.run;

import java.util.List;

/** What a probe was asked to do and the rows that it left. */
public sealed interface Probe {
    String name();

    /** A probe of packets between two hosts. */
    sealed interface Between extends Probe {
        /** The node, or the outside host, that sends. */
        String from();

        /** The node, or the outside host, that answers or receives. */
        String to();

        /**
         * What FIBs hash of its packets, as {@link vini.net.FlowHash} wants it; 0 if not recorded.
         */
        int ports();
    }

    /** A probe of echoes, in the order sent. */
    record Ping(String name, String from, String to, int ports, List<EchoRow> rows)
            implements Between {
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
            implements Between {
        public Tcp {
            rows = List.copyOf(rows);
        }
    }

    /**
     * A real program.
     *
     * @param on the node or the outside host on which it ran
     * @param command the program and its arguments
     * @param serves whether it was to run until it was asked to end
     * @param wantedStatus that one that does not serve was to end with
     */
    record Program(
            String name,
            String on,
            List<String> command,
            boolean serves,
            int wantedStatus,
            List<ProgramRow> rows)
            implements Probe {
        public Program {
            command = List.copyOf(command);
            rows = List.copyOf(rows);
        }
    }
}
