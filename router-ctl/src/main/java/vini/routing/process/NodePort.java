package vini.routing.process;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.routing.PuntPort;

import java.util.Arrays;

/**
 * One node's punt port, which knows the carriers that the node has told: a router that comes later
 * hears of them, too.
 */
final class NodePort implements PuntPort {
    /** Takes what the router sends, and takes over the reference. */
    interface Way {
        void send(int link, ByteBuf ipPacket);
    }

    private enum Carrier {
        UNTOLD,
        UP,
        DOWN
    }

    private final Way way;
    private final Carrier[] carriers;
    private int told;
    private @Nullable Receiver receiver;

    /** The port of a node with that many links. */
    NodePort(int links, Way way) {
        this.way = way;
        this.carriers = new Carrier[links];
        forget();
    }

    /** The node is away: nothing is known of its links. */
    void forget() {
        Arrays.fill(carriers, Carrier.UNTOLD);
        told = 0;
    }

    /** The router is gone. */
    void closed() {
        receiver = null;
    }

    /** Whether all links have told whether they have a carrier. */
    boolean isTold() {
        return told == carriers.length;
    }

    @Override
    public void receiver(Receiver newReceiver) {
        receiver = newReceiver;
        for (int link = 0; link < carriers.length; link++) {
            if (carriers[link] != Carrier.UNTOLD) {
                newReceiver.carrier(link, carriers[link] == Carrier.UP);
            }
        }
    }

    /** The node tells of a link. */
    void carrier(int link, boolean up) {
        if (link >= carriers.length) {
            return;
        }
        told += carriers[link] == Carrier.UNTOLD ? 1 : 0;
        carriers[link] = up ? Carrier.UP : Carrier.DOWN;
        if (receiver != null) {
            receiver.carrier(link, up);
        }
    }

    /** A packet came in; false if nobody takes it. */
    boolean packet(int link, ByteBuf ipPacket) {
        if (receiver == null || !receiver.hasRoomFor(ipPacket.readableBytes())) {
            return false;
        }
        receiver.packet(link, ipPacket);
        return true;
    }

    @Override
    public void send(int link, ByteBuf ipPacket) {
        way.send(link, ipPacket);
    }
}
