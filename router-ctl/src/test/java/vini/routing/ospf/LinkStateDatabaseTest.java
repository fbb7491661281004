package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.RouterLsa;
import vini.time.VirtualClock;

import java.util.Collections;
import java.util.List;

class LinkStateDatabaseTest {
    private final VirtualClock clock = new VirtualClock();
    private final LinkStateDatabase one = new LinkStateDatabase(clock, entry -> {});
    private final LinkStateDatabase two = new LinkStateDatabase(clock, entry -> {});

    private static Lsa lsa(int router, int sequence, int stubs) {
        RouterLsa.Link link = new RouterLsa.Link(RouterLsa.STUB, router, -1, 1);
        return Lsa.router(router, 2, sequence, new RouterLsa(0, Collections.nCopies(stubs, link)));
    }

    private DatabaseEntry entry(int router, int sequence, int age) {
        return new DatabaseEntry(lsa(router, sequence, 1), age, clock.nowNanos());
    }

    @Test
    void theDigestKnowsInstancesButNeitherAgesNorTheOrder() {
        one.install(entry(1, 5, 0));
        one.install(entry(2, 5, 0));
        two.install(entry(2, 4, 0));
        two.install(entry(1, 5, 100));
        assertThat(two.digest()).isNotEqualTo(one.digest());
        two.install(entry(2, 5, 200));
        assertThat(two.digest()).isEqualTo(one.digest());
    }

    @Test
    void whatIsFlushedOrHasGrownTooOldLeavesTheDigestOnce() {
        one.install(entry(1, 5, 0));
        long before = one.digest();
        one.install(entry(2, 5, 3599));
        one.install(entry(3, 5, 0));
        one.install(entry(3, 5, LsaHeader.MAX_AGE));
        assertThat(one.atMaxAge()).hasSize(1);
        clock.runFor(2_000_000_000L);
        assertThat(one.atMaxAge()).hasSize(2);
        assertThat(one.digest()).isEqualTo(before);
        for (var key : List.copyOf(one.atMaxAge())) {
            one.remove(key);
        }
        assertThat(one.digest()).isEqualTo(before);
        assertThat(one.entries()).hasSize(1);
    }

    @Test
    void itsBytesAreBounded() {
        int router = 0;
        Lsa next = lsa(1, 1, 5000);
        while (one.hasRoomFor(next)) {
            one.install(new DatabaseEntry(next, 0, 0));
            router++;
            next = lsa(router + 1, 1, 5000);
        }
        assertThat((long) router * next.length())
                .isBetween(LinkStateDatabase.BYTES_MAX * 9 / 10, LinkStateDatabase.BYTES_MAX);
        // Another instance of a known LSA fits, unless it is larger.
        assertThat(one.hasRoomFor(lsa(1, 2, 5000))).isTrue();
        assertThat(one.hasRoomFor(lsa(1, 2, 5400))).isFalse();
        one.remove(lsa(1, 1, 5000).key());
        assertThat(one.hasRoomFor(next)).isTrue();
    }
}
