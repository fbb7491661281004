package vini.forwarder.elements.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.elements.tcpudp.Segments;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.forwarder.io.Errno;
import vini.net.Ipv4Address;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** TCP of a user, by the stack that answers in the name of everybody outside. */
class CarrierTcpTest implements TcpHandler {
    private static final long SECOND = CarrierRun.SECOND;
    private static final Ipv4Address SERVER = Ipv4Address.parse(CarrierRun.SERVER);

    private final List<String> heard = new ArrayList<>();
    private final StringBuilder got = new StringBuilder();

    @SuppressWarnings("NullAway.Init") // set by begin
    private CarrierRun run;

    @BeforeEach
    void begin() throws Exception {
        run = new CarrierRun();
    }

    @AfterEach
    void end() {
        run.close();
    }

    @Override
    public void connected(TcpConnection connection) {
        heard.add("connected");
    }

    @Override
    public void received(TcpConnection connection, ByteBuf data) {
        got.append(data.toString(StandardCharsets.US_ASCII));
    }

    @Override
    public void peerClosed(TcpConnection connection) {
        heard.add("peer closed");
    }

    @Override
    public void closed(TcpConnection connection, TcpEnd end) {
        heard.add(end.toString());
    }

    private TcpConnection call() throws Exception {
        return run.user.connect(SERVER, 80, this, TcpSettings.DEFAULT);
    }

    private FakeTcp outside() {
        return run.outside.connections.getLast();
    }

