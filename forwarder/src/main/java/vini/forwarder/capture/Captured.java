package vini.forwarder.capture;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * What a process has written down since it was asked the last time.
 *
 * @param total packets that it has seen since the beginning
 * @param missed how many of them there was no room for
 * @param packets in the order of their times
 */
public record Captured(long total, long missed, List<CapturedPacket> packets) {
    public Captured {
        packets = List.copyOf(packets);
    }

    /** Whoever has the capture. */
    public interface Source {
        /** A piece, as {@link Capture#fetch} hands it over. */
        String fetch() throws IOException;
    }

    /**
     * Fetches all that there is.
     *
     * @throws IOException an answer is none, or does not come
     */
    public static Captured from(Source source) throws IOException {
        List<CapturedPacket> packets = new ArrayList<>();
        Piece piece = new Piece(0, 0, true);
        while (piece.more) {
            piece = Piece.parse(source.fetch(), packets);
        }
        // Several loops write in it; the sort keeps what happened on one in its order.
        packets.sort(Comparator.comparingLong(CapturedPacket::nanos));
        return new Captured(piece.total, piece.missed, packets);
    }

    private record Piece(long total, long missed, boolean more) {
        static Piece parse(String answer, List<CapturedPacket> packets) throws IOException {
            long total = 0;
            long missed = 0;
            boolean more = false;
            List<String> reasons = new ArrayList<>();
            try {
                for (String line : answer.lines().toList()) {
                    int space = line.indexOf(' ');
                    String value = line.substring(space + 1);
                    switch (line.substring(0, Math.max(0, space))) {
                        case "total" -> total = Long.parseLong(value);
                        case "missed" -> missed = Long.parseLong(value);
                        case "more" -> more = Boolean.parseBoolean(value);
                        case "reason" -> reasons.add(value);
                        case "packets" -> read(Base64.getDecoder().decode(value), reasons, packets);
                        default -> throw new IOException("not what a capture answers: " + line);
                    }
                }
            } catch (IllegalArgumentException
                    | BufferUnderflowException
                    | IndexOutOfBoundsException
                    | NegativeArraySizeException e) {
                throw new IOException("what a capture answers is damaged", e);
            }
            return new Piece(total, missed, more);
        }
    }

    private static void read(byte[] bytes, List<String> reasons, List<CapturedPacket> packets) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            long nanos = in.getLong();
            int length = in.getInt();
            int kept = in.getInt();
            int point = in.getShort() & 0xffff;
            int reason = in.getShort() & 0xffff;
            byte[] packet =
                    new byte[Math.min(kept, in.remaining() + 1)]; // too few bytes are found below
            in.get(packet);
            String[] words = reason == 0 ? null : reasons.get(reason - 1).split(" ", 2);
            packets.add(
                    new CapturedPacket(nanos, point, length, packet, at(words, 0), at(words, 1)));
        }
    }

    private static @Nullable String at(String @Nullable [] words, int number) {
        return words == null ? null : words[number];
    }
}
