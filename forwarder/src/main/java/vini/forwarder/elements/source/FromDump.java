package vini.forwarder.elements.source;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.wire.WireException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * Reads packets from the capture file FILENAME ({@code -}: the standard input): classic pcap of
 * either byte order in micro- or nanoseconds, or pcapng, also if it is gzipped. Packets get the
 * timestamp of the file, and as their extra length what was not captured. A file that is damaged
 * ends there with a message, and {@code errors} counts it.
 *
 * <ul>
 *   <li>STOP: whether the run ends after the last packet (default false)
 *   <li>END_CALL: a handler that is written after the last, {@code ELEMENT.HANDLER VALUE}
 *   <li>TIMING: whether packets come as far apart as they were captured (default false: as fast as
 *       they are taken); the first one comes at once
 *   <li>SAMPLE: emits each packet with that chance, 0 to 1 (default 1)
 *   <li>FORCE_IP: whether only IPv4 packets are emitted, with their header annotations set (default
 *       false); the others go to output 1, or are dropped if that is not wired
 *   <li>START, END: seconds since 1970; emits packets from START on and ends at END
 *   <li>START_AFTER, END_AFTER: the same, as a time after the file's first packet
 *   <li>INTERVAL: ends so long after the first packet that was emitted
 *   <li>ACTIVE: whether it emits any before it is told to (default true)
 *   <li>FILEPOS: the place in the (uncompressed) file to begin at, in bytes
 *   <li>MMAP: taken and not needed
 * </ul>
 *
 * <pre>{@code
 * FromDump(trace.pcap, STOP true, TIMING true, FORCE_IP true) -> IPPrint -> Discard;
 * }</pre>
 *
 * <p>Handlers: {@code count}, {@code encap}, {@code errors}, {@code filename}, {@code filesize},
 * {@code packet_filepos}, {@code sampling_prob} (read), {@code active}, {@code filepos} (read,
 * write), {@code extend_interval} (write: goes on for so long), {@code reset_counts}, {@code
 * reset_timing}, {@code stop} (write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "FromDump",
        ports = "0/1-2",
        processing = "a/ah",
        drops = {"notIp", "passedOver"})
public final class FromDump extends TraceSource implements Encapsulation.Known {
    private String file = "";
    private boolean forceIp;
    private TimeWindow window = new TimeWindow();
    private long beginAt;

    /** None when the file is at its end. */
    private @Nullable CaptureReader reader;

    private Encapsulation encapsulation = Encapsulation.UNKNOWN;
    private String size = "-";
    private long position;
    private long packetPosition;

    /** Where the packet that was read last stands in the file, and how it begins. */
    private long readPosition;

    private Encapsulation begins = Encapsulation.UNKNOWN;
    private final Counter errors = counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter notIp;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        file = arguments.required("FILENAME", ArgumentTypes::fileName);
        configureTrace(arguments);
        forceIp = arguments.keyword("FORCE_IP", ArgumentTypes::bool, false);
        window = TimeWindow.read(arguments);
        beginAt = arguments.keyword("FILEPOS", ArgumentTypes.integer(0, Long.MAX_VALUE), 0L);
        boolean _ = arguments.keyword("MMAP", ArgumentTypes::bool, false);
    }

    @Override
    protected void initialize() throws ConfigException {
        notIp = drops("notIp");
        FromDump before = predecessor(FromDump.class);
        try {
            if (before == null || !before.file.equals(file)) {
                open(beginAt);
            } else {
                encapsulation = before.encapsulation;
                size = before.size;
            }
        } catch (IOException e) {
            throw new ConfigException(file + ": " + reason(e));
        } catch (WireException e) {
            throw new ConfigException(file + ": " + e.getMessage());
        }
        super.initialize();
    }

    static String reason(IOException e) {
        return e instanceof NoSuchFileException
                ? "there is no such file"
                : e instanceof AccessDeniedException
                        ? "it may not be read"
                        : String.valueOf(e.getMessage());
    }

    private void open(long from) throws IOException, WireException {
        CaptureReader opened = CaptureReader.open(file);
        if (from > opened.input().position()) {
            opened.input().skip(from - opened.input().position());
        }
        encapsulation = opened.encapsulation();
        size = opened.input().size();
        position = opened.input().position();
        reader = opened;
    }

    @Override
    public Encapsulation encapsulation() {
        return encapsulation;
    }

    @Override
    boolean atEnd() {
        return reader == null;
    }

    @Override
    @Nullable Packet read() {
        CaptureReader from = reader;
        if (from == null) {
            return null;
        }
        try {
            readPosition = position;
            if (!from.next()) {
                closeReader();
                return null;
            }
        } catch (IOException | WireException e) {
            errors.increment();
            chatter(name() + ": " + file + ": " + e.getMessage());
            closeReader();
            return null;
        }
        position = from.input().position();
        return wanted(from);
    }

    private @Nullable Packet wanted(CaptureReader from) {
        window.first(from.timestampNanos());
        if (window.isBefore(from.timestampNanos()) || !isSampled()) {
            return null;
        }
        begins = from.encapsulation();
        return packet(from);
    }

    @Override
    @Nullable Packet emit(Packet packet) {
        packetPosition = readPosition;
        if (forceIp && !begins.findIp(packet)) {
            addOrDrop(1, packet, notIp);
            return null;
        }
        return packet;
    }

    private Packet packet(CaptureReader from) {
        Packet packet = loop().packets().allocate(from.capturedBytes());
        packet.buffer().setBytes(packet.start(), from.data(), 0, from.capturedBytes());
        packet.timestampNanos(from.timestampNanos());
        long extra = Math.max(0, from.wireBytes() - from.capturedBytes());
        packet.annotation(Annotation.EXTRA_LENGTH.at(), 4, extra);
        return packet;
    }

    @Override
    boolean isWithin(Packet packet) {
        return window.isWithin(packet.timestampNanos());
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    @Override
    protected void takeState(Element old) {
        FromDump other = (FromDump) old;
        if (other.file.equals(file)) {
            reader = other.reader;
            other.reader = null;
            position = other.position;
            packetPosition = other.packetPosition;
            readPosition = other.readPosition;
            begins = other.begins;
            if (isConfiguredAs(other)) {
                window = other.window;
            } else {
                window.first(other.window.firstNanos());
            }
            takeTrace(other);
        }
    }

    @Override
    protected void close() {
        super.close();
        closeReader();
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("count", count::value).read("errors", errors::value);
        handlers.read("encap", encapsulation::word).read("filename", () -> file);
        handlers.read("filesize", () -> size).read("packet_filepos", () -> packetPosition);
        handlers.read("filepos", () -> position);
        handlers.act("filepos", this::seek);
        handlers.write("reset_counts", value -> count.reset());
        handlers.write("reset_timing", value -> resetTiming());
        handlers.write(
                "extend_interval",
                value -> {
                    window.extend(ArgumentTypes.nanos(value));
                    setActive(true);
                });
    }

    private void seek(String value) throws HandlerException {
        long to = ArgumentTypes.integer(0, Long.MAX_VALUE).apply(value);
        forgetWaiting();
        closeReader();
        try {
            open(to);
        } catch (IOException | WireException e) {
            throw new HandlerException(file + ": " + e.getMessage());
        }
    }
}
