package vini.vpn.wireguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Java's cipher and, where it is installed, libcrypto's. */
class PacketCipherTest {
    private static final int ROOM = 2048;

    private static List<PacketCipher> all() {
        List<PacketCipher> all = new ArrayList<>(List.of(new JavaCipher()));
        PacketCipher libcrypto = LibcryptoCipher.find();
        if (libcrypto != null) {
            all.add(libcrypto);
        }
        return all;
    }

    private static SessionKey key(long seed) {
        byte[] bytes = new byte[Messages.KEY_BYTES];
        new Random(seed).nextBytes(bytes);
        return new SessionKey(bytes);
    }

    private static byte[] sealed(PacketCipher by, SessionKey key, long counter, byte[] plain) {
        ByteBuf from = Unpooled.directBuffer(plain.length + 3).writeZero(3).writeBytes(plain);
        ByteBuf to = Unpooled.directBuffer(ROOM);
        by.seal(key, counter, from, 3, plain.length, to, 5);
        byte[] message = new byte[plain.length + Messages.TAG_BYTES];
        to.getBytes(5, message);
        from.release();
        to.release();
        return message;
    }

    private static byte[] opened(PacketCipher by, SessionKey key, long counter, byte[] message) {
        ByteBuf data = Unpooled.directBuffer(ROOM).writeZero(7).writeBytes(message);
        int length = by.open(key, counter, data, 7, message.length);
        byte[] plain = new byte[Math.max(length, 0)];
        data.getBytes(7, plain);
        data.release();
        return length < 0 ? new byte[] {-1, -1, -1} : plain;
    }

    @Test
    void bothSayTheSame() {
        Random chance = new Random(1);
        for (int length : new int[] {0, 1, 15, 16, 63, 64, 65, 255, 1000, 1420}) {
            byte[] plain = new byte[length];
            chance.nextBytes(plain);
            long counter = chance.nextLong();
            SessionKey key = key(length);
            byte[] expected = sealed(new JavaCipher(), key, counter, plain);
            for (PacketCipher cipher : all()) {
                assertThat(sealed(cipher, key, counter, plain)).isEqualTo(expected);
                assertThat(opened(cipher, key, counter, expected)).isEqualTo(plain);
                cipher.close();
            }
        }
    }

    @Test
    void bothSealWhatIsShortTheSame() {
        byte[] plain = {1, 2, 3, 4, 5};
        byte[] also = {6, 7};
        byte[] expected = new byte[30];
        new JavaCipher().seal(key(1), -5, plain, also, expected, 4);
        for (PacketCipher cipher : all()) {
            byte[] made = new byte[30];
            cipher.seal(key(1), -5, plain, also, made, 4);
            assertThat(made).isEqualTo(expected);
            cipher.close();
        }
    }

    /** What Python's cryptography makes of the same. */
    @Test
    void aMessageOfAnother() {
        for (PacketCipher cipher : all()) {
            byte[] made = sealed(cipher, new SessionKey(new byte[32]), 7, new byte[] {1, 2, 3});
            assertThat(HexFormat.of().formatHex(made))
                    .isEqualTo("393afb2344fe2b76ef99c9c1b475dc73a4d44a");
            cipher.close();
        }
    }

    @Test
    void sealsWhereItStandsAndLeavesTheRest() {
        for (PacketCipher cipher : all()) {
            ByteBuf data = Unpooled.directBuffer(ROOM).writeZero(ROOM);
            data.setByte(10 + 32 + Messages.TAG_BYTES, 0xa5).setByte(9, 0xa5);
            cipher.seal(key(1), 3, data, 10, 32, data, 10);
            byte[] message = ByteBufUtil.getBytes(data, 10, 32 + Messages.TAG_BYTES);
            assertThat(message).isEqualTo(sealed(new JavaCipher(), key(1), 3, new byte[32]));
            assertThat(data.getByte(9)).isEqualTo((byte) 0xa5);
            assertThat(data.getByte(10 + 32 + Messages.TAG_BYTES)).isEqualTo((byte) 0xa5);
            data.release();
            cipher.close();
        }
    }

    @Test
    void whatIsNotGenuineIsRefused() {
        for (PacketCipher cipher : all()) {
            byte[] message = sealed(cipher, key(1), 9, new byte[40]);
            for (int i = 0; i < message.length; i++) {
                byte[] changed = message.clone();
                changed[i] ^= 0x10;
                assertThat(opened(cipher, key(1), 9, changed)).containsExactly(-1, -1, -1);
            }
            assertThat(opened(cipher, key(2), 9, message)).containsExactly(-1, -1, -1);
            assertThat(opened(cipher, key(1), 8, message)).containsExactly(-1, -1, -1);
            assertThat(opened(cipher, key(1), 9, new byte[15])).containsExactly(-1, -1, -1);
            assertThat(opened(cipher, key(1), 9, message)).containsOnly(0).hasSize(40);
            cipher.close();
        }
    }

    @Test
    void keysInTurnsAndForgottenOnes() {
        for (PacketCipher cipher : all()) {
            SessionKey[] keys = {key(1), key(2), key(1)};
            for (int i = 0; i < 12; i++) {
                SessionKey key = keys[i % keys.length];
                byte[] expected = sealed(new JavaCipher(), key, i, new byte[20]);
                assertThat(sealed(cipher, key, i, new byte[20])).isEqualTo(expected);
                assertThat(opened(cipher, key, i, expected)).hasSize(20).containsOnly(0);
                cipher.forget(keys[i % 2]);
            }
            cipher.close();
        }
    }

    @Test
    void whereThereIsNoRoomNothingIsWritten() {
        for (PacketCipher cipher : all()) {
            ByteBuf small = Unpooled.directBuffer(32, 32);
            assertThatThrownBy(() -> cipher.seal(key(1), 0, small, 0, 20, small, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> cipher.open(key(1), 0, small, 10, 30))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            small.release();
            cipher.close();
        }
    }
}
