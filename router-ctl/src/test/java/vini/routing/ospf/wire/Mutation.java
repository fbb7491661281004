package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;

import vini.net.Checksum;

import java.util.Random;

/** Changes a packet at random and makes its checksum right again, mostly. */
public final class Mutation {
    private Mutation() {}

    public static void mutate(ByteBuf packet, Random random) {
        for (int n = 1 + random.nextInt(4); n > 0 && packet.isReadable(); n--) {
            int at = random.nextInt(packet.writerIndex());
            switch (random.nextInt(4)) {
                case 0 -> packet.setByte(at, random.nextInt(256));
                case 1 -> packet.setByte(at, packet.getByte(at) ^ 1 << random.nextInt(8));
                case 2 -> packet.setByte(at, random.nextBoolean() ? 0xff : 0);
                default -> {
                    if (random.nextInt(4) == 0) {
                        packet.writerIndex(at);
                    }
                }
            }
        }
        if (packet.writerIndex() < OspfHeader.BYTES || random.nextInt(8) == 0) {
            return;
        }
        if (random.nextBoolean()) {
            packet.setShort(2, packet.writerIndex());
        }
        int length = Math.min(packet.writerIndex(), packet.getUnsignedShort(2));
        if (length >= OspfHeader.BYTES) {
            fixLsas(packet, length, random);
            packet.setShort(OspfHeader.CHECKSUM_AT, 0);
            long sum =
                    Checksum.sum(packet, 0, OspfHeader.AUTHENTICATION_AT)
                            + Checksum.sum(packet, OspfHeader.BYTES, length - OspfHeader.BYTES);
            packet.setShort(OspfHeader.CHECKSUM_AT, Checksum.finish(sum));
        }
    }

    /** The first LSA of an update gets a right checksum, so that its body is looked into. */
    private static void fixLsas(ByteBuf packet, int length, Random random) {
        int at = OspfHeader.BYTES + LinkStateUpdate.FIXED_BYTES;
        if (packet.getByte(1) != 4 || length < at + LsaHeader.BYTES || random.nextBoolean()) {
            return;
        }
        int lsaLength = packet.getUnsignedShort(at + LsaHeader.LENGTH_AT);
        if (lsaLength < LsaHeader.BYTES || at + lsaLength > length) {
            return;
        }
        packet.setShort(at + LsaHeader.CHECKSUM_AT, 0);
        byte[] bytes = new byte[lsaLength];
        packet.getBytes(at, bytes);
        packet.setShort(
                at + LsaHeader.CHECKSUM_AT,
                Fletcher.of(
                        bytes,
                        LsaHeader.OPTIONS_AT,
                        lsaLength - LsaHeader.OPTIONS_AT,
                        LsaHeader.CHECKSUM_AT));
    }
}
