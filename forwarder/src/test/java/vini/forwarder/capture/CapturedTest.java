package vini.forwarder.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.net.Ipv4Address;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Orders and answers of captures as texts, and the file. */
class CapturedTest {
    @Test
    void anOrderIsUnderstoodAsItWasWritten() {
        Map<String, Ipv4Address> hosts = new LinkedHashMap<>();
        hosts.put("dnvr", Ipv4Address.parse("10.77.0.3"));
        CaptureOrder order =
                new CaptureOrder(
                        List.of(
                                new CapturePoint(CapturePoint.Side.OUT, "dnvr", "to_kscy"),
                                new CapturePoint(CapturePoint.Side.IN, "dnvr", "host/x"),
                                new CapturePoint(CapturePoint.Side.DROP, "dnvr", "")),
                        "host dnvr and (udp or tcp)",
                        hosts,
                        96,
                        1 << 20);
        assertThat(CaptureOrder.parse(order.text())).isEqualTo(order);
    }

    @Test
    void aPointSeesWhatGoesThroughACompoundsWallOnly() {
        CapturePoint in = new CapturePoint(CapturePoint.Side.IN, "n", "host");
        assertThat(in.sees("fib", "host")).isTrue();
        assertThat(in.sees("fib", "host/tap")).isTrue();
        assertThat(in.sees("host/tap", "host/check")).isFalse();
        assertThat(in.sees("fib", "host2")).isFalse();
        assertThat(in.sees("host/tap", "fib")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "total x",
                "packets !",
                "packets AAAA",
                // A time, a length, and more bytes kept than there are, or less than none.
                "packets AAAAAAAAAAEAAAAoAAAAKAAAAAA=",
                "packets AAAAAAAAAAEAAAAo/////wAAAAA=",
                // The reason of that number is not among those that were told.
                "packets AAAAAAAAAAEAAAAoAAAAAAAAAAE="
            })
    void aDamagedAnswerIsRefused(String answer) {
        assertThatThrownBy(() -> Captured.from(() -> answer)).isInstanceOf(IOException.class);
    }

    @Test
    void noBytesMakeItThrowAnythingElse() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length >= 16 && random.nextBoolean()) {
                ByteBuffer.wrap(bytes).putInt(12, random.nextInt(50) - 2);
            }
            String answer = "reason a b\npackets " + Base64.getEncoder().encodeToString(bytes);
            try {
                Captured _ = Captured.from(() -> answer);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void blocksOfAFileAreAsLongAsTheySay() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CaptureFile file =
                new CaptureFile(
                        bytes,
                        "vini",
                        "äöü",
                        List.of(
                                new CaptureFile.Interface("a>b", "from a to b"),
                                new CaptureFile.Interface("b", "x".repeat(9000))),
                        65_535)) {
            for (int length = 0; length < 9; length++) {
                byte[] kept = new byte[length];
                String reason = length % 2 == 0 ? null : "r".repeat(length);
                file.add(
                        length % 2,
                        Pcapng.Direction.values()[length % 3],
                        length,
                        new CapturedPacket(
                                0, 0, 1500, kept, reason == null ? null : "n/e", reason));
            }
            assertThat(file.bytes()).isGreaterThan(0);
        }
        ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
        int blocks = 0;
        while (all.hasRemaining()) {
            int at = all.position();
            int length = all.getInt(at + 4);
            assertThat(length).isPositive().matches(n -> n % 4 == 0);
            assertThat(all.getInt(at + length - 4)).isEqualTo(length);
            all.position(at + length);
            blocks++;
        }
        assertThat(blocks).isEqualTo(1 + 2 + 9);
    }
}
