package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.control.HandlerTree;

class PauseWatchTest {
    @Test
    void countsPausesSinceItWasAskedTo() {
        PauseWatch watch = new PauseWatch();
        watch.paused(90);
        watch.begin();
        assertThat(watch.text()).isEqualTo("0 0 0");
        watch.paused(3);
        watch.paused(12);
        watch.paused(4);
        assertThat(watch.text()).isEqualTo("3 19 12");
    }

    @Test
    void hearsOfRealCollections() throws Exception {
        HandlerSpace handlers = PauseWatch.over(new HandlerTree(new Handlers(), owner -> null));
        handlers.checkWrite("pauses");
        handlers.write("pauses", "");
        String text = handlers.read("pauses", "");
        for (int i = 0; i < 200 && text.startsWith("0 "); i++) {
            System.gc();
            Thread.sleep(20);
            text = handlers.read("pauses", "");
        }
        assertThat(text).matches("[1-9]\\d* \\d+ \\d+");
    }

    @Test
    void otherHandlersAreThoseOfTheProcess() {
        Handlers process = new Handlers();
        process.read("list", () -> "a\n");
        HandlerSpace handlers = PauseWatch.over(new HandlerTree(process, owner -> null));
        assertThatThrownBy(() -> handlers.read("pause", "")).isInstanceOf(HandlerException.class);
        assertThatThrownBy(() -> handlers.write("pause", "")).isInstanceOf(HandlerException.class);
        assertThatThrownBy(() -> handlers.checkRead("x")).isInstanceOf(HandlerException.class);
    }
}
