package vini.vpn.elements.wireguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;

import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The element before a real client, wireguard-go, in namespaces. */
@Timeout(120)
class WireGuardSystemTest {
    private static String plain(Lab lab) {
        return lab.element("") + lab.host() + "host -> users -> host;";
    }

    private static double megabits(String iperf) {
        Matcher rate = Pattern.compile("([0-9.]+) ([MG])bits/sec\\s+receiver").matcher(iperf);
        assertThat(rate.find()).as(iperf).isTrue();
        return Double.parseDouble(rate.group(1)) * (rate.group(2).equals("G") ? 1000 : 1);
    }

    @Test
    void carriesPacketsOfAStockClientBothWays() throws Exception {
        try (Lab lab = new Lab()) {
            lab.serve(plain(lab));
            lab.write("n/users.add", lab.clientLine());
            assertThat(lab.read("n/users.peers"))
                    .isEqualTo(
                            "client\t"
                                    + lab.clientKey.publicKey()
                                    + "\t-\t10.8.0.2/32,fd00:8::2/128\t-\t0\t0\n");
            lab.startClient("");
            lab.awaitPing("10.8.0.1");
            lab.awaitPing("fd00:8::1");
            for (String way : new String[] {"", " -R", " -6"}) {
                lab.startIperf();
                String host = way.equals(" -6") ? "fd00:8::1" : "10.8.0.1";
                String result = lab.inClient("iperf3 -c " + host + " -t 1" + way);
                assertThat(megabits(result)).isGreaterThan(30);
            }
            String[] line = lab.read("n/users.peers").strip().split("\t", -1);
            assertThat(line[2]).startsWith("10.9.0.1:");
            assertThat(Long.parseLong(line[4])).isLessThan(60);
            assertThat(Long.parseLong(line[5])).isGreaterThan(1_000_000);
            assertThat(Long.parseLong(line[6])).isGreaterThan(1_000_000);
            assertThat(lab.counted("RESPONSE_SENT")).isEqualTo(1);
            assertThat(lab.read("n/users.public_key"))
                    .isEqualTo(lab.serverKey.publicKey().toString());
            // Whoever reads all that can be read, or hears what is said, sees no secret.
            String all = lab.read("n.config") + lab.chatter + lab.read("n/users.handlers");
            for (String handler : new String[] {"peers", "counts", "public_key", "config"}) {
                all += lab.read("n/users." + handler);
            }
            assertThat(all)
                    .doesNotContain(lab.serverKey.base64())
                    .doesNotContain(lab.clientKey.base64());
        }
    }

    @Test
    void aPresharedKeyIsUsed() throws Exception {
        try (Lab lab = new Lab()) {
            lab.serve(plain(lab));
            lab.write("n/users.add", lab.clientLine() + " psk " + lab.folder.resolve("psk"));
            lab.startClient("");
            assertThat(lab.pings("10.8.0.1")).isFalse();
            String _ =
                    lab.inClient(
                            "wg set "
                                    + lab.device()
                                    + " peer "
                                    + lab.serverKey.publicKey()
                                    + " preshared-key "
                                    + lab.folder.resolve("psk"));
            lab.awaitPing("10.8.0.1");
        }
    }

