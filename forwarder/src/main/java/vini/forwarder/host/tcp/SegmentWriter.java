package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.IpTransmitter;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;
import vini.net.wire.TcpOptions;

/** Writes segments from one port to another. */
record SegmentWriter(
        IpTransmitter transmitter, int local, int remote, int localPort, int remotePort) {

    /** Writes back to where a segment came from. */
    static SegmentWriter answering(IpTransmitter transmitter, Segment segment) {
        int local = segment.destination();
        int remote = segment.source();
        int localPort = segment.destinationPort();
        int remotePort = segment.sourcePort();
        return new SegmentWriter(transmitter, local, remote, localPort, remotePort);
    }

    /**
     * Sends one segment.
     *
     * @param data from which {@code dataBytes} at {@code sequence} are taken; null for none
     */
    void send(
            long sequence,
            long acknowledgment,
            int flags,
            int window,
            TcpOptions options,
            @Nullable SendBuffer data,
            int dataBytes) {
        int header = TcpHeader.BYTES + options.bytes();
        int length = header + dataBytes;
        ByteBuf packet =
                transmitter.begin(local, remote, Ipv4Header.TCP, length, IpTransmitter.TTL);
        int at = packet.writerIndex();
        TcpHeader.emit(
                packet,
                localPort,
                remotePort,
                (int) sequence,
                (int) acknowledgment,
                header,
                flags,
                window);
        options.emit(packet);
        if (data != null && dataBytes > 0) {
            data.copyTo(packet, sequence, dataBytes);
        }
        TcpHeader.seal(packet, at, length, local, remote);
        transmitter.send(packet);
    }
}
