package vini.forwarder.elements.ip6;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.elements.ip6.Ip6Packets.A;
import static vini.forwarder.elements.ip6.Ip6Packets.B;
import static vini.forwarder.elements.ip6.Ip6Packets.ipv6;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.GraphRun;

import java.util.List;

class Ip6FragmenterTest {
    private static final String GRAPH =
            "in :: Inject -> f :: IP6Fragmenter(1280) -> out :: Collect;";

    /** With and without what each fragment repeats: hop-by-hop options and a routing header. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "17; ''; 1232; 3000",
                "17; ''; 1232; 1241",
                "0; 11ff000000000000; 0; 0",
                "0; 2b00000000000000 1100000000000000; 1216; 3000",
                "60; 1100000000000000; 1232; 3000"
            })
    void piecesMakeTheWhole(int next, String headers, int room, int bytes) throws Exception {
        String repeated = next == 60 ? "" : headers.replace(" ", "");
        String before = next == 60 ? headers : "";
        StringBuilder data = new StringBuilder(before);
        for (int i = 0; i < bytes; i++) {
            data.append("%02x".formatted(i & 0xff));
        }
        if (room == 0) {
            data.append("00".repeat(2000));
        }
        String packet = ipv6(A, B, next, 64, repeated + data);
        try (GraphRun run = GraphRun.of(GRAPH)) {
            run.push(packet);
            if (room == 0) {
                assertThat(run.out("out")).as("the headers fill the packet").isEmpty();
                assertThat(run.books()).contains("drop f tooBig 1");
                return;
            }
            List<String> pieces = run.out("out").reversed();
            assertThat(run.read("f.fragments")).isEqualTo("" + pieces.size());
            int head = 80 + repeated.length();
            StringBuilder whole = new StringBuilder();
            String id = pieces.getFirst().substring(head + 8, head + 16);
            for (int i = 0; i < pieces.size(); i++) {
                String piece = pieces.get(i);
                assertThat(piece.length() / 2).isLessThanOrEqualTo(1280);
                assertThat(Integer.parseInt(piece.substring(8, 12), 16))
                        .isEqualTo(piece.length() / 2 - 40);
                boolean last = i == pieces.size() - 1;
                int offset = Integer.parseInt(piece.substring(head + 4, head + 8), 16);
                assertThat(offset).isEqualTo(i * room | (last ? 0 : 1));
                assertThat(piece.substring(head + 8, head + 16)).isEqualTo(id);
                String upper = next == 60 ? "3c" : "11";
                assertThat(piece.substring(head, head + 2)).isEqualTo(upper);
                whole.append(piece.substring(head + 16));
            }
            assertThat(whole.toString()).isEqualTo(data.toString());
        }
    }

    @Test
    void doesNotFragmentFragmentsNorWhatIsNotIpv6() throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            run.push(ipv6(A, B, 44, 64, "1100000100000007" + "00".repeat(1400)));
            run.push("45".repeat(1400));
            assertThat(run.out("out")).isEmpty();
            assertThat(run.books()).contains("drop f tooBig 2");
        }
    }
}
