package vini.overlay.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.Handlers;
import vini.forwarder.control.ControlServer;
import vini.forwarder.control.HandlerTree;
import vini.forwarder.io.EventLoop;
import vini.overlay.topology.Egress.Through;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a slice says to another by which its packets leave, over a real socket. */
@Timeout(60)
class OtherSliceTest {
    private static final String STATUS =
            """
            {"attached": [{"device": "near/g", "address": "10.87.255.254", "mtu": 1400}]}
            """;

    @TempDir Path folder;
    private final EventLoop loop = new EventLoop("test");
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set by start
    private ControlServer server;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectory(folder.resolve("far"));
        Handlers handlers = new Handlers();
        handlers.read("topology", () -> "{\"nodes\": {\"x\": {\"serves\": [\"near\"]}}}");
        handlers.read("status", () -> STATUS);
        handlers.write("serve", value -> heard.add("serve " + value));
        handlers.write("detach", value -> heard.add("detach " + value));
        Path socket = folder.resolve("far/keeper.sock");
        server = ControlServer.listen(loop, socket, new HandlerTree(handlers, owner -> null));
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        loop.close();
    }

    @Test
    void saysNoMoreThatItWantsInAfterItHasTakenLeave() throws Exception {
        Through through = new Through("far", "x");
        OtherSlice other = OtherSlice.enter(folder.resolve("near"), through, "near/g", 3, 0, 1500);
        other.renew();
        other.close();
        other.renew();
        String serve = "serve x near/g 127.77.3.250:10001 127.77.3.250:10000 ";
        assertThat(heard)
                .containsExactly(serve + "1500", serve + "1400 10.87.255.254", "detach near/g");
    }
}
