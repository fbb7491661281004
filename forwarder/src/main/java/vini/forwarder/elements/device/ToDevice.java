package vini.forwarder.elements.device;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.PacketSocket;

import java.io.IOException;
import java.util.List;

/**
 * Pulls packets, which begin with their link-level header, and sends them by the device DEVNAME.
 * Those that were sent leave by output 0, if it is wired; those that cannot be sent by output 1, or
 * are dropped. While the device has no room, none is pulled. It needs the right to packet sockets
 * (CAP_NET_RAW).
 *
 * <ul>
 *   <li>BURST: packets that are pulled at a time, 1 to 1024 (default 1)
 *   <li>METHOD: LINUX, the only one
 *   <li>NETNS: the network namespace of the device, such as {@code /run/netns/x}
 *   <li>DEBUG: taken and ignored
 * </ul>
 *
 * <pre>{@code
 * ... -> ARPQuerier(192.0.2.1, 00:00:5e:00:53:01) -> Queue -> ToDevice(eth0);
 * }</pre>
 *
 * <p>Handlers: {@code count} (packets sent; read), {@code reset_counts} (write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "ToDevice",
        ports = "1/0-2",
        processing = "l/h",
        drops = {"noRoom", "notSent"})
public final class ToDevice extends DescriptorElement {
    private String device = "";
    private String namespace = "";
    private int burst;
    private @Nullable PacketSocket socket;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        device = arguments.required("DEVNAME", ArgumentTypes::string);
        burst = arguments.keyword("BURST", ArgumentTypes.integer(1, 1024), 1);
        String _ = arguments.keyword("METHOD", FromDevice::linux, "LINUX");
        boolean _ = arguments.keyword("DEBUG", ArgumentTypes::bool, false);
        namespace = arguments.keyword("NETNS", ArgumentTypes::string, "");
    }

    @Override
    void open(Loop.Io io) throws IOException {
        socket =
                PacketSocket.open(
                        namespace.isEmpty() ? null : namespace,
                        device,
                        PacketSocket.Use.SEND,
                        PacketSocket.Hearing.OWN);
    }

    @Override
    boolean isOpen() {
        return socket != null;
    }

    @Override
    Object place() {
        return List.of(device, namespace);
    }

    @Override
    void adopt(DescriptorElement before, Loop.Io io) {
        ToDevice other = (ToDevice) before;
        socket = other.socket;
        other.socket = null;
    }

    @Override
    int burst() {
        return burst;
    }

    @Override
    long write(Packet packet) {
        PacketSocket to = socket;
        return to == null ? PARTLY : PacketCalls.write(to.fd(), packet.address(), packet.length());
    }

    @Override
    void done(Packet packet) {
        count.increment();
        if (hasOutput(0)) {
            output(0).add(packet);
        } else {
            super.done(packet);
        }
    }

    @Override
    void failed(Packet packet, DropCounter reason) {
        addOrDrop(1, packet, reason);
    }

    @Override
    protected void close() {
        super.close();
        close(socket == null ? CLOSED : socket.fd());
        socket = null;
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("count", count::value);
        handlers.write("reset_counts", value -> count.reset());
    }
}
