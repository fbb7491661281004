package vini.forwarder.elements.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.elements.tcpudp.Segments;
import vini.forwarder.io.Errno;
import vini.forwarder.io.SocketError;
import vini.net.Ipv4Address;

import java.util.List;

/** UDP and ping of users, each port of theirs by a socket. */
class CarrierDatagramTest {
    private static final long SECOND = CarrierRun.SECOND;
    private static final String USER = CarrierRun.OTHER;
    private static final String SERVER = CarrierRun.SERVER;
    private static final String STRANGER = "198.51.100.66";
    private static final String ROUTER = "192.0.2.77";

    /** Where an ICMP message begins in hex, and what it quotes. */
    private static final int ICMP = 40;

    private static final int QUOTE = ICMP + 16;

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

    private static String udp(String to, int port) {
        return Segments.udp(USER, 1000, to, port, "cafe");
    }

    private FakeOutside.Socket socket() {
        return run.outside.sockets.getLast();
    }

    private static SocketError icmp(int errno, int type, int code, int info) {
        return new SocketError(errno, true, type, code, info, Ipv4Address.parse(ROUTER).bits());
    }

    @Test
    void aPortIsOneSocketWhomeverItSpeaksTo() {
        run.push(udp(SERVER, 53));
        run.push(udp(STRANGER, 54));
        assertThat(run.outside.sockets).hasSize(1);
        assertThat(socket().sent).hasSize(2);
        assertThat(socket().sent.getFirst()).startsWith(SERVER + ":53 cafe").contains("ttl");
        run.push(Segments.udp(USER, 1001, SERVER, 53, ""));
        assertThat(run.outside.sockets).hasSize(2);
    }

    @Test
    void answersGoBackFromWhereTheyCame() {
        run.push(udp(SERVER, 53));
        socket().hears(SERVER, 53, "beef01");
        assertThat(run.newAnswers())
                .singleElement()
                .satisfies(
                        hex -> {
                            // Addresses, ports, length; the sum is checked by the run.
                            assertThat(hex.substring(24, 40)).isEqualTo("cb0071050a4d0002");
                            assertThat(hex.substring(40, 52)).isEqualTo("003503e8000b");
                            assertThat(hex).endsWith("beef01");
                        });
    }

    @Test
    void strangersAreNotHeardButOtherPortsOfAKnownHost() {
        run.push(udp(SERVER, 53));
        socket().hears(STRANGER, 53, "00");
        assertThat(run.newAnswers()).isEmpty();
        assertThat(run.dropped).containsEntry("filtered", 1);
        socket().hears(SERVER, 9999, "00");
        assertThat(run.newAnswers()).hasSize(1);
    }

    @Test
    void anErrorOfTheOutsideQuotesWhatTheUserHadSent() {
        run.push(udp(SERVER, 53));
        socket().fails(icmp(Errno.ECONNREFUSED, 3, 3, 0), SERVER, 53, "cafe");
        String error = run.newAnswers().getFirst();
        assertThat(error.substring(24, 40)).isEqualTo("c000024d0a4d0002");
        assertThat(error.substring(ICMP, ICMP + 4)).isEqualTo("0303");
        assertThat(error.substring(QUOTE + 18, QUOTE + 20)).as("protocol").isEqualTo("11");
        assertThat(error.substring(QUOTE + 24, QUOTE + 48)).isEqualTo("0a4d0002cb00710503e80035");
    }

    @Test
    void whatIsTooLongForThePathIsToldWithItsMtu() {
        run.push(udp(SERVER, 53));
        socket().fails(icmp(Errno.EMSGSIZE, 3, 4, 1300), SERVER, 53, "");
        assertThat(run.newAnswers().getFirst().substring(ICMP, QUOTE))
                .startsWith("0304")
                .endsWith("00000514");
    }

    @Test
    void whatThisMachineFindsTooLongIsQuotedAsItWas() {
        run.push(udp(SERVER, 53));
        FakeOutside.Socket socket = socket();
        socket.results.add(-Errno.EMSGSIZE);
        socket.errors.add(
                () ->
                        socket.fails(
                                new SocketError(Errno.EMSGSIZE, false, 0, 0, 1400, 0),
                                SERVER,
                                53,
                                ""));
        socket.results.add(-Errno.EMSGSIZE);
        String packet = udp(SERVER, 53);
        run.push(packet);
        String error = run.newAnswers().getFirst();
        assertThat(error.substring(ICMP, QUOTE)).startsWith("0304").endsWith("00000578");
        assertThat(error.substring(QUOTE)).isEqualTo(packet);
        assertThat(run.dropped).containsEntry("tooLong", 1);
    }

