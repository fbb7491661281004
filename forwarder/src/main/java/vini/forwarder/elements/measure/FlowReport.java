package vini.forwarder.elements.measure;

import vini.forwarder.elements.standard.Timestamps;
import vini.net.Ipv4Address;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file of XML in which each flow that is over has an entry: AggregateIPFlows' TRACEINFO. */
final class FlowReport implements AutoCloseable {
    private final Writer out;
    private boolean begun;

    private FlowReport(Writer out) {
        this.out = out;
    }

    static FlowReport open(String file) throws IOException {
        try {
            return new FlowReport(Files.newBufferedWriter(Path.of(file), StandardCharsets.UTF_8));
        } catch (InvalidPathException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Begins the file, once; {@code source} is the trace of the flows, empty if not known. */
    void begin(String source) throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        out.write("<?xml version='1.0' standalone='yes'?>\n<trace");
        out.write(source.isEmpty() ? "" : " file='" + escaped(source) + "'");
        out.write(">\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }

    /** Writes an entry. */
    void write(IpFlows.Key key, IpFlows.Flow flow) throws IOException {
        boolean low = flow.firstFromLow;
        Ipv4Address from = new Ipv4Address(low ? key.lowAddress() : key.highAddress());
        Ipv4Address to = new Ipv4Address(low ? key.highAddress() : key.lowAddress());
        out.write(
                "<flow aggregate='%d' src='%s' sport='%d' dst='%s' dport='%d' begin='%s'"
                        .formatted(
                                flow.number,
                                from,
                                low ? key.lowPort() : key.highPort(),
                                to,
                                low ? key.highPort() : key.lowPort(),
                                Timestamps.text(flow.firstNanos)));
        out.write(" duration='" + Timestamps.text(flow.latestNanos - flow.firstNanos) + "'");
        String at = flow.filePosition;
        out.write((at.isEmpty() ? "" : " filepos='" + escaped(at) + "'") + ">\n ");
        for (int direction = 0; direction < 2; direction++) {
            out.write(
                    " <stream dir='%d' packets='%d' />"
                            .formatted(direction, flow.packets[direction]));
        }
        out.write("\n</flow>\n");
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.write("</trace>\n");
        }
    }
}
