package vini.routing.ospf.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import vini.net.wire.WireException;

import java.util.Collections;

class LsaPoolTest {
    private final LsaPool pool = new LsaPool();

    /** A router-LSA of some 65 kB. */
    private static ByteBuf large(int router) {
        RouterLsa.Link link = new RouterLsa.Link(RouterLsa.STUB, router, -1, 1);
        RouterLsa body = new RouterLsa(0, Collections.nCopies(5000, link));
        ByteBuf out = Unpooled.buffer();
        Lsa.router(router, 2, LsaHeader.INITIAL_SEQUENCE, body).emit(out, 7);
        return out;
    }

    @Test
    void equalLsasAreOneWhateverTheirAge() throws WireException {
        ByteBuf bytes = large(1);
        Lsa first = pool.parse(bytes, 0, bytes.readableBytes());
        bytes.setShort(0, 1000);
        assertThat(pool.parse(bytes, 0, bytes.readableBytes())).isSameAs(first);
    }

    @Test
    void manyLargeLsasDoNotFillTheMemory() throws WireException {
        for (int router = 1; router <= 1000; router++) {
            ByteBuf bytes = large(router);
            pool.parse(bytes, 0, bytes.readableBytes());
            assertThat(pool.bytes()).isBetween(60_000, LsaPool.BYTES_MAX);
        }
    }

    @Test
    void anLsaWithAWrongChecksumIsNotKept() throws WireException {
        ByteBuf bytes = large(1);
        bytes.setByte(30, 0x55);
        assertThat(pool.parse(bytes, 0, bytes.readableBytes()).checksumHolds()).isFalse();
        assertThat(pool.bytes()).isZero();
    }
}
