package vini.forwarder.elements.source;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Writes packets to the capture file FILENAME ({@code -}: the standard output), which tcpdump,
 * Wireshark and FromDump read, and passes them on if it has an output. A name that ends in {@code
 * .gz} is gzipped. The file is complete when the graph has ended.
 *
 * <ul>
 *   <li>SNAPLEN: how many bytes of each packet are written at most, 0 to 262144 (default 2000; 0:
 *       all)
 *   <li>ENCAP: how packets begin: ETHER (the default), IP, FDDI, ATM, 802_11, SLL, AIRONET, HDLC,
 *       PPP_HDLC, PPP, SUNATM, PRISM or NULL
 *   <li>USE_ENCAP_FROM: instead, as those elements say (FromDump, FromDevice); they must agree
 *   <li>EXTRA_LENGTH: whether the extra length annotation counts as the packet's (default true)
 *   <li>NANO: whether times are in nanoseconds, else in microseconds (default true)
 *   <li>UNBUFFERED: whether each packet is written at once (default false)
 *   <li>FORMAT: {@code pcap} or {@code pcapng} (default: pcapng if the name ends so)
 * </ul>
 *
 * <pre>{@code
 * FromDevice(eth0) -> ToDump(trace.pcap, SNAPLEN 96) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count}, {@code errors} (packets that could not be written), {@code filename}
 * (read), {@code flush}, {@code reset_counts} (write).
 */
@AutoService(Element.class)
@ElementClass(name = "ToDump", ports = "1/0-1", processing = "a/a")
public final class ToDump extends DumpSink {
    private int snapLength;
    private boolean extraLength;
    private boolean nanoseconds;
    private boolean unbuffered;
    private Encapsulation encapsulation = Encapsulation.ETHER;
    private List<String> encapsulationFrom = List.of();
    private CaptureWriter.Format format = CaptureWriter.Format.PCAP;
    private @Nullable CaptureWriter writer;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        file = arguments.required("FILENAME", ArgumentTypes::fileName);
        snapLength =
                arguments.optional(
                        "SNAPLEN", ArgumentTypes.integer(0, CaptureReader.PACKET_BYTES_MAX), 2000);
        boolean given = true;
        encapsulation = arguments.optional("ENCAP", Encapsulation::parse, Encapsulation.UNKNOWN);
        if (encapsulation == Encapsulation.UNKNOWN) {
            given = false;
            encapsulation = Encapsulation.ETHER;
        }
        encapsulationFrom =
                arguments.keyword(
                        "USE_ENCAP_FROM",
                        text -> List.of(text.strip().split("\\s+", -1)),
                        List.of());
        if (given && !encapsulationFrom.isEmpty()) {
            throw new ConfigException("there can be one of ENCAP and USE_ENCAP_FROM");
        }
        extraLength = arguments.keyword("EXTRA_LENGTH", ArgumentTypes::bool, true);
        nanoseconds = arguments.keyword("NANO", ArgumentTypes::bool, true);
        unbuffered = arguments.keyword("UNBUFFERED", ArgumentTypes::bool, false);
        format =
                arguments.keyword(
                        "FORMAT",
                        ToDump::format,
                        file.endsWith(".pcapng") || file.endsWith(".pcapng.gz")
                                ? CaptureWriter.Format.PCAPNG
                                : CaptureWriter.Format.PCAP);
    }

    private static CaptureWriter.Format format(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "pcap" -> CaptureWriter.Format.PCAP;
            case "pcapng" -> CaptureWriter.Format.PCAPNG;
            default -> throw new IllegalArgumentException("'" + text + "' is not pcap or pcapng");
        };
    }

    @Override
    protected void initialize() throws ConfigException {
        if (!encapsulationFrom.isEmpty()) {
            encapsulation = agreed();
        }
        super.initialize();
    }

    private Encapsulation agreed() throws ConfigException {
        Encapsulation agreed = null;
        for (String other : encapsulationFrom) {
            Encapsulation.Known known = named(other, Encapsulation.Known.class);
            if (known == null) {
                throw new ConfigException(
                        "USE_ENCAP_FROM: there is no element '" + other + "' that knows");
            }
            Encapsulation said = known.encapsulation();
            if (said == Encapsulation.UNKNOWN) {
                throw new ConfigException("USE_ENCAP_FROM: '" + other + "' does not know");
            }
            if (agreed != null && agreed != said) {
                throw new ConfigException(
                        "USE_ENCAP_FROM: " + agreed.word() + " and " + said.word() + " differ");
            }
            agreed = said;
        }
        return agreed == null ? Encapsulation.ETHER : agreed;
    }

    @Override
    Next next(DumpSink before) {
        ToDump other = (ToDump) before;
        boolean same =
                format == other.format
                        && encapsulation == other.encapsulation
                        && nanoseconds == other.nanoseconds;
        boolean sections =
                format == CaptureWriter.Format.PCAPNG
                        && other.format == CaptureWriter.Format.PCAPNG;
        return same ? Next.PACKET : sections ? Next.HEADER : Next.NOTHING;
    }

    @Override
    void begin(DumpOutput to) throws IOException {
        writer(to).begin();
    }

    private CaptureWriter writer(DumpOutput to) {
        CaptureWriter present = writer;
        if (present == null) {
            present =
                    new CaptureWriter(
                            to, format, encapsulation, snapLength, nanoseconds, extraLength);
            writer = present;
        }
        return present;
    }

    @Override
    void write(DumpOutput to, Packet packet) throws IOException {
        long nanos = packet.timestampNanos();
        writer(to).write(packet, nanos != 0 ? nanos : loop().clock().epochNanos());
        if (unbuffered) {
            to.flush();
        }
    }
}
