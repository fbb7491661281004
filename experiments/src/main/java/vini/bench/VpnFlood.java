package vini.bench;

import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.forwarder.io.Endpoint;
import vini.forwarder.io.Libc;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.offload.TrainSender;
import vini.time.VirtualClock;
import vini.vpn.wireguard.Device;
import vini.vpn.wireguard.Identity;
import vini.vpn.wireguard.Outlet;
import vini.vpn.wireguard.Peer;
import vini.vpn.wireguard.PublicKey;
import vini.vpn.wireguard.Secret;
import vini.vpn.wireguard.Times;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Strangers who know a WireGuard server's public key and ask it for handshakes all the time, from
 * thousands of addresses of one machine of the {@link Testbed}: their messages are right, so that
 * each would cost the server a Diffie-Hellman, but nobody knows them. They never use a cookie.
 */
final class VpnFlood implements AutoCloseable {
    /** So many different messages, sent again and again. */
    private static final int MESSAGES = 512;

    private static final int SOURCES = 4096;
    private static final String NETWORK = "10.66.0.0/16";
    private static final int FIRST = 0x0a420001;
    private static final long MAPPED = 0xffffL << 32;
    private static final long PACE_NANOS = 1_000_000;
    private static final int AT_ONCE = 256;
    private static final int SECONDS = 10;

    private final int socket;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins: so many a second go there.
     *
     * @param key whom they are for
     * @param server where it is, or where they go instead
     */
    VpnFlood(Testbed bed, PublicKey key, Endpoint server, int perSecond)
            throws IOException, InterruptedException {
        String _ =
                Program.run(
                        bed.src(), SECONDS, words("route replace local " + NETWORK + " dev lo"));
        String _ =
                Program.run(
                        bed.fwd(),
                        SECONDS,
                        words("route replace " + NETWORK + " via " + Testbed.SRC));
        List<byte[]> messages = initiations(key, server);
        socket =
                bed.src()
                        .within(
                                () ->
                                        Libc.socket(
                                                Sockaddr.AF_INET,
                                                Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK,
                                                0));
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("flood")
                        .start(() -> run(messages, sources(server), perSecond));
    }

    private static String[] words(String arguments) {
        return ("ip " + arguments).split(" ", -1);
    }

    /** The server as it is spoken to from each address. */
    private static Endpoint[] sources(Endpoint server) {
        Endpoint[] sources = new Endpoint[SOURCES];
        for (int i = 0; i < SOURCES; i++) {
            sources[i] = server.from(0, MAPPED | FIRST + i);
        }
        return sources;
    }

    /** First messages of strangers, one of each. */
    private static List<byte[]> initiations(PublicKey key, Endpoint server) {
        List<byte[]> messages = new ArrayList<>();
        SecureRandom chance = new SecureRandom();
        for (int i = 0; i < MESSAGES; i++) {
            byte[] secret = Secret.privateKey(chance).bytes();
            try (Device device =
                    new Device(
                            new Identity(secret),
                            Times.STANDARD,
                            new VirtualClock(),
                            chance,
                            new Collecting(messages))) {
                Peer peer = device.add(new Peer.Settings("server", key, null, List.of(), 0));
                peer.endpoint(server);
                device.initiate(peer);
            }
        }
        return messages;
    }

    private void run(List<byte[]> messages, Endpoint[] sources, int perSecond) {
        TrainSender sender = new TrainSender(socket, (packet, result) -> packet.kill());
        long begin = System.nanoTime();
        try (PacketPool pool = new PacketPool()) {
            for (long sent = 0; !closed; ) {
                long due = (long) (Processor.seconds(System.nanoTime() - begin) * perSecond);
                for (int i = 0; sent < due && i < AT_ONCE; i++, sent++) {
                    byte[] message = messages.get((int) (sent % messages.size()));
                    Packet packet = pool.allocate(message.length);
                    packet.buffer().setBytes(packet.start(), message);
                    sender.add(packet, sources[(int) (sent % sources.length)]);
                }
                sender.flush();
                LockSupport.parkNanos(PACE_NANOS);
            }
            sender.close();
        }
    }

    /** Ends it. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Libc.close(socket);
    }

    /** What devices want to send. */
    private record Collecting(List<byte[]> messages) implements Outlet {
        @Override
        public void send(Endpoint to, byte[] message) {
            messages.add(message);
        }

        @Override
        public boolean ready(Peer peer) {
            return false;
        }

        @Override
        public void gaveUp(Peer peer) {}

        @Override
        public void workWaits() {}
    }
}
