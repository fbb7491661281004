package vini.forwarder.offload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Block;
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.forwarder.io.Errno;
import vini.forwarder.io.PacketCalls;

import java.util.function.Consumer;

/**
 * Reads from a tun device with virtio headers, and cuts what stands for many packets. Units of one
 * flow look alike: where the payload of the next one's packets belongs is guessed from the last, so
 * that the kernel writes each where its packet will be, with room for headers in between. A wrong
 * guess costs a copy.
 */
public final class TunReader implements AutoCloseable {
    /** What must be at hand: a virtio header and the longest IP packet. */
    public static final int SCRATCH_BYTES = VirtioHeader.BYTES + 65_535;

    private static final int PACKETS_MAX = 64;
    private static final int VECTOR_BYTES = 16;

    /** Less than this is copied, so that a few packets do not keep a block for themselves. */
    private static final int WORTH_BYTES = Block.BYTES / 4;

    /** After so many packets that came alone the next is expected to, too. */
    private static final int FORGETS = 32;

    private final int descriptor;
    private final PacketPool pool;
    private final ByteBuf scratch;
    private final Consumer<Packet> to;
    private final Segmenter segmenter = new Segmenter();

    /** The vectors, then the headers of the unit that is being cut. */
    private final ByteBuf call;

    private final int templateAt = (PACKETS_MAX + 2) * VECTOR_BYTES;

    /** Where the next unit's packets will be, if there is a guess. */
    private @Nullable Block block;

    private int headerBytes;
    private int segmentBytes;

    /** How many packets have a place. */
    private int places;

    private int alone;

    /**
     * @param scratch {@link #SCRATCH_BYTES} that nobody needs while this reads
     * @param to gets the packets
     */
    public TunReader(int descriptor, PacketPool pool, ByteBuf scratch, Consumer<Packet> to) {
        this.descriptor = descriptor;
        this.pool = pool;
        this.scratch = scratch;
        this.to = to;
        call = PooledByteBufAllocator.DEFAULT.directBuffer(templateAt + Headers.BYTES_MAX);
    }

    /** What came of a call. */
    public enum Read {
        /** A unit, whose packets were emitted. */
        UNIT,
        /** A unit that contradicts itself. */
        BAD,
        /** Nothing for now. */
        NOTHING,
        /** The device is gone. */
        GONE
    }

    /** Reads one unit. */
    public Read read() {
        Block into = block;
        long length =
                into == null
                        ? PacketCalls.read(descriptor, scratch.memoryAddress(), SCRATCH_BYTES)
                        : PacketCalls.readv(descriptor, call.memoryAddress(), places + 2);
        if (length <= 0) {
            return length == -Errno.EAGAIN ? Read.NOTHING : Read.GONE;
        }
        int bytes = (int) length - VirtioHeader.BYTES;
        boolean good = into == null ? segment(bytes) : scattered(into, bytes);
        return good ? Read.UNIT : Read.BAD;
    }

    /** Cuts a unit that lies in one piece behind its virtio header. */
    private boolean segment(int bytes) {
        boolean good = segmenter.segment(scratch, 0, VirtioHeader.BYTES + bytes, pool, to);
        if (good && bytes >= WORTH_BYTES && VirtioHeader.type(scratch, 0) != VirtioHeader.NONE) {
            guess(segmenter.headerBytes(), VirtioHeader.segmentBytes(scratch, 0), bytes);
        }
        return good;
    }

    /** Prepares for units like the last. */
    private void guess(int headers, int segment, int bytes) {
        int most = Math.min(PACKETS_MAX, Block.BYTES / (headers + segment));
        // A unit of one packet has no pieces to be laid, and might leave no room for the rest.
        boolean isOfMany = most > 1 && headers + most * segment >= bytes;
        if (isOfMany && headers <= Headers.BYTES_MAX) {
            headerBytes = headers;
            segmentBytes = segment;
            places = most;
            alone = 0;
            layVectors(block == null ? pool.block() : block);
        }
    }

    private void forget() {
        if (block != null) {
            pool.release(block);
            block = null;
        }
    }

    /** Virtio header, first packet, payload of each other packet, and what is left. */
    private void layVectors(Block into) {
        block = into;
        long memory = into.bytes().memoryAddress();
        int stride = headerBytes + segmentBytes;
        vector(0, scratch.memoryAddress(), VirtioHeader.BYTES);
        vector(1, memory, stride);
        for (int i = 1; i < places; i++) {
            vector(1 + i, memory + (long) i * stride + headerBytes, segmentBytes);
        }
        int placed = VirtioHeader.BYTES + headerBytes + places * segmentBytes;
        vector(1 + places, scratch.memoryAddress() + placed, SCRATCH_BYTES - placed);
    }

    private void vector(int index, long address, long length) {
        call.setLongLE(index * VECTOR_BYTES, address);
        call.setLongLE(index * VECTOR_BYTES + 8, length);
    }

    /** Emits what was read with vectors. */
    private boolean scattered(Block full, int bytes) {
        ByteBuf into = full.bytes();
        boolean isAlone = VirtioHeader.type(scratch, 0) == VirtioHeader.NONE;
        if (isAlone && bytes <= headerBytes + segmentBytes) {
            boolean good = segmenter.whole(scratch, 0, into, 0, bytes, pool, to);
            if (++alone == FORGETS) {
                forget();
            }
            return good;
        }
        alone = 0;
        boolean isAsGuessed =
                bytes >= WORTH_BYTES
                        && bytes > headerBytes + segmentBytes
                        && bytes <= headerBytes + places * segmentBytes
                        && VirtioHeader.segmentBytes(scratch, 0) == segmentBytes
                        && segmenter.find(scratch, 0, into, 0, bytes)
                        && segmenter.headerBytes() == headerBytes;
        if (!isAsGuessed) {
            gather(into, bytes);
            return segment(bytes);
        }
        cutInPlace(full, bytes);
        return true;
    }

    /** Puts the pieces together behind the virtio header. */
    private void gather(ByteBuf from, int bytes) {
        int stride = headerBytes + segmentBytes;
        scratch.setBytes(VirtioHeader.BYTES, from, 0, stride);
        int end = stride;
        for (int i = 1; i < places && end < bytes; i++) {
            scratch.setBytes(
                    VirtioHeader.BYTES + end, from, i * stride + headerBytes, segmentBytes);
            end += segmentBytes;
        }
    }

    /** Makes packets where the payload lies; the block is theirs. */
    private void cutInPlace(Block full, int bytes) {
        ByteBuf memory = full.bytes();
        int stride = headerBytes + segmentBytes;
        int payload = bytes - headerBytes;
        int packets = (payload + segmentBytes - 1) / segmentBytes;
        segmenter.begin(memory, 0);
        // Who gets the first packet may have changed it before the second is made.
        call.setBytes(templateAt, memory, 0, headerBytes);
        full.retain(packets - 1);
        layVectors(pool.block());
        for (int i = 0; i < packets; i++) {
            int at = i * stride;
            int length = headerBytes + Math.min(segmentBytes, payload - i * segmentBytes);
            memory.setBytes(at, call, templateAt, headerBytes);
            Packet packet = pool.window(full, at, at + length);
            segmenter.complete(packet, i == packets - 1);
            to.accept(packet);
        }
    }

    @Override
    public void close() {
        forget();
        call.release();
    }
}