    @Test
    void theErrorOfAnEarlierDatagramDoesNotCostTheNextOne() {
        run.push(udp(SERVER, 53));
        FakeOutside.Socket socket = socket();
        socket.results.add(-Errno.ECONNREFUSED);
        socket.errors.add(
                () -> socket.fails(icmp(Errno.ECONNREFUSED, 3, 3, 0), SERVER, 53, "cafe"));
        run.push(udp(SERVER, 54));
        assertThat(socket.sent).hasSize(2);
        assertThat(run.newAnswers()).hasSize(1);
    }

    @Test
    void aMappingEndsAfterFiveMinutesOfSilenceAndStrangersDoNotKeepIt() {
        run.push(udp(SERVER, 53));
        run.run(290 * SECOND);
        socket().hears(SERVER, 53, "00");
        assertThat(socket().isClosed).isFalse();
        run.run(20 * SECOND);
        assertThat(socket().isClosed).isTrue();
        assertThat(run.count("sessions_timed_out")).isEqualTo(1);
    }

    @Test
    void pingsGoOutAndComeBackWithTheUsersIdentifier() {
        run.push(Segments.echo(USER, SERVER, 8, 77, 5));
        assertThat(socket().sent).hasSize(1);
        // An echo reply with the socket's identifier 40000 and sequence 5.
        socket().hears(SERVER, 0, "000063ba9c400005");
        String reply = run.newAnswers().getFirst();
        assertThat(reply.substring(24, 44)).isEqualTo("cb0071050a4d00020000");
        assertThat(reply).endsWith("004d0005");
    }

    @Test
    void anErrorAboutAPingHasTheUsersIdentifier() {
        run.push(Segments.echo(USER, SERVER, 8, 77, 5));
        socket().fails(icmp(Errno.EHOSTUNREACH, 11, 0, 0), SERVER, 0, "08005bba9c400005");
        String error = run.newAnswers().getFirst();
        assertThat(error.substring(ICMP, ICMP + 4)).isEqualTo("0b00");
        // The checksum that the user had sent: of 0800, 004d and 0005.
        assertThat(error).endsWith("0800f7ad004d0005");
    }

    @Test
    void withoutARightToPingItSaysOnceWhatWouldHelp() {
        run.outside.errnos.addAll(List.of(Errno.EACCES, Errno.EACCES));
        run.push(Segments.echo(USER, SERVER, 8, 77, 5));
        run.push(Segments.echo(USER, SERVER, 8, 77, 6));
        assertThat(run.dropped).containsEntry("noRight", 2);
        assertThat(run.said).singleElement().asString().contains("ping_group_range");
        assertThat(run.newAnswers()).hasSize(2).allMatch(a -> a.startsWith("030d", ICMP));
    }

    @Test
    void whatIsNotSoundOrNotOfTheInsideIsDropped() {
        run.push(Segments.udp("192.0.2.1", 1000, SERVER, 53, ""));
        String bad = udp(SERVER, 53);
        run.push(bad.substring(0, bad.length() - 2) + "00");
        run.push(udp(SERVER, 0));
        run.push(Segments.echo(USER, SERVER, 13, 1, 1));
        assertThat(run.dropped)
                .containsEntry("notInside", 1)
                .containsEntry("badUdp", 2)
                .containsEntry("unsupported", 1);
        assertThat(run.outside.sockets).isEmpty();
    }

    @Test
    void whenAllIsFullTheOneThatIsIdleForLongestGoes() throws Exception {
        run.close();
        run = new CarrierRun(3, 3);
        for (int port = 1; port <= 3; port++) {
            run.push(Segments.udp(CarrierRun.USER, port, SERVER, 53, ""));
            run.run(SECOND);
        }
        run.push(udp(SERVER, 53));
        assertThat(run.dropped).as("all are in use").containsEntry("sessionsFull", 1);
        run.push(Segments.udp(CarrierRun.USER, 1, SERVER, 53, ""));
        run.run(4 * SECOND);
        run.push(udp(SERVER, 53));
        assertThat(run.outside.sockets.get(0).isClosed).isFalse();
        assertThat(run.outside.sockets.get(1).isClosed).isTrue();
        assertThat(run.carrier.sessions().size()).isEqualTo(3);
    }
}
