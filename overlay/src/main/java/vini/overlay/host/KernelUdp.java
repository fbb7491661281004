package vini.overlay.host;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;

import vini.forwarder.host.UdpEndpoint;
import vini.forwarder.host.UdpReceiver;
import vini.forwarder.io.EventLoop;
import vini.net.Ipv4Address;

import java.net.InetSocketAddress;

/** A UDP socket of a kernel host; the kernel tells an unconnected one of no ICMP errors. */
final class KernelUdp implements UdpEndpoint {
    private final EpollDatagramChannel channel;
    private final int port;

    KernelUdp(EventLoop loop, int fd, int port, UdpReceiver receiver) {
        this.port = port;
        this.channel = new EpollDatagramChannel(fd);
        channel.pipeline()
                .addLast(
                        new SimpleChannelInboundHandler<DatagramPacket>() {
                            @Override
                            protected void channelRead0(
                                    ChannelHandlerContext context, DatagramPacket packet) {
                                InetSocketAddress from = packet.sender();
                                receiver.received(
                                        Ipv4Address.parse(from.getAddress().getHostAddress()),
                                        from.getPort(),
                                        packet.content());
                            }
                        });
        KernelStack.register(loop, channel);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void send(Ipv4Address destination, int destinationPort, ByteBuf payload) {
        InetSocketAddress to = new InetSocketAddress(destination.toString(), destinationPort);
        channel.writeAndFlush(new DatagramPacket(payload, to));
    }

    @Override
    public void close() {
        channel.close();
    }
}
