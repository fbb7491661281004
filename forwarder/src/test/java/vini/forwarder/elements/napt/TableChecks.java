package vini.forwarder.elements.napt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;

/** What must hold of the tables of a NAPT at any time. */
final class TableChecks {
    private TableChecks() {}

    static void areSound(Mappings mappings) {
        MappingTable table = mappings.table;
        SessionTable sessions = mappings.furtherSessions();
        Map<Integer, Integer> ofUsers = new TreeMap<>();
        Map<Integer, Integer> ofPools = new TreeMap<>();
        int live = 0;
        int further = 0;
        for (int mapping = 0; mapping < table.end(); mapping++) {
            if (!table.isLive(mapping)) {
                continue;
            }
            live++;
            long outside = table.outside(mapping);
            assertThat(table.find(table.inside(mapping))).isEqualTo(mapping);
            assertThat(table.find(outside | Endpoint.OUTSIDE)).isEqualTo(mapping);
            int pool = mappings.external.poolOf(outside);
            assertThat(mappings.external.pool(pool).isTaken(Endpoint.port(outside))).isTrue();
            ofPools.merge(pool, 1, Integer::sum);
            int user = table.user(mapping);
            assertThat(mappings.users.address(user))
                    .isEqualTo(Endpoint.address(table.inside(mapping)));
            ofUsers.merge(user, 1, Integer::sum);
            for (int s = table.furtherSession(mapping);
                    s != SessionTable.NONE;
                    s = sessions.next(s)) {
                assertThat(sessions.mapping(s)).isEqualTo(mapping);
                assertThat(sessions.find(mapping, sessions.peer(s))).isEqualTo(s);
                assertThat(sessions.peer(s)).isNotEqualTo(table.peer(mapping));
                ofUsers.merge(user, 1, Integer::sum);
                further++;
            }
        }
        assertThat(live).isEqualTo(table.size());
        assertThat(further).isEqualTo(sessions.size());
        assertThat(ofUsers).hasSize(mappings.users.size());
        ofUsers.forEach((user, n) -> assertThat(mappings.users.sessions(user)).isEqualTo(n));
        ofUsers.forEach((user, n) -> ring(mappings, user));
        for (int pool = 0; pool < mappings.external.pools(); pool++) {
            assertThat(mappings.external.pool(pool).taken())
                    .isEqualTo(ofPools.getOrDefault(pool, 0));
        }
    }

    /** The ring of a user's mappings has those of the user, and ends. */
    private static void ring(Mappings mappings, int user) {
        int head = mappings.users.head(user);
        int mapping = head;
        int steps = 0;
        do {
            assertThat(mappings.table.isLive(mapping)).isTrue();
            assertThat(mappings.table.user(mapping)).isEqualTo(user);
            mapping = mappings.table.next(mapping);
            steps++;
        } while (mapping != head && steps <= mappings.table.size());
        assertThat(mapping).isEqualTo(head);
        assertThat(mappings.users.find(mappings.users.address(user))).isEqualTo(user);
    }
}
