package vini.forwarder.elements.source;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.wire.WireException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes an IPv4 packet of each line of the file FILENAME ({@code -}: the standard input; it may be
 * gzipped), which ToIPSummaryDump has written (as text or binary), or a person. A line {@code
 * !data} names the fields of the lines after it; {@code !proto}, {@code !flowid} and {@code
 * !aggregate} say what packets have that do not say it themselves. What a line does not say is
 * zero, the TTL 100. Packets consist of their headers and the payload, if the file has it; the rest
 * is their extra length.
 *
 * <ul>
 *   <li>DATA: the dump itself, instead of a file name
 *   <li>STOP: whether the run ends after the last packet (default false)
 *   <li>END_CALL: a handler that is written after the last, {@code ELEMENT.HANDLER VALUE}
 *   <li>TIMING: whether packets come as far apart as their timestamps are (default false)
 *   <li>ACTIVE: whether it emits any before it is told to (default true)
 *   <li>ZERO: whether bytes that the file does not say are zero, else random (default true)
 *   <li>CHECKSUM: whether packets have all their bytes, and right checksums (default false)
 *   <li>PROTO: the protocol where none is said, 0 to 255 (default 6, TCP)
 *   <li>MULTIPACKET: whether a line with a count gives that many packets (default false)
 *   <li>SAMPLE: emits each packet with that chance, 0 to 1 (default 1)
 *   <li>FIELDS (or CONTENTS, DEFAULT_CONTENTS): the fields, where no {@code !data} names them
 *   <li>FLOWID: {@code SRC SPORT DST DPORT [PROTO]} of packets that do not say
 *   <li>ALLOW_NONEXISTENT: whether the file may be missing (default false)
 * </ul>
 *
 * <pre>{@code
 * FromIPSummaryDump(flows.txt, STOP true, CHECKSUM true) -> ToDump(flows.pcap, ENCAP IP);
 * }</pre>
 *
 * <p>Handlers: {@code count}, {@code encap} ({@code IP}), {@code errors} (lines that could not be
 * read), {@code filename}, {@code filepos}, {@code filesize}, {@code sampling_prob} (read), {@code
 * active} (read, write), {@code stop} (write).
 */
@AutoService(Element.class)
@ElementClass(name = "FromIPSummaryDump", ports = "0/1", processing = "a/a", drops = "passedOver")
public final class FromIpSummaryDump extends TraceSource implements Encapsulation.Known {
    private String file = "";
    private String given = "";
    private boolean zero;
    private boolean checksum;
    private boolean multipacket;
    private boolean mayBeMissing;
    private int protocol;
    private List<SummaryField> fields = List.of();
    private @Nullable SummaryFlow flow;
    private long aggregate;
    private boolean oldOffsets;
    private boolean binary;
    private String size = "-";
    private final Counter errors = counter();
    private boolean complained;

    /** None when the file is at its end. */
    private @Nullable DumpInput in;

    /** A line that stands for more packets. */
    private @Nullable SummaryRecord again;

