package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerCall;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Counts the packets, or bytes, of each aggregate annotation, for up to 1048576 of them. When it is
 * frozen it counts on for aggregates that it knows, and knows no new ones; what comes by input 1 is
 * treated so always. Where packets are pushed and there is an output 1, packets that were not
 * counted leave by that.
 *
 * <ul>
 *   <li>BYTES: count bytes, not packets (default false); IP_BYTES: without what is before the
 *       network header (default false); EXTRA_LENGTH: with the extra length annotation (default
 *       true)
 *   <li>MULTIPACKET: count with each packet those of its extra packets annotation (default true)
 *   <li>AGGREGATE_STOP N, AGGREGATE_FREEZE N or AGGREGATE_CALL {@code N HANDLER [VALUE]}: stop the
 *       run, freeze, or write to the handler when N aggregates have been seen
 *   <li>COUNT_STOP N, COUNT_FREEZE N or COUNT_CALL {@code N HANDLER [VALUE]}: the same when the sum
 *       of all counts is N or more
 *   <li>BANNER: a text for the head of the files
 * </ul>
 *
 * <pre>{@code
 * FromIPSummaryDump(-, STOP true) -> AggregateIP(ip dst) -> ac :: AggregateCounter -> Discard;
 * DriverManager(pause, write ac.write_text_file -);
 * }</pre>
 *
 * <p>Handlers: {@code write_text_file}, {@code write_ip_file} (write: a file name or {@code -};
 * lines of aggregate, as a number or an IP address, and count), {@code write_file} (write: records
 * of two little-endian 32-bit numbers behind a line {@code !packed_le}), {@code nagg} (read:
 * aggregates), {@code count} (read: the sum), {@code freeze}, {@code active}, {@code banner},
 * {@code aggregate_call}, {@code count_call} (read, write), {@code stop} (write: not active, and
 * stops the run), {@code counts_pdf} (write: counts become aggregates, with how often each occurs),
 * {@code clear} (write).
 */
@AutoService(Element.class)
@ElementClass(name = "AggregateCounter", ports = "1-2/1-2", flow = "#/#")
public final class AggregateCounter extends Element {
    private AggregateCounts counts = new AggregateCounts();
    private long total;
    private boolean bytes;
    private boolean ipBytes;
    private boolean multipacket;
    private boolean extraLength;
    private boolean frozen;
    private boolean active = true;
    private String banner = "";
    private Threshold atAggregates = Threshold.NONE;
    private Threshold atCount = Threshold.NONE;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        bytes = arguments.keyword("BYTES", ArgumentTypes::bool, false);
        ipBytes = arguments.keyword("IP_BYTES", ArgumentTypes::bool, false);
        multipacket = arguments.keyword("MULTIPACKET", ArgumentTypes::bool, true);
        extraLength = arguments.keyword("EXTRA_LENGTH", ArgumentTypes::bool, true);
        banner = arguments.keyword("BANNER", ArgumentTypes::string, "");
        atAggregates = Threshold.read(arguments, "AGGREGATE");
        atCount = Threshold.read(arguments, "COUNT");
    }

    @Override
    protected @Nullable Packet simpleAction(int port, Packet packet) {
        boolean counted = active && count(packet, frozen || port == 1);
        if (counted || !hasOutput(1)) {
            return packet;
        }
        output(1).add(packet);
        return null;
    }

    private boolean count(Packet packet, boolean onlyKnown) {
        long amount = bytes ? bytesOf(packet) : packetsOf(packet);
        long aggregate = annotation(packet, Annotation.AGGREGATE);
        int before = counts.size();
        if (!counts.add(aggregate, amount, !onlyKnown)) {
            return false;
        }
        total += amount;
        if (counts.size() > before && atAggregates.isReached(counts.size())) {
            Threshold reached = atAggregates;
            atAggregates = Threshold.NONE;
            happen(reached);
        }
        if (atCount.isReached(total)) {
            Threshold reached = atCount;
            atCount = Threshold.NONE;
            happen(reached);
        }
        return true;
    }

    private static long annotation(Packet packet, Annotation which) {
        return packet.annotation(which.at(), which.size());
    }

    private long bytesOf(Packet packet) {
        long extra = extraLength ? annotation(packet, Annotation.EXTRA_LENGTH) : 0;
        int before = ipBytes ? Math.clamp(packet.networkHeader(), 0, packet.length()) : 0;
        return packet.length() - before + extra;
    }

    private long packetsOf(Packet packet) {
        return multipacket ? 1 + annotation(packet, Annotation.EXTRA_PACKETS) : 1;
    }

    private void happen(Threshold reached) {
        switch (reached.what()) {
            case STOP -> stop();
            case FREEZE -> frozen = true;
            case CALL -> {
                HandlerCall call = reached.call();
                if (call != null) {
                    call(call);
                }
            }
        }
    }

    private void call(HandlerCall call) {
        try {
            call.write(graph(), name());
        } catch (HandlerException e) {
            chatter(name() + ": " + e.getMessage());
        }
    }

    private void stop() {
        driver().stop();
    }

    private void write(String file, byte[] content) throws HandlerException {
        if (file.strip().equals("-")) {
            print(new String(content, StandardCharsets.ISO_8859_1));
            return;
        }
        try {
            Files.write(Path.of(ArgumentTypes.string(file).strip()), content);
        } catch (IOException | InvalidPathException e) {
            throw new HandlerException(file.strip() + ": " + e.getMessage());
        }
    }

    private byte[] head(String line) {
        String first = banner.isEmpty() || banner.endsWith("\n") ? banner : banner + "\n";
        return (first + "!num_aggregates " + counts.size() + "\n" + line)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] text(boolean asAddresses) {
        return join(head(""), counts.text(asAddresses).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] join(byte[] head, byte[] rest) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head);
        all.writeBytes(rest);
        return all.toByteArray();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.write("write_text_file", value -> write(value, text(false)));
        handlers.write("write_ip_file", value -> write(value, text(true)));
        handlers.write(
                "write_file", value -> write(value, join(head("!packed_le\n"), counts.packed())));
        handlers.read("nagg", () -> counts.size()).read("count", () -> total);
        handlers.read("freeze", () -> frozen).read("active", () -> active);
        handlers.read("banner", () -> banner);
        handlers.read("aggregate_call", () -> atAggregates.callText());
        handlers.read("count_call", () -> atCount.callText());
        handlers.write("freeze", value -> frozen = ArgumentTypes.bool(value));
        handlers.write("active", value -> active = ArgumentTypes.bool(value));
        handlers.write("banner", value -> banner = ArgumentTypes.string(value));
        handlers.write("aggregate_call", value -> atAggregates = Threshold.parseCall(value));
        handlers.write("count_call", value -> atCount = Threshold.parseCall(value));
        handlers.write(
                "stop",
                value -> {
                    active = false;
                    stop();
                });
        handlers.write("counts_pdf", value -> counts = counts.distribution());
        handlers.write(
                "clear",
                value -> {
                    counts.clear();
                    total = 0;
                });
    }

    @Override
    protected void takeState(Element old) {
        AggregateCounter other = (AggregateCounter) old;
        counts.addAll(other.counts);
        total += other.total;
        if (isConfiguredAs(other)) {
            // What it has reached is not reached again.
            atAggregates = other.atAggregates;
            atCount = other.atCount;
            frozen = other.frozen;
            active = other.active;
        }
    }
}
