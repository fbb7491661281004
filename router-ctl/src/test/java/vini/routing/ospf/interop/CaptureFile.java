package vini.routing.ospf.interop;

import io.netty.buffer.ByteBuf;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A classic pcap file of raw IP packets, one for each link. */
final class CaptureFile implements AutoCloseable {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int LINKTYPE_RAW = 101;

    private final Path file;
    private final int link;
    private final DataOutputStream out;

    /** A capture of one link, kept in the build's folder for whoever wants to look. */
    static CaptureFile named(String name, int link) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "interop"));
        return new CaptureFile(folder.resolve(name + ".pcap"), link);
    }

    private CaptureFile(Path file, int link) throws IOException {
        this.file = file;
        this.link = link;
        OutputStream raw = Files.newOutputStream(file);
        out = new DataOutputStream(raw);
        out.writeInt(MAGIC);
        out.writeShort(2);
        out.writeShort(4);
        out.writeInt(0);
        out.writeInt(0);
        out.writeInt(65535);
        out.writeInt(LINKTYPE_RAW);
    }

    void add(int ofLink, ByteBuf packet) {
        if (ofLink != link) {
            return;
        }
        long now = System.nanoTime();
        byte[] bytes = new byte[packet.readableBytes()];
        packet.getBytes(packet.readerIndex(), bytes);
        try {
            out.writeInt((int) (now / 1_000_000_000L));
            out.writeInt((int) (now / 1000 % 1_000_000));
            out.writeInt(bytes.length);
            out.writeInt(bytes.length);
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What tshark complains of, a line each: checksums, malformed packets, expert warnings. */
    String complaints() throws IOException {
        out.flush();
        return PeerNamespace.run(
                "tshark",
                "-Q",
                "-r",
                file.toString(),
                "-o",
                "ip.check_checksum:TRUE",
                "-Y",
                "ospf && (_ws.malformed || _ws.expert.severity >= 4194304"
                        + " || ip.checksum.status == 0)");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
