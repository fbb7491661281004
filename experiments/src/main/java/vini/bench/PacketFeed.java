package vini.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.internal.PlatformDependent;

import vini.forwarder.Batch;
import vini.forwarder.Element;
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;

import java.util.HexFormat;

/**
 * Packets of 64 bytes, made in memory and pushed into an element in whole batches: UDP over IPv4,
 * one to each destination in turn, from one source unless {@link #from} says others.
 */
final class PacketFeed {
    private static final int LENGTH = 64;
    private static final int SOURCE_AT = 12;
    private static final int DESTINATION_AT = 16;
    private static final int CHECKSUM_AT = 10;
    private static final int SOURCE_PORT_AT = 20;
    private static final int CARRY = 16;
    private static final int WORD = 0xffff;

    /** Version 4 to protocol UDP, from 10.1.2.3 to nobody yet, of port 1024 to 53. */
    private static final String HEADER = "4500004000004000401100000a0102030000000004000035002c0000";

    private final PacketPool pool;
    private final Element into;
    private final int[] destinations;
    private final int[] ports;
    private int[] sources = {};
    private final ByteBuf template = Unpooled.directBuffer(LENGTH).setZero(0, LENGTH);
    private final int sum;

    /** What its source is of that sum. */
    private final int templateSource;

    private int next;

    /**
     * @param ports source and destination port of each packet, as they stand in the header; empty
     *     to have the same in all
     */
    PacketFeed(PacketPool pool, Element into, int[] destinations, int[] ports) {
        this.pool = pool;
        this.into = into;
        this.destinations = destinations;
        this.ports = ports;
        byte[] header = HexFormat.of().parseHex(HEADER);
        template.setBytes(0, header);
        int words = 0;
        for (int at = 0; at < DESTINATION_AT; at += 2) {
            words += template.getUnsignedShort(at);
        }
        sum = words;
        templateSource =
                template.getUnsignedShort(SOURCE_AT) + template.getUnsignedShort(SOURCE_AT + 2);
    }

    /** From now on each packet has a source of its own, one for each destination. */
    void from(int[] addresses) {
        sources = addresses;
    }

    /** Pushes so many packets, in batches. */
    void push(int packets) {
        for (int left = packets; left > 0; left -= Batch.CAPACITY) {
            Batch batch = pool.batch();
            for (int i = 0; i < Batch.CAPACITY; i++) {
                batch.add(packet(next));
                next = next + 1 == destinations.length ? 0 : next + 1;
            }
            into.push(0, batch);
        }
    }

    /** Copied where it lies, as a packet comes from a device: its buffer is not asked. */
    private Packet packet(int index) {
        Packet packet = pool.allocate(LENGTH);
        PlatformDependent.copyMemory(template.memoryAddress(), packet.address(), LENGTH);
        int destination = destinations[index];
        int words = sum + (destination >>> CARRY) + (destination & WORD);
        if (sources.length > 0) {
            int source = sources[index];
            packet.set32(SOURCE_AT, source);
            words += (source >>> CARRY) + (source & WORD) - templateSource;
        }
        words = (words & WORD) + (words >>> CARRY);
        words = (words & WORD) + (words >>> CARRY);
        packet.set32(DESTINATION_AT, destination);
        packet.set16(CHECKSUM_AT, ~words);
        if (ports.length > 0) {
            packet.set32(SOURCE_PORT_AT, ports[index]);
        }
        return packet;
    }
}
