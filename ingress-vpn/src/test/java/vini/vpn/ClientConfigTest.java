package vini.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.io.Endpoint;
import vini.net.IpAddress;
import vini.net.Prefix;
import vini.vpn.wireguard.PublicKey;
import vini.vpn.wireguard.Secret;

import java.util.List;
import java.util.Random;

class ClientConfigTest {
    private static final String KEY = "qA8xeNy90mokrymfYhPF/1rz14b8V1gU3B3hNajbDVc=";
    private static final String PUBLIC = "lrjbX+oUIGlXTo4mM2puc+8TyaVJ8TLp+mj5QDxdOC0=";

    private static final String TEXT =
            """
            [Interface]
            PrivateKey = %s
            Address = 10.8.0.2/32, fd00::2/128
            DNS = 10.8.0.1
            MTU = 1420

            [Peer]
            PublicKey = %s
            AllowedIPs = 0.0.0.0/0, ::/0
            Endpoint = 192.0.2.7:51820
            PersistentKeepalive = 25
            """
                    .formatted(KEY, PUBLIC);

    private static final ClientConfig CONFIG =
            new ClientConfig(
                    Secret.parse(KEY),
                    List.of(Prefix.parse("10.8.0.2/32"), Prefix.parse("fd00::2/128")),
                    List.of(IpAddress.parse("10.8.0.1")),
                    1420,
                    PublicKey.parse(PUBLIC),
                    null,
                    List.of(Prefix.parse("0.0.0.0/0"), Prefix.parse("::/0")),
                    Endpoint.parse("192.0.2.7:51820"),
                    25);

    @Test
    void writesWhatStockClientsRead() {
        assertThat(CONFIG.text()).isEqualTo(TEXT);
    }

    @Test
    void readsWhatItWrote() {
        assertThat(ClientConfig.parse(TEXT)).isEqualTo(CONFIG);
        ClientConfig least =
                new ClientConfig(
                        CONFIG.privateKey(),
                        CONFIG.addresses(),
                        List.of(),
                        0,
                        CONFIG.server(),
                        Secret.presharedKey(new Random(1)),
                        CONFIG.allowed(),
                        Endpoint.parse("[2001:db8::1]:1"),
                        0);
        assertThat(ClientConfig.parse(least.text())).isEqualTo(least);
    }

    @Test
    void readsWhatPeopleWrite() {
        String text =
                TEXT.toLowerCase(java.util.Locale.ROOT)
                        .replace(KEY.toLowerCase(java.util.Locale.ROOT), KEY + " # mine")
                        .replace(PUBLIC.toLowerCase(java.util.Locale.ROOT), PUBLIC)
                        .replace("0.0.0.0/0, ::/0", "0.0.0.0/0\nallowedips=::/0")
                        .replace("\n", "\r\n");
        assertThat(ClientConfig.parse(text)).isEqualTo(CONFIG);
    }

    @Test
    void saysWhatIsWrongWithoutShowingAKey() {
        assertThat(CONFIG.toString()).doesNotContain(KEY);
        refuses(TEXT.replace("MTU", "MTV"), "line 5 is none of privatekey, address, dns, mtu");
        refuses(
                TEXT.replace(KEY, KEY + "x"),
                "privatekey: it is not a key of 44 characters in base64");
        refuses(TEXT.replace("Endpoint", "# Endpoint"), "there is no endpoint");
        refuses(TEXT + "Endpoint = 192.0.2.7:1\n", "line 12: a second endpoint");
        refuses(TEXT + "[Peer]\n", "line 12: a second [peer]");
        refuses("Address = 1.2.3.4\n", "line 1 is none of ");
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> ClientConfig.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
