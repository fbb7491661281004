package vini.forwarder.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.buffer.ByteBufUtil;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.offload.TunnelChain.Way;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The same traffic through the path with offloads and through the one with a system call for each
 * packet gives the same packets behind Sink's device, byte for byte once units are cut. On the
 * second way the kernel cuts Src's units and nobody puts anything together, so that the two have
 * nothing in common. Needs root.
 */
@Timeout(120)
class OffloadChainSystemTest {
    private static final int BURSTS = 60;
    private static final int FILE_BYTES = 20_000_000;

    @TempDir private Path folder = Path.of("");

    private record Result(List<String> packets, int sent, int sentUnits, int pieces, String books) {
        /** In order; packets of two versions go different ways through a graph. */
        List<String> ofVersion(int version) {
            return packets.stream().filter(hex -> hex.startsWith("" + version)).toList();
        }
    }

    private static Result handMade(Way way, long seed) throws Exception {
        try (TunnelChain chain = new TunnelChain(way)) {
            chain.watch();
            Traffic traffic = new Traffic(seed);
            Sketch last = new Sketch();
            for (int i = 0; i < BURSTS; i++) {
                for (byte[] unit : traffic.burst()) {
                    chain.send(unit);
                }
                byte[] end = ("end of burst " + i).getBytes(StandardCharsets.US_ASCII);
                for (int version : List.of(4, 6)) {
                    last.version = version;
                    chain.send(Sketch.plain(last.udp(i, end)));
                }
                chain.readUntil(2, ByteBufUtil.hexDump(end));
            }
            return new Result(
                    chain.arrived(),
                    traffic.packets() + 2 * BURSTS,
                    traffic.units(),
                    chain.units(),
                    chain.books());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyPacketsArriveAsIfOneByOne(long seed) throws Exception {
        Result one = handMade(Way.ONE_PACKET, seed);
        assertThat(one.packets.size()).as(one.books).isGreaterThan(one.sent * 9 / 10);
        assertThat(one.pieces).as("one by one").isEqualTo(one.packets.size());
        for (Way way : List.of(Way.OFFLOAD, Way.PARTIAL)) {
            Result offload = handMade(way, seed);
            for (int version : List.of(4, 6)) {
                assertSame(
                        one.ofVersion(version),
                        offload.ofVersion(version),
                        way + ", seed " + seed + ", version " + version);
            }
            assertThat(offload.packets).as(one.books + offload.books).hasSameSizeAs(one.packets);
            assertThat(offload.sentUnits).isGreaterThan(100);
            assertThat(offload.pieces).isLessThan(offload.packets.size() * 3 / 4);
        }
    }

    private static Stream<Arguments> waysOfBothVersions() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(arguments(way, 4), arguments(way, 6)));
    }

    /** Programs of both namespaces; the kernel is at both ends. */
    @ParameterizedTest
    @MethodSource("waysOfBothVersions")
    void aFileArrivesAsItIs(Way way, int version) throws Exception {
        byte[] file = new byte[FILE_BYTES];
        new Random(version).nextBytes(file);
        Path path = Files.write(folder.resolve("file"), file);
        try (TunnelChain chain = new TunnelChain(way);
                KernelPrograms programs = new KernelPrograms(chain, version)) {
            assertThat(programs.transfer(path)).as(chain::books).isEqualTo(file);
        }
    }

    /** Of all lengths, some in fragments, some handed to the kernel as one unit. */
    @ParameterizedTest
    @MethodSource("waysOfBothVersions")
    void datagramsArriveAsTheyAreInOrder(Way way, int version) throws Exception {
        Random random = new Random(version);
        try (TunnelChain chain = new TunnelChain(way);
                KernelPrograms programs = new KernelPrograms(chain, version)) {
            for (int burst = 0; burst < BURSTS; burst++) {
                List<String> sent = new ArrayList<>();
                int length = 1 + random.nextInt(1400);
                for (int i = 0; i < 20; i++) {
                    sendOne(programs, random, length, sent);
                }
                for (String message : sent) {
                    assertThat(programs.receive()).as(chain::books).isEqualTo(message);
                }
            }
        }
    }

    /** Sends a unit of datagrams of that length, or one of that length or another. */
    private static void sendOne(
            KernelPrograms programs, Random random, int length, List<String> sent)
            throws IOException {
        boolean isUnit = random.nextInt(4) == 0;
        boolean isOdd = random.nextInt(4) == 0;
        byte[] message = new byte[isUnit ? 20 * length + 1 : isOdd ? random.nextInt(6000) : length];
        random.nextBytes(message);
        programs.send(message, isUnit ? length : 0);
        int part = isUnit ? length : Math.max(1, message.length);
        int at = 0;
        do {
            int end = Math.min(message.length, at + part);
            sent.add(ByteBufUtil.hexDump(message, at, end - at));
            at = end;
        } while (at < message.length);
    }

    private static void assertSame(List<String> one, List<String> offload, String what) {
        for (int i = 0; i < Math.min(one.size(), offload.size()); i++) {
            assertThat(offload.get(i)).as(what + ", packet " + i).isEqualTo(one.get(i));
        }
    }
}
