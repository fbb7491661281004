package vini.forwarder.elements.ether;

import vini.forwarder.kit.Packets;

/** Frames as hex, put together without the code under test. */
final class EtherFrames {
    static final String BROADCAST = "ffffffffffff";
    static final String US = "020000000001";
    static final String THEM = "020000000002";

    private EtherFrames() {}

    /** A frame to THEM or to another, from US, with IPv4 in it. */
    static String ip(String to, String packet) {
        return to + US + "0800" + packet;
    }

    /** A request of US, who are 10.0.0.1. */
    static String request(String to, String target) {
        return to
                + US
                + "08060001080006040001"
                + US
                + "0a000001"
                + "000000000000"
                + Packets.address(target);
    }

    /** A reply to US, who are 10.0.0.1. */
    static String reply(String ether, String address) {
        return reply(ether, address, "10.0.0.1");
    }

    static String reply(String ether, String address, String target) {
        return US
                + ether
                + "08060001080006040002"
                + ether
                + Packets.address(address)
                + US
                + Packets.address(target);
    }

    /** A packet from 10.0.0.1; its source port tells it from others. */
    static String udp(String to, int port) {
        return Packets.udp("10.0.0.1", to, 9, port, 2000);
    }
}
