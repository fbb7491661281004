package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;

import vini.forwarder.host.HostCounters;
import vini.forwarder.host.IcmpError;
import vini.forwarder.host.IpTransmitter;
import vini.forwarder.host.TcpAcceptor;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpListener;
import vini.forwarder.host.TcpSettings;
import vini.net.Ipv4Address;
import vini.net.wire.WireException;
import vini.time.Clock;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** TCP of one host. Only its shape yet. */
public final class TcpStack {
    public TcpStack(
            Clock clock,
            RandomGenerator random,
            Ipv4Address address,
            IpTransmitter transmitter,
            HostCounters counters) {}

    public TcpListener listen(int port, int windowBytes, TcpAcceptor acceptor) throws IOException {
        if (port >= 0) {
            throw new IOException("no TCP yet");
        }
        throw new IllegalArgumentException("port " + port);
    }

    public TcpConnection connect(
            Ipv4Address destination, int port, TcpHandler handler, TcpSettings settings)
            throws IOException {
        if (port >= 0) {
            throw new IOException("no TCP yet");
        }
        throw new IllegalArgumentException("port " + port);
    }

    public void input(ByteBuf packet, int start, int at, int length) throws WireException {}

    public void error(IcmpError error) {}
}
