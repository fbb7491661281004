package vini.forwarder.elements.egress;

import vini.forwarder.Packet;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.forwarder.io.SocketError;
import vini.net.Ipv4Address;

import java.io.IOException;

/** The sockets that an egress has outside; all calls on one thread. */
interface Outside {
    /** A socket for datagrams, of one session. */
    interface Datagrams {
        /**
         * Sends a payload.
         *
         * @param address where it is in memory
         * @param to an IPv4 address
         * @param port of UDP; 0 for ICMP
         * @param how the packet is to travel
         * @return bytes sent, or {@code -errno}
         */
        long send(long address, int bytes, int to, int port, Travel how);

        /** Hands over what is in the error queue; whether there was anything. */
        boolean readErrors();

        /** The port or ICMP identifier that the outside sees. */
        int port();

        void close();
    }

    /** What a packet keeps of the user's header. */
    record Travel(boolean mayNotBeCut, int ttl, int tos) {}

    /** Who hears of what comes. */
    interface Receiver {
        /** A payload, given away; of ICMP with its header. */
        void received(Packet payload, int from, int port);

        /**
         * Something that was sent did not arrive.
         *
         * @param payload what is left of it, lent
         */
        void failed(SocketError error, int to, int port, Packet payload);
    }

    /** Begins to connect; what the handler hears comes later. */
    TcpConnection connect(Ipv4Address to, int port, TcpHandler handler, TcpSettings settings)
            throws IOException;

    /** A socket of UDP at a free port. */
    Datagrams udp(Receiver receiver) throws IOException;

    /** A socket of ICMP echo. */
    Datagrams echo(Receiver receiver) throws IOException;

    /** Closes what serves all of them. */
    void close();
}
