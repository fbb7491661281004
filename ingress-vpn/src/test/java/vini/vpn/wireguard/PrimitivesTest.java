package vini.vpn.wireguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** What the protocol is made of, against vectors of others. */
class PrimitivesTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** RFC 7693, appendix B. */
    @Test
    void hashes() {
        assertThat(
                        hex(
                                Blake2s.hash(
                                        "a".getBytes(StandardCharsets.US_ASCII),
                                        new byte[] {'b', 'c'})))
                .isEqualTo("508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
    }

    @Test
    void makesMacsAsAnotherDoes() {
        Random chance = new Random(4);
        Blake2sMac mac = new Blake2sMac(new byte[32]);
        for (int length = 1; length < 200; length++) {
            byte[] key = new byte[chance.nextInt(1, 33)];
            byte[] message = new byte[length + 16];
            chance.nextBytes(key);
            chance.nextBytes(message);
            byte[] expected = Blake2s.mac(key, message, length);
            mac.key(key);
            assertThat(mac.isAt(message, length)).isFalse();
            mac.write(message, length, message, length);
            assertThat(hex(Arrays.copyOfRange(message, length, length + 16)))
                    .isEqualTo(hex(expected));
            assertThat(mac.isAt(message, length)).isTrue();
            message[length + chance.nextInt(16)] ^= 1;
            assertThat(mac.isAt(message, length)).isFalse();
        }
    }

    /** draft-irtf-cfrg-xchacha-03, 2.2.1. */
    @Test
    void derivesTheKeyOfACookie() {
        byte[] key = new byte[32];
        for (int i = 0; i < 32; i++) {
            key[i] = (byte) i;
        }
        assertThat(hex(HChaCha20.subkey(key, hex("ff000000090000004a0000000031415927"), 1)))
                .isEqualTo("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
    }

    /** A pair that wg(8) made. */
    @Test
    void findsThePublicKey() {
        Secret key = Secret.parse("qA8xeNy90mokrymfYhPF/1rz14b8V1gU3B3hNajbDVc=");
        assertThat(key.publicKey()).hasToString("lrjbX+oUIGlXTo4mM2puc+8TyaVJ8TLp+mj5QDxdOC0=");
        assertThat(Secret.parse(key.base64())).isEqualTo(key).hasToString("a secret key");
    }

    @Test
    void bothEndsShareASecretAndNobodySharesOneWithABadKey() {
        Random chance = new Random(1);
        byte[] a = Curve.privateKey(chance);
        byte[] b = Curve.privateKey(chance);
        assertThat(Curve.shared(a, Curve.publicKey(b)))
                .isEqualTo(Curve.shared(b, Curve.publicKey(a)));
        assertThat(Curve.shared(a, new byte[32])).isNull();
        byte[] one = new byte[32];
        one[0] = 1;
        assertThat(Curve.shared(a, one)).isNull();
    }

    @Test
    void aMessageIsOpenedOnceItIsWholeOnly() {
        Aead aead = new Aead();
        SessionKey key = new SessionKey(new byte[32]);
        byte[] data = new byte[64];
        aead.seal(key, 7, data, 16, 32);
        byte[] sealed = data.clone();
        assertThat(aead.open(key, 7, data, 16, 48)).isEqualTo(32);
        assertThat(Arrays.copyOfRange(data, 16, 48)).containsOnly(0);
        assertThat(aead.open(key, 8, sealed.clone(), 16, 48)).isEqualTo(Aead.FORGED);
        for (int i = 16; i < 64; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(aead.open(key, 7, changed, 16, 48)).isEqualTo(Aead.FORGED);
        }
    }

    @Test
    void timestampsAreOrderedAsTimeIs() {
        byte[] zero = Tai64n.of(0);
        assertThat(hex(zero)).isEqualTo("400000000000000a00000000");
        assertThat(hex(Tai64n.of(1_999_999_999L))).isEqualTo("400000000000000b3b000000");
        assertThat(Tai64n.isAfter(Tai64n.of(20_000_000), zero)).isTrue();
        assertThat(Tai64n.isAfter(zero, zero)).isFalse();
        byte[] last = zero;
        for (int i = 0; i < 200; i++) {
            byte[] next = Tai64n.next(last);
            assertThat(Tai64n.isAfter(next, last)).isTrue();
            last = next;
        }
        assertThat(Tai64n.isAfter(last, Tai64n.of(3_000_000_000L))).isTrue();
    }

    @Test
    void whatIsNoKeyIsNotShown() {
        String nearly = "qA8xeNy90mokrymfYhPF/1rz14b8V1gU3B3hNajbDVc=".replace('=', 'x');
        assertThatThrownBy(() -> Secret.parse(nearly))
                .hasMessage("it is not a key of 44 characters in base64");
        assertThatThrownBy(() -> PublicKey.parse("abc"))
                .hasMessage("'abc' is not a key of 44 characters in base64");
    }
}
