package vini.overlay.host;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/**
 * A slice's number on this machine, 0-255, by which its tunnels get addresses of their own: slice n
 * uses 127.77.n.0/24. The number is held by a socket, which the kernel frees when the process dies,
 * however it dies, and which every user of the machine runs into.
 */
public final class UnderlaySlot implements AutoCloseable {
    private static final int SLOTS = 256;
    private static final int PORT = 7777;

    private final int number;
    private final DatagramChannel lock;

    private UnderlaySlot(int number, DatagramChannel lock) {
        this.number = number;
        this.lock = lock;
    }

    /** Takes the lowest free number. */
    public static UnderlaySlot take() throws IOException {
        for (int n = 0; n < SLOTS; n++) {
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            try {
                byte[] address = {127, 77, (byte) n, (byte) 254};
                channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), PORT));
                return new UnderlaySlot(n, channel);
            } catch (BindException e) {
                channel.close(); // another slice has it
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
        throw new IOException(SLOTS + " slices run on this machine already");
    }

    public int number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
