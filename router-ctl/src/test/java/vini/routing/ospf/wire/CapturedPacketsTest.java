package vini.routing.ospf.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.net.wire.WireException;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What FRR and BIRD really sent. */
class CapturedPacketsTest {
    private static List<ByteBuf> capture(String name) throws Exception {
        Optional<Path> folder = PcapFile.folder();
        assumeTrue(folder.isPresent(), "no captures beside this build: set -Dvini.captures");
        return PcapFile.ospf(folder.orElseThrow().resolve(name));
    }

    @ParameterizedTest
    @CsvSource({"ospf2.pcap, 60", "ospf2-long.pcap, 300", "ospf2-tun.pcap, 30"})
    void everyPacketIsEmittedAsItWas(String name, int atLeast) throws Exception {
        Map<OspfHeader.Type, Integer> seen = new EnumMap<>(OspfHeader.Type.class);
        List<ByteBuf> packets = capture(name);
        LsaPool pool = new LsaPool();
        for (ByteBuf packet : packets) {
            OspfPacket parsed = OspfPacket.parse(packet, pool);
            ByteBuf out = Unpooled.buffer();
            parsed.emit(out);
            assertThat(ByteBufUtil.hexDump(out)).isEqualTo(ByteBufUtil.hexDump(packet));
            seen.merge(parsed.message().type(), 1, Integer::sum);
            if (parsed.message() instanceof LinkStateUpdate update) {
                assertThat(update.lsas()).allMatch(aged -> aged.lsa().checksumHolds());
            }
        }
        assertThat(packets.size()).isGreaterThanOrEqualTo(atLeast);
        assertThat(seen).hasSize(5);
    }

    @Test
    void aRouterLsaMadeAnewFromItsMeaningIsTheSame() throws Exception {
        int made = 0;
        for (ByteBuf packet : capture("ospf2.pcap")) {
            if (!(OspfPacket.parse(packet, new LsaPool()).message()
                    instanceof LinkStateUpdate update)) {
                continue;
            }
            for (LinkStateUpdate.AgedLsa aged : update.lsas()) {
                if (aged.lsa().body() instanceof RouterLsa body) {
                    LsaHeader header = aged.lsa().header();
                    Lsa again =
                            Lsa.router(
                                    header.key().advertisingRouter(),
                                    header.options(),
                                    header.sequence(),
                                    body);
                    assertThat(again.header()).isEqualTo(header);
                    made++;
                }
            }
        }
        assertThat(made).isGreaterThan(15);
    }

    @ParameterizedTest
    @CsvSource({"ospf2-md5.pcap", "ospf2-sha256.pcap"})
    void authenticatedPacketsAreRefused(String name) throws Exception {
        for (ByteBuf packet : capture(name)) {
            assertThatThrownBy(() -> OspfPacket.parse(packet, new LsaPool()))
                    .hasMessage("OSPF authentication type is 2, want 0");
        }
    }

    /** Mutated packets with a right checksum again, so that the mutation gets past it. */
    @Test
    void mutatedPacketsThrowNothingButWireExceptions() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<ByteBuf> packets = capture("ospf2.pcap");
        int refused = 0;
        int parsed = 0;
        for (int i = 0; i < 100_000; i++) {
            ByteBuf packet = packets.get(random.nextInt(packets.size())).copy();
            Mutation.mutate(packet, random);
            try {
                OspfPacket.parse(packet, new LsaPool()).emit(Unpooled.buffer());
                parsed++;
            } catch (WireException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "-Dseed=" + seed + " step " + i + ": " + ByteBufUtil.hexDump(packet), e);
            }
            packet.release();
        }
        assertThat(refused).as("-Dseed=%d refused", seed).isGreaterThan(10_000);
        assertThat(parsed).as("-Dseed=%d parsed", seed).isGreaterThan(10_000);
    }
}
