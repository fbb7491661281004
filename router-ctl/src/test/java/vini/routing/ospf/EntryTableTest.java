package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaKey;
import vini.routing.ospf.wire.RouterLsa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class EntryTableTest {
    private static DatabaseEntry entry(int id) {
        return new DatabaseEntry(Lsa.router(id, 0, 1, new RouterLsa(0, List.of())), 0, 0);
    }

    @Test
    void isAMapInTheOrderOfFirstComing() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        EntryTable table = new EntryTable();
        Map<LsaKey, DatabaseEntry> model = new LinkedHashMap<>();
        int removed = 0;
        for (int i = 0; i < 20_000; i++) {
            DatabaseEntry entry = entry(0x0a4d0000 + random.nextInt(400));
            assertThat(table.get(entry.key()))
                    .as("-Dseed=%d", seed)
                    .isEqualTo(model.get(entry.key()));
            if (random.nextInt(100) < (i / 2000 % 2 == 0 ? 70 : 30)) {
                assertThat(table.put(entry)).isEqualTo(model.put(entry.key(), entry));
            } else {
                DatabaseEntry gone = model.remove(entry.key());
                assertThat(table.remove(entry.key())).isEqualTo(gone);
                removed += gone == null ? 0 : 1;
            }
            assertThat(table).hasSameSizeAs(model.values());
        }
        assertThat(removed).isGreaterThan(1000);
        assertThat(new ArrayList<>(table))
                .as("-Dseed=%d", seed)
                .isEqualTo(new ArrayList<>(model.values()));
    }
}
