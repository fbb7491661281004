package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import vini.forwarder.control.ControlClient;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What breaks for a time is mended in time, whatever becomes of who was to mend it. */
@Timeout(180)
class LeasesSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String RING =
            """
            {"name": "lease", "nodes": {"a": {}, "b": {}, "c": {}},
             "links": [{"between": ["a", "b"]}, {"between": ["b", "c"]}, {"between": ["c", "a"]}],
             "routing": {"hello": "1s", "dead": "3s"}, "hosts": "builtin", "tunnels": "udp"}
            """;

    @TempDir Path folder;
    private long keeper;

    @BeforeEach
    void up() throws Exception {
        Files.writeString(folder.resolve("lease.json"), RING);
        ViniProcess.Result up = ViniProcess.run(folder, "up", "lease.json");
        assertThat(up.status()).as("%s", up).isZero();
        keeper = pid("keeper");
    }

    @AfterEach
    void down() throws Exception {
        ViniProcess.run(folder, "down", "--all");
        ViniProcess.assertNothingIsLeft(folder);
    }

    private String read(String process, String handler) throws Exception {
        Path socket = folder.resolve("x/vini/lease/" + process + ".sock");
        try (ControlClient client = ControlClient.connect(socket)) {
            return client.read(handler);
        }
    }

    private long pid(String process) throws Exception {
        return JsonMapper.shared()
                .readTree(read("keeper", "status"))
                .path("pids")
                .path(process)
                .asLong();
    }

    private void event(String text) throws Exception {
        ViniProcess.Result event = ViniProcess.run(folder, "event", "lease", text);
        assertThat(event.status()).as("%s", event).isZero();
    }

    private void awaitUp() {
        await().atMost(PATIENCE)
                .until(() -> read("router", "status").contains("\"routers\":3,\"full\":3"));
    }

    /** R, S or T and the like, of proc_pid_stat(5). */
    private static String state(long pid) throws Exception {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", 2)[0];
    }

    @Test
    void nodesComeBackThoughTheKeeperStandsStill() throws Exception {
        event("{\"for\": \"5s\", \"crash\": {\"node\": \"b\"}}");
        assertThat(ViniProcess.run(folder, "node", "freeze", "lease", "c", "--for", "5s").status())
                .isZero();
        assertThat(read("forwarder", "down") + read("forwarder", "frozen")).isEqualTo("b\nc\n");
        ViniProcess.signal(keeper, "STOP");
        try {
            for (String process : new String[] {"forwarder", "router"}) {
                await().atMost(PATIENCE)
                        .until(() -> (read(process, "down") + read(process, "frozen")).isEmpty());
            }
            awaitUp();
            assertThat(read("forwarder", "journal")).contains(" b node lease over");
        } finally {
            ViniProcess.signal(keeper, "CONT");
        }
        // It finds all as it wanted it, and has its say again.
        await().atMost(PATIENCE)
                .until(() -> !read("keeper", "nodes").matches(".*(crashed|frozen).*"));
        awaitUp();
        event("{\"crash\": {\"node\": \"b\"}}");
        assertThat(read("forwarder", "down")).isEqualTo("b\n");
    }

    @Test
    void aFrozenProcessGoesOnThoughTheKeeperStandsStill() throws Exception {
        long router = pid("router");
        event("{\"for\": \"3s\", \"freeze\": {\"process\": \"router\"}}");
        await().atMost(PATIENCE).until(() -> state(router).equals("T"));
        ViniProcess.signal(keeper, "STOP");
        try {
            await().atMost(PATIENCE).until(() -> !state(router).equals("T"));
        } finally {
            ViniProcess.signal(keeper, "CONT");
        }
        awaitUp();
        assertThat(pid("router")).isEqualTo(router);
    }

    @Test
    void nothingIsLeftFrozenOfAKeeperThatIsKilled() throws Exception {
        event("{\"for\": \"1h\", \"freeze\": {\"process\": \"router\"}}");
        event("{\"freeze\": {\"process\": \"forwarder\"}}");
        ViniProcess.signal(keeper, "KILL");
        ViniProcess.assertNothingRuns(folder);
    }
}
