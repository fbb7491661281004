package vini.vpn.wireguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.api.Timeout;

import java.util.Arrays;

/** Any bytes from anywhere, also signed ones, leave a device and its sessions as they were. */
class DeviceFuzzTest {
    @FuzzTest
    @Timeout(10)
    void anyBytesAreRefused(byte[] bytes) {
        Wire wire = new Wire();
        Wire.End client = wire.end("192.0.2.1:1000", 1);
        Wire.End server = wire.end("192.0.2.2:51820", 2);
        client.add("server", server, "0.0.0.0/0", null, 0).endpoint(server.at);
        server.add("client", client, "10.0.0.1/32", null, 0);
        client.say("server", "hello");
        wire.settle();
        int before = wire.log.size();
        // The first byte says how long the pieces are.
        int piece = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0xff);
        for (int at = 1; at < bytes.length; at += piece) {
            byte[] message = Arrays.copyOfRange(bytes, at, Math.min(at + piece, bytes.length));
            server.take(new Wire.Sent(client.at, server.at, message));
            client.take(new Wire.Sent(server.at, client.at, message));
            int type = Messages.type(message, message.length);
            if (type == Messages.INITIATION || type == Messages.RESPONSE) {
                new CookieJar(server.key.publicKey().bytes(), new Aead()).sign(message, 0);
                server.take(new Wire.Sent(client.at, server.at, message));
            }
        }
        assertThat(wire.log).hasSize(before);
        client.say("server", "still here");
        wire.settle();
        assertThat(server.received).containsExactly("hello", "still here");
    }
}