    @Test
    void aClientRoamsToAnotherPortAndAddress() throws Exception {
        try (Lab lab = new Lab()) {
            lab.serve(plain(lab));
            lab.write("n/users.add", lab.clientLine());
            lab.startClient("");
            lab.awaitPing("10.8.0.1");
            String _ = lab.inClient("wg set " + lab.device() + " listen-port 40000");
            assertThat(lab.pings("10.8.0.1")).isTrue();
            assertThat(lab.read("n/users.peers")).contains("\t10.9.0.1:40000\t");
            String _ = lab.inClient("ip address delete 10.9.0.1/24 dev v0");
            String _ = lab.inClient("ip address add 10.9.0.7/24 dev v0");
            // It keeps to its old source address until it makes a new socket, as apps do then.
            String _ = lab.inClient("wg set " + lab.device() + " listen-port 40001");
            await().atMost(Duration.ofSeconds(10)).until(() -> lab.pings("10.8.0.1"));
            assertThat(lab.read("n/users.peers")).contains("\t10.9.0.7:40001\t");
            assertThat(lab.counted("ROAMED")).isGreaterThanOrEqualTo(2);
            assertThat(lab.counted("INITIATION_RECEIVED")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "[::]"})
    void answersFromTheAddressThatTheClientSpeaksToAndFromAnotherWhenItIsGone(String all)
            throws Exception {
        try (Lab lab = new Lab()) {
            String _ = lab.inServer("ip address add 10.9.0.3/24 dev v1");
            lab.serve(lab.element(all, "") + lab.host() + "host -> users -> host;");
            lab.write("n/users.add", lab.clientLine());
            lab.startClient("", "10.9.0.3");
            lab.awaitPing("10.8.0.1");
            // A stock client goes where answers come from.
            String endpoints = "wg show " + lab.device() + " endpoints";
            assertThat(lab.inClient(endpoints)).contains("\t10.9.0.3:51820");
            String _ = lab.inServer("ip address delete 10.9.0.3/24 dev v1");
            assertThat(lab.inServer("ping -c 1 -W 3 10.8.0.2")).contains(" 1 received");
            assertThat(lab.inClient(endpoints)).contains("\t10.9.0.2:51820");
            assertThat(lab.pings("10.8.0.1")).isTrue();
            assertThat(lab.counted("INITIATION_RECEIVED")).isEqualTo(1);
        }
    }

    @Test
    void weBeginHandshakesAndRenewKeysToo() throws Exception {
        try (Lab lab = new Lab()) {
            lab.serve(
                    lab.element(", REKEY_AFTER 2s, REJECT_AFTER 60s")
                            + lab.host()
                            + "host -> users -> host;");
            lab.write("n/users.add", lab.clientLine());
            lab.startClient("");
            String _ = lab.inClient("wg set " + lab.device() + " listen-port 40000");
            lab.write("n/users.endpoint", "client 10.9.0.1:40000");
            assertThat(lab.inServer("ping -c 1 -W 3 10.8.0.2")).contains(" 1 received");
            assertThat(lab.counted("RESPONSE_RECEIVED")).isEqualTo(1);
            assertThat(lab.inServer("ping -i 0.1 -c 120 -W 2 10.8.0.2")).contains("120 received");
            assertThat(lab.counted("RESPONSE_RECEIVED")).isGreaterThanOrEqualTo(3);
            assertThat(lab.counted("INITIATION_RECEIVED")).isZero();
        }
    }

    @Test
    void aSourceThatIsNotTheUsersOwnIsRefused() throws Exception {
        try (Lab lab = new Lab()) {
            lab.serve(plain(lab));
            lab.write("n/users.add", lab.clientLine());
            lab.startClient("");
            lab.awaitPing("10.8.0.1");
            String _ = lab.inClient("ip address add 10.8.0.66/24 dev " + lab.device());
            assertThatThrownBy(() -> lab.inClient("ping -c 2 -i 0.2 -W 1 -I 10.8.0.66 10.8.0.1"))
                    .hasMessageContaining("0 received");
            assertThat(lab.read("n.books")).contains("drop users spoofed 2");
        }
    }

    @Test
    void sessionsLiveWhenTheGraphIsReplaced() throws Exception {
        try (Lab lab = new Lab()) {
            lab.serve(plain(lab));
            lab.write("n/users.add", lab.clientLine());
            lab.startClient("");
            lab.awaitPing("10.8.0.1");
            lab.replace(lab.element("") + lab.host() + "host -> users -> c :: Counter -> host;");
            assertThat(lab.pings("10.8.0.1")).isTrue();
            assertThat(lab.read("n/c.count")).isEqualTo("1");
            assertThat(lab.counted("INITIATION_RECEIVED")).isEqualTo(1);
            // With other times there are new keys, but the users stay.
            lab.replace(lab.element(", REKEY_AFTER 20s") + lab.host() + "host -> users -> host;");
            assertThat(lab.read("n/users.peers")).startsWith("client\t");
            assertThat(lab.inServer("ping -c 1 -W 3 10.8.0.2")).contains(" 1 received");
            assertThat(lab.counted("RESPONSE_RECEIVED")).isEqualTo(1);
        }
    }

    @Test
    void aSecondOneTakesThePlaceOfOneThatDied() throws Exception {
        try (Lab lab = new Lab()) {
            lab.start2("first", lab.element("") + "Idle -> users -> Discard;");
            lab.write("first/users.add", lab.clientLine());
            lab.serve(plain(lab));
            lab.write("n/users.add", lab.clientLine());
            assertThat(lab.read("n/users.listening")).isEqualTo("false");
            assertThat(lab.chatter).anyMatch(line -> line.contains("standing by"));
            lab.startClient("");
            assertThat(lab.pings("10.8.0.1")).isFalse();
            String at = lab.read("first/users.peers").split("\t", -1)[2];
            lab.write("n/users.endpoint", "client " + at);
            lab.write("first/users.active", "false");
            await().atMost(Duration.ofSeconds(5)).until(() -> lab.pings("10.8.0.1"));
            assertThat(lab.counted("RESPONSE_RECEIVED")).isEqualTo(1);
            lab.write("first/users.active", "true");
            assertThat(lab.read("first/users.listening")).isEqualTo("false");
            assertThat(lab.read("first/users.active")).isEqualTo("true");
        }
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        try (Lab lab = new Lab()) {
            Files.writeString(lab.folder.resolve("bad.key"), lab.serverKey.base64() + "x");
            String bad =
                    lab.element("").replace("server.key", "bad.key") + "Idle -> users -> Discard;";
            assertThatThrownBy(() -> lab.start2("n", bad))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("bad.key does not hold one key of 44 characters")
                    .satisfies(
                            e -> assertThat(e.toString()).doesNotContain(lab.serverKey.base64()));
            lab.start2("n", lab.element("") + "Idle -> users -> Discard;");
            refuses(lab, "add", "client", "it wants NAME PUBLICKEY ALLOWED");
            refuses(lab, "add", lab.clientLine() + " pfs x", "'pfs' is neither psk nor keepalive");
            refuses(lab, "add", lab.clientLine() + " psk /no/file", "there is none");
            refuses(lab, "add", "client abc 10.8.0.2/32", "'abc' is not a key");
            refuses(lab, "endpoint", "client 10.9.0.1:1", "there is no peer 'client'");
            lab.write("n/users.add", lab.clientLine() + " keepalive 25");
            refuses(lab, "endpoint", "client [::1]:1", "the socket of IPv4 only");
            lab.write("n/users.remove", "client");
            assertThat(lab.read("n/users.peers")).isEmpty();
        }
    }

    private static void refuses(Lab lab, String handler, String value, String message) {
        assertThatThrownBy(() -> lab.write("n/users." + handler, value))
                .isInstanceOf(HandlerException.class)
                .hasMessageContaining(message);
    }
}
