package vini.forwarder.elements.source;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;

import java.nio.charset.StandardCharsets;

/** What the packets of a source consist of: DATA, cut off at LENGTH or repeated up to it. */
final class PacketData {
    private static final String DEFAULT =
            "A packet of a Vini source that was told nothing else; it has 64 bytes. .";

    /** Longer ones no link of ours carries. */
    static final int LENGTH_MAX = 1 << 16;

    private byte[] data = bytes(DEFAULT);
    private int length = -1;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bounded(String text) {
        byte[] read = ArgumentTypes.data(text);
        if (read.length > LENGTH_MAX) {
            throw new IllegalArgumentException(read.length + " bytes are more than " + LENGTH_MAX);
        }
        return read;
    }

    void readData(Arguments arguments) throws ConfigException {
        data = arguments.optional("DATA", PacketData::bounded, data);
    }

    void readLength(Arguments arguments) throws ConfigException {
        length = arguments.keyword("LENGTH", ArgumentTypes.integer(-1, LENGTH_MAX), -1);
    }

    void take(PacketData other) {
        data = other.data;
    }

    /** How many bytes each packet has. */
    int length() {
        return length < 0 ? data.length : length;
    }

    /** A packet of these bytes. */
    Packet make(PacketPool pool) {
        int size = length();
        Packet packet = pool.allocate(size);
        if (data.length == 0) {
            packet.buffer().setZero(packet.start(), size);
            return packet;
        }
        for (int at = 0; at < size; at += data.length) {
            int part = Math.min(data.length, size - at);
            packet.buffer().setBytes(packet.start() + at, data, 0, part);
        }
        return packet;
    }

    /** {@code data}, read and write. */
    void dataHandlers(Handlers handlers) {
        handlers.read("data", () -> new String(data, StandardCharsets.ISO_8859_1));
        // As a setting it would be read as it is, and could not be written so.
        handlers.act("data", value -> data = bounded(value));
    }

    /** {@code length}, read and write. */
    void lengthHandlers(Handlers handlers) {
        handlers.read("length", () -> length);
        handlers.write(
                "length", value -> length = ArgumentTypes.integer(-1, LENGTH_MAX).apply(value));
    }
}