    private long timesAgain;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private RandomGenerator garbage;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        given = arguments.keyword("DATA", ArgumentTypes::string, "");
        if (given.isEmpty()) {
            file = arguments.required("FILENAME", ArgumentTypes::fileName);
        }
        configureTrace(arguments);
        zero = arguments.keyword("ZERO", ArgumentTypes::bool, true);
        checksum = arguments.keyword("CHECKSUM", ArgumentTypes::bool, false);
        protocol = arguments.keyword("PROTO", SummaryReader::protocol, SummaryView.TCP);
        multipacket = arguments.keyword("MULTIPACKET", ArgumentTypes::bool, false);
        for (String keyword : List.of("FIELDS", "CONTENTS", "DEFAULT_CONTENTS")) {
            fields =
                    arguments.keyword(
                            keyword, text -> SummaryField.list(ArgumentTypes.string(text)), fields);
        }
        flow = flow(arguments.keyword("FLOWID", ArgumentTypes::string, ""));
        mayBeMissing = arguments.keyword("ALLOW_NONEXISTENT", ArgumentTypes::bool, false);
    }

    private static @Nullable SummaryFlow flow(String text) throws ConfigException {
        try {
            return text.isEmpty() ? null : SummaryFlow.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("FLOWID: " + e.getMessage());
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        garbage = chance();
        FromIpSummaryDump before = predecessor(FromIpSummaryDump.class);
        if (before != null && goesOn(before)) {
            size = before.size;
            super.initialize();
            return;
        }
        try {
            DumpInput opened =
                    given.isEmpty()
                            ? DumpInput.open(file)
                            : DumpInput.of(given.getBytes(StandardCharsets.ISO_8859_1));
            in = opened;
            size = opened.size();
        } catch (NoSuchFileException e) {
            if (!mayBeMissing) {
                throw new ConfigException(file + ": " + FromDump.reason(e));
            }
        } catch (IOException e) {
            throw new ConfigException(file + ": " + FromDump.reason(e));
        }
        super.initialize();
    }

    @Override
    public Encapsulation encapsulation() {
        return Encapsulation.IP;
    }

    @Override
    boolean atEnd() {
        return in == null && again == null;
    }

    @Override
    @Nullable Packet read() {
        if (again == null) {
            readLine();
        }
        SummaryRecord record = again;
        if (record == null) {
            return null;
        }
        timesAgain--;
        if (timesAgain <= 0) {
            again = null;
        }
        if (!isSampled()) {
            return null;
        }
        Packet packet = record.packet(loop().packets(), zero ? null : garbage, checksum);
        if (multipacket) {
            packet.annotation(Annotation.EXTRA_PACKETS.at(), 4, 0);
        }
        return packet;
    }

    private void readLine() {
        DumpInput from = in;
        try {
            if (from != null && binary) {
                binaryRecord(from);
                return;
            }
            String line = from == null ? null : from.line();
            if (line == null) {
                closeInput();
            } else if (isDirective(line)) {
                directive(line);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                record(SummaryWords.split(line));
            }
        } catch (IOException | WireException e) {
            error(e.getMessage());
            closeInput();
        }
    }

    private boolean goesOn(FromIpSummaryDump before) {
        return before.file.equals(file) && before.given.equals(given);
    }

    @Override
    protected void takeState(Element old) {
        FromIpSummaryDump other = (FromIpSummaryDump) old;
        if (goesOn(other)) {
            in = other.in;
            other.in = null;
            again = other.again;
            timesAgain = other.timesAgain;
            fields = other.fields;
            flow = other.flow;
            protocol = other.protocol;
            aggregate = other.aggregate;
            oldOffsets = other.oldOffsets;
            binary = other.binary;
            takeTrace(other);
        }
    }

    private void binaryRecord(DumpInput from) throws IOException, WireException {
        SummaryBinary.Content content = SummaryBinary.read(from, fields);
        if (content == null) {
            closeInput();
        } else if (isDirective(content.line())) {
            directive(content.line());
        } else if (!content.words().isEmpty()) {
            record(content.words());
        }
    }

    /** A lone exclamation mark is a field, of ip_frag. */
    private static boolean isDirective(String line) {
        return line.length() > 1 && line.charAt(0) == '!' && Character.isLetter(line.charAt(1));
    }

    private void error(@Nullable String what) {
        errors.increment();
        if (!complained) {
            complained = true;
            chatter(name() + ": " + (file.isEmpty() ? "" : file + ": ") + what);
        }
    }

    private void directive(String line) {
        String[] words = line.strip().split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        try {
            switch (words[0]) {
                case "!data", "!contents" -> fields = SummaryField.list(rest);
                case "!proto" -> protocol = SummaryReader.protocol(rest.strip());
                case "!flowid" -> flow = SummaryFlow.parse(rest);
                case "!aggregate" -> aggregate = SummaryReader.number(rest.strip(), 0xffffffffL);
                case "!IPSummaryDump" -> oldOffsets = rest.strip().equals("1.0");
                case "!binary" -> {
                    SummaryBinary.check(fields);
                    binary = true;
                }
                default -> {
                    // Who made it and when, and what others have added.
                }
            }
        } catch (IllegalArgumentException e) {
            error(words[0] + ": " + e.getMessage());
        }
    }

    private void record(List<String> words) {
        if (fields.isEmpty()) {
            error("no line '!data' has named the fields");
            return;
        }
        SummaryRecord record = new SummaryRecord();
        record.protocol = protocol;
        record.aggregate = aggregate;
        SummaryFlow of = flow;
        if (of != null) {
            readFields(record, words, true);
            record.flow(of);
            record.protocol = of.protocol() >= 0 ? of.protocol() : protocol;
        }
        if (readFields(record, words, false)) {
            again = record;
            timesAgain = multipacket ? Math.max(1, record.count) : 1;
        }
    }

    /** Reads the fields, or only the direction, on which a flow's addresses depend. */
    private boolean readFields(SummaryRecord record, List<String> words, boolean directionOnly) {
        int good = 0;
        String wrong = "";
        for (int i = 0; i < Math.min(words.size(), fields.size()); i++) {
            SummaryField field = fields.get(i);
            boolean direction =
                    field == SummaryField.DIRECTION
                            || field == SummaryField.LINK
                            || field == SummaryField.PAINT;
            if (words.get(i).equals("-") || directionOnly && !direction) {
                good++;
                continue;
            }
            try {
                SummaryReader.read(record, field, words.get(i), oldOffsets);
                good++;
            } catch (IllegalArgumentException e) {
                wrong = field.word() + ": " + e.getMessage();
            }
        }
        if (!wrong.isEmpty() && !directionOnly) {
            error(wrong);
        }
        return good > 0;
    }

    private void closeInput() {
        if (in != null) {
            in.close();
            in = null;
        }
    }

    @Override
    protected void close() {
        super.close();
        closeInput();
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("count", count::value).read("errors", errors::value);
        handlers.read("encap", () -> Encapsulation.IP.word()).read("filename", () -> file);
        handlers.read("filesize", () -> size);
        handlers.read("filepos", () -> in == null ? "-" : "" + in.position());
        handlers.write("reset_counts", value -> count.reset());
    }
}
