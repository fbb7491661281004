package vini.experiment.run;

import vini.net.wire.Ipv4Header;

import java.util.List;

/**
 * What a probe was asked to do and the rows that it left. A type of probe has a {@link ProbeReader}
 * that makes it.
 */
public interface Probe {
    String name();

    /** When its last row happened, in seconds; 0 without rows. */
    double lastS();

    /** A probe of packets between two hosts. */
    interface Between extends Probe {
        /** The node, or the outside host, that sends. */
        String from();

        /** The node, or the outside host, that answers or receives. */
        String to();

        /**
         * What FIBs hash of its packets, as {@link vini.net.FlowHash} wants it; 0 if not recorded.
         */
        int ports();

        /** The IP protocol of its packets. */
        int protocol();
    }

    /** A probe of echoes, in the order sent. */
    record Ping(String name, String from, String to, int ports, List<EchoRow> rows)
            implements Between {
        public Ping {
            rows = List.copyOf(rows);
        }

        @Override
        public int protocol() {
            return Ipv4Header.ICMP;
        }

        @Override
        public double lastS() {
            return rows.isEmpty() ? 0 : rows.getLast().sentS();
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

        @Override
        public int protocol() {
            return Ipv4Header.TCP;
        }

        @Override
        public double lastS() {
            return rows.isEmpty() ? 0 : rows.getLast().timeS();
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

        @Override
        public double lastS() {
            return rows.isEmpty() ? 0 : rows.getLast().timeS();
        }
    }
}
