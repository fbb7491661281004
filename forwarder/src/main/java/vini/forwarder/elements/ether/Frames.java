package vini.forwarder.elements.ether;

import vini.forwarder.Annotation;
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.net.EtherAddress;
import vini.net.wire.ArpPacket;
import vini.net.wire.EtherHeader;
import vini.net.wire.WireException;

/** Ethernet frames as these elements read and make them. */
final class Frames {
    private Frames() {}

    static boolean hasHeader(Packet packet) {
        return packet.length() >= EtherHeader.BYTES;
    }

    static long destination(Packet packet) {
        return EtherHeader.address(packet.buffer(), packet.start() + EtherHeader.DESTINATION_AT);
    }

    static long source(Packet packet) {
        return EtherHeader.address(packet.buffer(), packet.start() + EtherHeader.SOURCE_AT);
    }

    /** The packet, or a copy of it, with a header in front. */
    static Packet encapsulate(Packet packet, long destination, long source, int type) {
        Packet frame = packet.prepend(EtherHeader.BYTES);
        EtherHeader.set(frame.buffer(), frame.start(), destination, source, type);
        frame.macHeader(0);
        return frame;
    }

    /** Reads a frame that must be one of ARP. */
    static ArpPacket arp(Packet frame) throws WireException {
        if (!hasHeader(frame)) {
            throw new WireException("no Ethernet header");
        }
        if (frame.u16(EtherHeader.TYPE_AT) != EtherHeader.ARP) {
            throw new WireException("not ARP");
        }
        return ArpPacket.parse(
                frame.buffer(),
                frame.start() + EtherHeader.BYTES,
                frame.length() - EtherHeader.BYTES);
    }

    /** A new frame with an ARP packet. */
    static Packet arp(PacketPool pool, EtherAddress destination, ArpPacket arp) {
        Packet frame = pool.allocate(EtherHeader.BYTES + ArpPacket.BYTES);
        EtherHeader.set(
                frame.buffer(),
                frame.start(),
                destination.bits(),
                arp.senderEther().bits(),
                EtherHeader.ARP);
        arp.set(frame.buffer(), frame.start() + EtherHeader.BYTES);
        frame.macHeader(0);
        frame.networkHeader(EtherHeader.BYTES);
        return frame;
    }

    static int vlanTci(Packet packet) {
        return (int) packet.annotation(Annotation.VLAN_TCI.at(), Annotation.VLAN_TCI.size());
    }

    static void vlanTci(Packet packet, int tci) {
        packet.annotation(Annotation.VLAN_TCI.at(), Annotation.VLAN_TCI.size(), tci);
    }

    /** Puts a tag behind the addresses of a frame, whose header the caller has checked. */
    static Packet tag(Packet packet, int type, int tci) {
        Packet frame = packet.prepend(EtherHeader.VLAN_BYTES);
        long destination = EtherHeader.address(frame.buffer(), frame.start() + 4);
        long source = EtherHeader.address(frame.buffer(), frame.start() + 10);
        EtherHeader.set(frame.buffer(), frame.start(), destination, source, type);
        frame.set16(EtherHeader.VLAN_TCI_AT, tci);
        frame.macHeader(0);
        return frame;
    }

    /** Takes the tag out of a frame, whose length the caller has checked. */
    static Packet untag(Packet packet) {
        Packet frame = packet.writable();
        long destination = destination(frame);
        long source = source(frame);
        frame.strip(EtherHeader.VLAN_BYTES);
        EtherHeader.setAddress(frame.buffer(), frame.start(), destination);
        EtherHeader.setAddress(frame.buffer(), frame.start() + EtherHeader.SOURCE_AT, source);
        frame.macHeader(0);
        return frame;
    }
}
