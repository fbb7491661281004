package vini.experiment.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.experiment.run.RunReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ten seconds, a failure at 4 s, and FIBs that change until 6.05 s. */
class PacketHistoryTest {
    @TempDir Path folder;

    private PacketHistory history(String books) throws IOException {
        write("experiment.json", "{\"name\": \"e\", \"duration\": \"10s\"}");
        write("environment.json", "{\"ending\": \"finished\", \"ended_s\": 10}");
        write("topology.json", "{\"name\": \"t\", \"nodes\": {\"a\": {}}}");
        write("events.jsonl", "{\"event\": \"fail\", \"node\": \"a\", \"planned_s\": 4}\n");
        write(
                "routes.jsonl",
                """
                {"t_s": 5.9, "node": "a", "op": "set", "prefix": "10.77.0.2/32", "next": ["b"]}
                {"t_s": 6.05, "node": "a", "op": "remove", "prefix": "10.77.0.2/32"}
                """);
        if (!books.isEmpty()) {
            write("books.csv", books);
        }
        return Analysis.of(RunReader.read(folder), WayPicker.FIRST).packets();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void deathsByTtlCountAsLoopsOnceTheFibsAreSettled() throws IOException {
        PacketHistory history =
                history(
                        """
                        t_s,sent,delivered,in_flight,linkDown,ttlExpired
                        0.000000,100,90,9,0,1
                        3.000000,130,120,9,0,1
                        4.000200,140,130,7,0,3
                        6.000000,160,132,3,5,20
                        6.100000,161,132,3,5,21
                        10.000000,200,171,0,5,24
                        """);
        assertThat(history.phases())
                .extracting(PacketHistory.InPhase::loops)
                .containsExactly(2L, 3L);
        assertThat(history.loops()).isEqualTo(5);
        assertThat(history.phases().getFirst().sent()).isEqualTo(40);
        assertThat(history.phases().getFirst().dropped().toString()).isEqualTo("{ttlExpired=2}");
        assertThat(history.phases().getLast().dropped().toString())
                .isEqualTo("{linkDown=5, ttlExpired=21}");
    }

    @Test
    void aForwarderThatWasStartedAgainCountsFromNothing() throws IOException {
        PacketHistory history =
                history(
                        """
                        t_s,sent,delivered,in_flight,linkDown
                        0.000000,100,90,10,0
                        4.000000,140,130,10,0
                        10.000000,20,10,3,7
                        """);
        assertThat(history.phases().getLast().sent()).isEqualTo(20);
        assertThat(history.phases().getLast().dropped().toString()).isEqualTo("{linkDown=7}");
    }

    @Test
    void withoutBooksNobodyKnows() throws IOException {
        assertThat(history("").loops()).isNull();
    }

    @Test
    void aTornRowIsLeftOutAndSaid() throws IOException {
        write("books.csv", "");
        assertThat(history("t_s,sent,delivered,in_flight\n0.0,1,1,0\n1.0,2,\n").phases())
                .hasSize(2);
        assertThat(RunReader.read(folder).problems())
                .anyMatch(problem -> problem.startsWith("books.csv:3: left out: 3 columns, not 4"));
    }
}
