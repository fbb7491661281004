package vini.routing.ospf.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.net.wire.Ipv4Header;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the OSPF packets out of a little-endian pcap file of Ethernet frames or raw IP. */
public final class PcapFile {
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_BYTES = 16;
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int ETHERNET_BYTES = 14;

    private PcapFile() {}

    /** Where the captures are: as the property says, or beside the build. */
    public static Optional<Path> folder() {
        String named = System.getProperty("vini.captures", System.getenv("VINI_CAPTURES"));
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            Path candidate = here.resolve("shared/data/pcap");
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The IP payloads of all OSPFv2 packets, with whatever follows the OSPF packet. */
    public static List<ByteBuf> ospf(Path file) throws IOException {
        ByteBuf all = Unpooled.wrappedBuffer(Files.readAllBytes(file));
        int linkType = all.getIntLE(20);
        List<ByteBuf> packets = new ArrayList<>();
        int at = HEADER_BYTES;
        while (at < all.readableBytes()) {
            int length = all.getIntLE(at + 8);
            int ip = at + RECORD_BYTES + (linkType == LINKTYPE_ETHERNET ? ETHERNET_BYTES : 0);
            if (all.getByte(ip) >>> 4 == 4
                    && all.getUnsignedByte(ip + Ipv4Header.PROTOCOL_AT) == Ipv4Header.OSPF) {
                int header = Ipv4Header.headerLength(all, ip);
                int total = all.getUnsignedShort(ip + Ipv4Header.TOTAL_LENGTH_AT);
                packets.add(all.slice(ip + header, total - header));
            }
            at += RECORD_BYTES + length;
        }
        return packets;
    }
}
