package vini.forwarder.offload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A seeded mix of what may come out of a host: flows of TCP and UDP of both versions, in single
 * packets and in units of the kernel's; options, fragments, marks, odd lengths, wrong checksums and
 * what is no packet at all.
 */
final class Traffic {
    private static final int MTU = 1500;

    private final Random random;
    private final List<Flow> flows = new ArrayList<>();

    /** How many packets the units stand for that were made. */
    private int packets;

    private int units;

    /** A flow that goes on where it was left. */
    private static final class Flow {
        final Sketch sketch = new Sketch();
        final boolean isTcp;
        int sequence;
        int id;
        int length = 500;

        Flow(int number) {
            sketch.source = 1 + number;
            sketch.version = number % 4 < 2 ? 4 : 6;
            isTcp = number % 2 == 0;
        }
    }

    Traffic(long seed) {
        random = new Random(seed);
        for (int i = 0; i < 8; i++) {
            Flow flow = new Flow(i);
            flow.sequence = random.nextInt();
            flow.id = random.nextInt(65_536);
            flows.add(flow);
        }
    }

    /** How many packets all units stand for. */
    int packets() {
        return packets;
    }

    /** How many units of more than one packet there were. */
    int units() {
        return units;
    }

    /** Some packets and units of a few flows, each behind its virtio header, not too many. */
    List<byte[]> burst() {
        List<byte[]> burst = new ArrayList<>();
        int before = packets;
        while (packets - before < 100) {
            Flow flow = flows.get(random.nextInt(flows.size()));
            vary(flow);
            int run = 1 + random.nextInt(12);
            for (int i = 0; i < run; i++) {
                burst.add(next(flow));
            }
        }
        return burst;
    }

    private void vary(Flow flow) {
        Sketch sketch = flow.sketch;
        switch (random.nextInt(24)) {
            case 0 -> sketch.ttl = 1 + random.nextInt(255);
            case 1 -> sketch.tos = random.nextInt(256);
            case 2 -> sketch.window = random.nextInt(65_536);
            case 3 -> sketch.fragment = random.nextBoolean() ? 0x4000 : 0;
            case 4 -> sketch.options = payload(4 * random.nextInt(11));
            case 5 -> sketch.ipOptions = noOperations(4 * random.nextInt(4));
            case 6 -> sketch.extension = 8 * random.nextInt(4);
            case 7 -> flow.id += random.nextInt(3);
            case 8 -> sketch.ports ^= random.nextInt(2) << 16;
            case 9 -> sketch.acknowledgment += random.nextInt(3000);
            case 10, 11, 12 -> flow.length = 1 + random.nextInt(room(flow));
            case 13, 14 -> flow.length = room(flow);
            default -> {}
        }
        flow.length = Math.min(flow.length, room(flow));
    }

    /** The most payload that a packet may have. */
    private static int room(Flow flow) {
        Sketch sketch = flow.sketch;
        int ip = sketch.version == 4 ? 20 + sketch.ipOptions.length : 40 + sketch.extension;
        return MTU - ip - (flow.isTcp ? 20 + sketch.options.length : 8);
    }

    private byte[] next(Flow flow) {
        Sketch sketch = flow.sketch;
        int reserved = sketch.reserved;
        int urgent = sketch.urgent;
        int fragment = sketch.fragment;
        switch (random.nextInt(60)) {
            case 0 -> sketch.reserved = random.nextInt(16);
            case 1 -> sketch.urgent = random.nextInt(65_536);
            case 2 -> sketch.fragment = random.nextInt(65_536);
            case 3 -> flow.sequence += random.nextInt(3);
            default -> {}
        }
        byte[] packet = random.nextInt(12) == 0 ? unit(flow) : single(flow);
        sketch.reserved = reserved;
        sketch.urgent = urgent;
        sketch.fragment = fragment;
        return packet;
    }

    private byte[] single(Flow flow) {
        packets++;
        int length = random.nextInt(8) > 0 ? flow.length : random.nextInt(flow.length + 1);
        byte[] payload = payload(length);
        int flags = random.nextInt(16) > 0 ? 0x10 : random.nextInt(256);
        byte[] packet =
                flow.isTcp
                        ? flow.sketch.tcp(flow.sequence, flags, flow.id, payload)
                        : flow.sketch.udp(flow.id, payload);
        flow.sequence += length;
        flow.id++;
        return switch (random.nextInt(40)) {
            case 0 -> Sketch.plain(damaged(packet));
            case 1 -> Sketch.plain(padded(packet));
            case 2 -> flow.isTcp ? Sketch.plain(packet) : flow.sketch.udpPartial(flow.id, payload);
            case 3 -> Sketch.plain(withoutChecksum(packet, flow));
            default -> Sketch.plain(packet);
        };
    }

    /** What the kernel does not vouch for is no unit: a fragment is sent alone. */
    private byte[] unit(Flow flow) {
        Sketch sketch = flow.sketch;
        sketch.fragment &= 0x4000;
        int most = Math.min(60, 60_000 / flow.length);
        int count = 2 + random.nextInt(Math.max(1, most - 2));
        int last = 1 + random.nextInt(flow.length);
        byte[] payload = payload((count - 1) * flow.length + last);
        packets += count;
        units++;
        int flags = 0x10 | (random.nextInt(4) == 0 ? random.nextInt(256) & ~0x06 : 0);
        byte[] unit =
                flow.isTcp
                        ? sketch.tcpUnit(flow.sequence, flags, flow.id, flow.length, payload)
                        : sketch.udpUnit(flow.id, flow.length, payload);
        flow.sequence += payload.length;
        flow.id += count;
        return unit;
    }

    /** With a wrong bit behind the version, which a device looks at. */
    private byte[] damaged(byte[] packet) {
        packet[1 + random.nextInt(packet.length - 1)] ^= (byte) (1 << random.nextInt(8));
        return packet;
    }

    /** With more bytes than its header says, as far as there is room. */
    private byte[] padded(byte[] packet) {
        return Arrays.copyOf(packet, Math.min(MTU, packet.length + random.nextInt(20)));
    }

    /** UDP with the zero that stands for no checksum. */
    private static byte[] withoutChecksum(byte[] packet, Flow flow) {
        Sketch sketch = flow.sketch;
        int at = sketch.version == 4 ? 20 + sketch.ipOptions.length : 40 + sketch.extension;
        if (!flow.isTcp) {
            packet[at + 6] = 0;
            packet[at + 7] = 0;
        }
        return packet;
    }

    private byte[] payload(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] noOperations(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 1);
        return bytes;
    }
}