    private TcpConnection open() throws Exception {
        TcpConnection connection = call();
        outside().handler.connected(outside());
        run.run(SECOND / 10);
        assertThat(heard).containsExactly("connected");
        return connection;
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    @Test
    void aSynIsHeldUntilTheOutsideHasAnswered() throws Exception {
        call();
        run.run(3 * SECOND); // with the SYN again
        assertThat(run.newAnswers()).isEmpty();
        assertThat(run.outside.connections).hasSize(1);
        outside().handler.connected(outside());
        run.run(SECOND / 10);
        assertThat(heard).containsExactly("connected");
        assertThat(run.count("calls_answered")).isEqualTo(1);
    }

    @Test
    void bytesAndFinsGoBothWays() throws Exception {
        TcpConnection connection = open();
        connection.write(text("request"));
        run.run(SECOND / 10);
        assertThat(outside().got).hasToString("request");
        connection.shutdown();
        run.run(SECOND / 10);
        assertThat(outside().calls).containsExactly("shutdown after 7");
        outside().says("answer");
        run.run(SECOND / 10);
        assertThat(got).hasToString("answer");
        outside().handler.peerClosed(outside());
        outside().ends(TcpEnd.CLOSED);
        run.run(SECOND);
        assertThat(heard).containsExactly("connected", "peer closed", "closed");
        assertThat(run.carrier.sessions().size()).isZero();
    }

    @Test
    void aRefusalIsAReset() throws Exception {
        call();
        outside().ends(TcpEnd.REFUSED);
        run.run(SECOND / 10);
        assertThat(heard).containsExactly("refused");
        assertThat(run.count("calls_refused")).isEqualTo(1);
        assertThat(run.carrier.sessions().size()).isZero();
    }

    @Test
    void aHostThatIsNotThereIsAnIcmpError() throws Exception {
        call();
        outside().ends(TcpEnd.UNREACHABLE);
        List<String> answers = run.newAnswers();
        assertThat(answers).hasSize(1);
        // Type 3, code 1, and the quoted SYN begins with its own addresses.
        assertThat(answers.getFirst().substring(40, 44)).isEqualTo("0301");
        assertThat(answers.getFirst().substring(56 + 24, 56 + 40)).isEqualTo("0a4d0001cb007105");
    }

    @Test
    void noRouteAtAllIsTheSame() throws Exception {
        run.outside.errnos.add(Errno.ENETUNREACH);
        call();
        assertThat(run.newAnswers().getFirst().substring(40, 44)).isEqualTo("0301");
        assertThat(run.carrier.sessions().size()).isZero();
    }

    @Test
    void silenceIsSilence() throws Exception {
        call();
        run.run(2 * SECOND);
        outside().ends(TcpEnd.TIMED_OUT);
        assertThat(run.newAnswers()).isEmpty();
        assertThat(run.carrier.sessions().size()).isZero();
        run.run(60 * SECOND);
        assertThat(run.outside.connections).as("the next SYN is a new call").hasSize(2);
    }

    @Test
    void resetsGoBothWays() throws Exception {
        open();
        outside().ends(TcpEnd.RESET);
        run.run(SECOND / 10);
        assertThat(heard).containsExactly("connected", "reset by peer");
    }

    @Test
    void aUserThatResetsEndsTheOutside() throws Exception {
        TcpConnection connection = open();
        connection.abort();
        run.run(SECOND / 10);
        assertThat(outside().calls).containsExactly("abort");
        assertThat(run.carrier.sessions().size()).isZero();
    }

    @Test
    void whoDoesNotReadOutsideClosesTheUsersWindow() throws Exception {
        TcpConnection connection = open();
        outside().room = 1000;
        int written = 0;
        for (int i = 0; i < 400; i++) {
            written += connection.write(Unpooled.wrappedBuffer(new byte[10_000]));
            run.run(SECOND / 100);
        }
        assertThat(outside().got).hasSize(1000);
        assertThat(connection.acknowledgedBytes()).isBetween(500_000L, 1_200_000L);
        assertThat(written).isLessThan(2_600_000);
        outside().hasRoomFor(Integer.MAX_VALUE);
        run.run(200 * SECOND);
        assertThat(outside().got).hasSize(written);
    }

    /** What a user sends and then closes is carried on also when the outside takes its time. */
    @Test
    void aSlowOutsideGetsAllOfAConnectionThatHasClosedInside() throws Exception {
        TcpConnection connection = open();
        outside().room = 0;
        connection.write(text("x".repeat(100_000)));
        connection.shutdown();
        outside().handler.peerClosed(outside());
        run.run(90 * SECOND);
        assertThat(outside().calls).isEmpty();
        outside().hasRoomFor(Integer.MAX_VALUE);
        run.run(SECOND);
        assertThat(outside().got).hasSize(100_000);
        assertThat(outside().calls).containsExactly("shutdown after 100000");
        outside().ends(TcpEnd.CLOSED);
        run.run(SECOND);
        assertThat(run.carrier.sessions().size()).isZero();
    }

    @Test
    void whoDoesNotReadInsideStopsTheOutside() throws Exception {
        TcpConnection connection = open();
        connection.pause();
        long said = 0;
        for (int i = 0; i < 1000 && !outside().isPaused; i++) {
            outside().says("x".repeat(10_000));
            said += 10_000;
            run.run(SECOND / 100);
        }
        assertThat(outside().isPaused).isTrue();
        assertThat(said).isLessThan(4_000_000);
        connection.resume();
        run.run(200 * SECOND);
        assertThat(got).hasSize((int) said);
        assertThat(outside().isPaused).isFalse();
    }

    @Test
    void aSessionThatIsClearedWhileItIsHeldEndsTheAttempt() {
        run.push(Segments.tcp(CarrierRun.OTHER, 1000, CarrierRun.SERVER, 80, 2, ""));
        assertThat(run.carrier.sessions().size()).isEqualTo(1);
        run.carrier.sessions().clear();
        assertThat(outside().calls).containsExactly("abort");
        assertThat(run.newAnswers()).isEmpty();
    }

    /** Segments of the tests begin at 1000: only a reset of 1001 can be of who has sent that. */
    @Test
    void aCallerThatGivesUpEndsTheAttempt() {
        run.push(Segments.tcp(CarrierRun.OTHER, 1000, CarrierRun.SERVER, 80, 2, ""));
        String reset = Segments.tcp(CarrierRun.OTHER, 1000, CarrierRun.SERVER, 80, 4, "");
        run.push(reset);
        assertThat(run.carrier.sessions().size()).as("a blind one").isEqualTo(1);
        String exact = reset.replace("000003e8000007d0", "000003e9000007d0");
        int sum = Integer.parseInt(reset.substring(72, 76), 16) - 1;
        run.push(exact.substring(0, 72) + "%04x".formatted(sum) + exact.substring(76));
        assertThat(run.carrier.sessions().size()).isZero();
        assertThat(outside().calls).containsExactly("abort");
    }

    @Test
    void anIdleConnectionEndsAfterTwoHoursAndFourMinutes() throws Exception {
        open();
        run.run(7430 * SECOND);
        assertThat(outside().calls).isEmpty();
        run.run(30 * SECOND);
        assertThat(outside().calls).containsExactly("abort");
        assertThat(heard).containsExactly("connected", "reset by peer");
        assertThat(run.count("sessions_timed_out")).isEqualTo(1);
    }

    @Test
    void aHalfClosedOneAfterFourMinutesOfSilence() throws Exception {
        open().shutdown();
        run.run(260 * SECOND);
        assertThat(outside().calls).containsExactly("shutdown after 0", "abort");
    }

    @Test
    void aUserHasItsLimitAndIsTold() throws Exception {
        for (int i = 0; i < 60; i++) {
            call();
        }
        assertThat(run.outside.connections).hasSize(50);
        assertThat(run.newAnswers()).hasSize(10).allMatch(a -> a.startsWith("030d", 40));
        run.run(25 * SECOND / 2); // so that each has been silent for five, SYNs included
        int before = run.outside.connections.size();
        call();
        assertThat(run.outside.connections).as("the oldest goes").hasSize(before + 1);
        assertThat(run.carrier.sessions().size()).isEqualTo(50);
    }

    @Test
    void withNoDescriptorLeftTheOldestGoes() throws Exception {
        open();
        run.run(10 * SECOND);
        run.outside.errnos.add(Errno.EMFILE);
        call();
        assertThat(run.outside.connections.getFirst().calls).containsExactly("abort");
        assertThat(run.outside.connections).hasSize(2);
    }
}
