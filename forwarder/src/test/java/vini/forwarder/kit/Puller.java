package vini.forwarder.kit;

import com.google.auto.service.AutoService;

import io.netty.buffer.ByteBufUtil;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/** The end of a pull path, which pulls when a test says so. */
@AutoService(Element.class)
@ElementClass(name = "Puller", ports = "1-/0", processing = "l/h")
public final class Puller extends Element {
    /** Pulls a packet and kills it; its bytes, or null if there was none. */
    public @Nullable String pull() {
        Packet packet = input(0).pull();
        if (packet == null) {
            return null;
        }
        String hex = ByteBufUtil.hexDump(packet.buffer(), packet.start(), packet.length());
        packet.kill();
        return hex;
    }
}
