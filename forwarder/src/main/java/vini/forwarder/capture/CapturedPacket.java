package vini.forwarder.capture;

import org.jspecify.annotations.Nullable;

/**
 * A packet that was written down.
 *
 * @param nanos when, on the clock of the process
 * @param point where, by its number in the order
 * @param length of the packet in bytes
 * @param bytes the first of them
 * @param place the node, and the element, where it ended: {@code denver/to_kansas}; null if it did
 *     not
 * @param reason why it ended there: {@code linkLoss}; null if it did not
 */
@SuppressWarnings("ArrayRecordComponent") // packets are not compared
public record CapturedPacket(
        long nanos,
        int point,
        int length,
        byte[] bytes,
        @Nullable String place,
        @Nullable String reason) {}
