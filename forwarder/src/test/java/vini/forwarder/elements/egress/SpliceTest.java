package vini.forwarder.elements.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.host.TcpEnd;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class SpliceTest implements Splice.Listener {
    private final List<String> heard = new ArrayList<>();
    private final Splice splice = new Splice(this);
    private final FakeTcp outside = new FakeTcp(splice.outside());
    private final FakeTcp inside = new FakeTcp(splice.inside());

    @Override
    public void carriedOut(int bytes) {}

    @Override
    public void carriedIn(int bytes) {}

    @Override
    public void connected() {
        heard.add("connected");
        splice.insideBegins(inside);
    }

    @Override
    public void notConnected(TcpEnd why) {
        heard.add("not connected: " + why);
    }

    @Override
    public void over() {
        heard.add("over");
    }

    @BeforeEach
    void begin() {
        splice.outsideBegins(outside);
    }

    private void open() {
        outside.handler.connected(outside);
        inside.handler.connected(inside);
    }

    @Test
    void theInsideIsAnsweredWhenTheOutsideHasAnswered() {
        assertThat(heard).isEmpty();
        outside.handler.connected(outside);
        assertThat(heard).containsExactly("connected");
        assertThat(splice.isConnected()).isTrue();
    }

    @Test
    void whatTheOutsideSaysFirstWaitsForTheInside() {
        inside.room = 0;
        outside.handler.connected(outside);
        assertThat(outside.isPaused).isTrue();
        outside.says("220 hello"); // it had been read already
        inside.room = 100;
        inside.handler.connected(inside);
        assertThat(inside.got).hasToString("220 hello");
        assertThat(outside.isPaused).isFalse();
    }

    @Test
    void aRefusalIsTheOutsidesLastWord() {
        outside.ends(TcpEnd.REFUSED);
        assertThat(heard).containsExactly("not connected: refused");
        assertThat(inside.calls).isEmpty();
    }

    @Test
    void bytesGoBothWays() {
        open();
        inside.says("GET /");
        outside.says("200 OK");
        assertThat(outside.got).hasToString("GET /");
        assertThat(inside.got).hasToString("200 OK");
    }

    @Test
    void whoSendsWaitsWhileTheOtherHasNoRoom() {
        open();
        outside.room = 3;
        inside.says("abcdef");
        assertThat(outside.got).hasToString("abc");
        assertThat(inside.isPaused).isTrue();
        inside.says("ghi"); // that was on its way
        outside.hasRoomFor(4);
        assertThat(outside.got).hasToString("abcdefg");
        assertThat(inside.isPaused).isTrue();
        outside.hasRoomFor(100);
        assertThat(outside.got).hasToString("abcdefghi");
        assertThat(inside.isPaused).isFalse();
    }

    @Test
    void theSameTheOtherWay() {
        open();
        inside.room = 0;
        outside.says("abc");
        assertThat(outside.isPaused).isTrue();
        assertThat(inside.isPaused).isFalse();
        inside.hasRoomFor(3);
        assertThat(inside.got).hasToString("abc");
        assertThat(outside.isPaused).isFalse();
    }

    @Test
    void aHalfClosedConnectionStaysOpenTheOtherWay() {
        open();
        inside.says("request");
        inside.handler.peerClosed(inside);
        assertThat(outside.calls).containsExactly("shutdown after 7");
        assertThat(splice.isClosing()).isTrue();
        outside.says("answer");
        outside.handler.peerClosed(outside);
        assertThat(inside.calls).containsExactly("shutdown after 6");
        outside.ends(TcpEnd.CLOSED);
        assertThat(heard).doesNotContain("over");
        inside.ends(TcpEnd.CLOSED);
        assertThat(heard).containsExactly("connected", "over");
        assertThat(inside.calls).doesNotContain("abort");
    }

    @Test
    void aFinStandsBehindAllBytes() {
        open();
        inside.room = 2;
        outside.says("abcdef");
        outside.handler.peerClosed(outside);
        assertThat(inside.calls).isEmpty();
        inside.hasRoomFor(10);
        assertThat(inside.got).hasToString("abcdef");
        assertThat(inside.calls).containsExactly("shutdown after 6");
    }

    @Test
    void aFinThatComesBeforeTheInsideIsThereGoesOnLater() {
        outside.handler.connected(outside);
        inside.room = 0;
        outside.says("bye");
        outside.handler.peerClosed(outside);
        assertThat(inside.calls).isEmpty();
        inside.room = 10;
        inside.handler.connected(inside);
        assertThat(inside.got).hasToString("bye");
        assertThat(inside.calls).containsExactly("shutdown after 3");
    }

    @Test
    void aResetGoesOnEitherWay() {
        open();
        outside.ends(TcpEnd.RESET);
        assertThat(inside.calls).containsExactly("abort");
        assertThat(heard).containsExactly("connected", "over");
    }

    @Test
    void aResetOfTheInsideGoesOut() {
        open();
        inside.ends(TcpEnd.RESET);
        assertThat(outside.calls).containsExactly("abort");
        assertThat(heard).containsExactly("connected", "over");
    }

    @Test
    void aResetGoesOnAlsoAfterAFin() {
        open();
        inside.handler.peerClosed(inside);
        outside.ends(TcpEnd.RESET);
        assertThat(inside.calls).containsExactly("abort");
    }

    @Test
    void anInsideThatNeverAnswersEndsTheOutside() {
        outside.handler.connected(outside);
        inside.ends(TcpEnd.TIMED_OUT);
        assertThat(outside.calls).containsExactly("abort");
        assertThat(heard).containsExactly("connected", "over");
    }

    @Test
    void anEndByTheOwnerIsSilentForIt() {
        open();
        splice.abort();
        assertThat(inside.calls).containsExactly("abort");
        assertThat(outside.calls).containsExactly("abort");
        assertThat(heard).containsExactly("connected");
    }

    @Test
    void anEndBeforeItIsConnectedStopsTheAttempt() {
        splice.abort();
        assertThat(outside.calls).containsExactly("abort");
        assertThat(heard).isEmpty();
    }

    /** Whatever room there is when: all bytes arrive in order, and no more than two pieces wait. */
    @Test
    void bytesAreNeitherLostNorTurnedAround() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        open();
        StringBuilder said = new StringBuilder();
        int timesPaused = 0;
        inside.room = 0;
        for (int i = 0; i < 5000; i++) {
            if (!outside.isPaused && random.nextBoolean()) {
                String piece = "" + i;
                said.append(piece);
                outside.says(piece);
                timesPaused += outside.isPaused ? 1 : 0;
            } else if (random.nextInt(4) == 0) {
                inside.hasRoomFor(random.nextInt(9));
            }
        }
        inside.hasRoomFor(Integer.MAX_VALUE);
        assertThat(inside.got).as("-Dseed=%d", seed).hasToString(said.toString());
        assertThat(timesPaused).as("-Dseed=%d was paused", seed).isPositive();
    }
}
