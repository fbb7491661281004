package vini.forwarder.elements.source;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a line of text about each IPv4 packet to the file FILENAME ({@code -}: the standard
 * output), and passes packets on if it has an output. The IP header must be marked, by
 * CheckIPHeader or MarkIPHeader. FromIPSummaryDump reads the file.
 *
 * <ul>
 *   <li>FIELDS (or CONTENTS, DATA): what a line has, between spaces (default {@code ip_src
 *       ip_dst}): timestamp, utimestamp, ntimestamp, ts_sec, ts_usec, ts_usec1, ip_src, ip_dst,
 *       ip_frag, ip_fragoff, ip_len, ip_proto, ip_hl, ip_id, ip_tos, ip_dscp, ip_ecn, ip_ttl,
 *       ip_sum, ip_opt, sport, dport, tcp_seq, tcp_ack, tcp_off, tcp_flags, tcp_opt, tcp_ntopt,
 *       tcp_sack, tcp_window, tcp_urp, udp_len, icmp_type, icmp_code, icmp_type_name,
 *       icmp_code_name, icmp_flowid, icmp_seq, icmp_nextmtu, payload, payload_len, payload_md5,
 *       payload_md5_hex, ip_capture_len, count, direction, link, paint, aggregate, first_timestamp,
 *       eth_src, eth_dst, wire_len; a dash stands for what a packet has not
 *   <li>HEADER: whether the file begins with lines that describe it (default true)
 *   <li>VERBOSE: whether one of them says the time (default false)
 *   <li>BANNER: a text for a line {@code !creator} (default: none)
 *   <li>MULTIPACKET: whether a packet that stands for several gets as many lines, unless FIELDS has
 *       count (default false)
 *   <li>BAD_PACKETS: whether a line {@code !bad ...} comes before packets with a bad header
 *       (default false)
 *   <li>CAREFUL_TRUNC: whether that is so for those, too, whose end is missing (default true)
 *   <li>EXTRA_LENGTH: whether the extra length annotation counts (default true)
 *   <li>BINARY: whether packets are written as binary records, which is shorter; some fields have
 *       no binary form (default false)
 * </ul>
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> ToIPSummaryDump(flows.txt, FIELDS timestamp ip_src ip_dst ip_len);
 * }</pre>
 *
 * <p>Handlers: {@code count}, {@code errors} (packets that could not be written), {@code filename}
 * (read), {@code flush}, {@code reset_counts} (write).
 */
@AutoService(Element.class)
@ElementClass(name = "ToIPSummaryDump", ports = "1/0-1", processing = "a/h")
public final class ToIpSummaryDump extends DumpSink {
    private static final long LINES_MAX = 100_000;

    /** Such as {@code Tue Jul 24 17:53:30 2001}, in UTC. */
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final SummaryView view = new SummaryView();
    private final SummaryText text = new SummaryText(view);
    private List<SummaryField> fields = List.of(SummaryField.IP_SRC, SummaryField.IP_DST);
    private String banner = "";
    private boolean header;
    private boolean verbose;
    private boolean multipacket;
    private boolean badPackets;
    private boolean carefulTruncation;
    private boolean extraLength;
    private boolean binary;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        file = arguments.required("FILENAME", ArgumentTypes::fileName);
        for (String keyword : List.of("FIELDS", "CONTENTS", "DATA")) {
            fields = arguments.keyword(keyword, SummaryField::list, fields);
        }
        header = arguments.keyword("HEADER", ArgumentTypes::bool, true);
        verbose = arguments.keyword("VERBOSE", ArgumentTypes::bool, false);
        banner = arguments.keyword("BANNER", ArgumentTypes::string, "");
        multipacket = arguments.keyword("MULTIPACKET", ArgumentTypes::bool, false);
        badPackets = arguments.keyword("BAD_PACKETS", ArgumentTypes::bool, false);
        carefulTruncation = arguments.keyword("CAREFUL_TRUNC", ArgumentTypes::bool, true);
        extraLength = arguments.keyword("EXTRA_LENGTH", ArgumentTypes::bool, true);
        binary = arguments.keyword("BINARY", ArgumentTypes::bool, false);
        try {
            SummaryBinary.check(binary ? fields : List.of());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("BINARY: " + e.getMessage());
        }
    }

    private static void line(DumpOutput to, String line) throws IOException {
        to.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    Next next(DumpSink before) {
        return fields.equals(((ToIpSummaryDump) before).fields) ? Next.PACKET : Next.HEADER;
    }

    @Override
    void begin(DumpOutput to) throws IOException {
        if (!header) {
            return;
        }
        line(to, "!IPSummaryDump 1.3");
        if (!banner.isEmpty()) {
            line(to, "!creator " + SummaryWords.quote(banner.getBytes(StandardCharsets.UTF_8)));
        }
        if (verbose) {
            long now = loop().clock().epochNanos();
            long micros = now / 1000;
            line(
                    to,
                    "!runtime %d.%06d (%s)"
                            .formatted(
                                    micros / 1_000_000,
                                    micros % 1_000_000,
                                    DAY_AND_TIME.format(
                                            Instant.ofEpochSecond(micros / 1_000_000))));
        }
        List<String> names = new ArrayList<>();
        fields.forEach(field -> names.add(field.word()));
        line(to, "!data " + String.join(" ", names));
        if (binary) {
            line(to, "!binary");
        }
    }

    @Override
    void write(DumpOutput to, Packet packet) throws IOException {
        view.look(packet, extraLength);
        if (badPackets) {
            sayBad(to);
        }
        List<String> words = new ArrayList<>();
        fields.forEach(field -> words.add(text.text(field)));
        byte[] entry =
                binary
                        ? SummaryBinary.packet(fields, words)
                        : (String.join(" ", words) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        long lines = 1;
        if (multipacket && !fields.contains(SummaryField.COUNT)) {
            // A number from outside: it must not fill the disk by one packet.
            lines += Math.min(LINES_MAX, packet.annotation(Annotation.EXTRA_PACKETS.at(), 4));
        }
        for (long i = 0; i < lines; i++) {
            to.write(entry);
        }
    }

    private void sayBad(DumpOutput to) throws IOException {
        String bad = view.bad();
        if (bad != null) {
            note(to, "!bad " + bad);
        } else if (carefulTruncation && view.knownBytes() - view.ipOffset() < view.ipLength()) {
            note(to, "!bad truncated IP length");
        }
    }

    /** A line between packets. */
    private void note(DumpOutput to, String line) throws IOException {
        if (binary) {
            to.write(SummaryBinary.line(line));
        } else {
            line(to, line);
        }
    }
}
