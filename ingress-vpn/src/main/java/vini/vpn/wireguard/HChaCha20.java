package vini.vpn.wireguard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * HChaCha20 (draft-irtf-cfrg-xchacha-03, 2.2): makes of a key and the first 16 bytes of a nonce the
 * key for the rest of XChaCha20. Only cookies need it, so it is plain.
 */
final class HChaCha20 {
    static final int INPUT_BYTES = 16;

    private static final int ROUNDS = 20;

    /** "expand 32-byte k" as four little-endian words. */
    private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private HChaCha20() {}

    /** The 32 bytes that a key of 32 bytes and 16 bytes at {@code at} make. */
    static byte[] subkey(byte[] key, byte[] input, int at) {
        int[] x = new int[16];
        System.arraycopy(CONSTANTS, 0, x, 0, 4);
        for (int i = 0; i < 8; i++) {
            x[4 + i] = (int) INTS.get(key, 4 * i);
        }
        for (int i = 0; i < 4; i++) {
            x[12 + i] = (int) INTS.get(input, at + 4 * i);
        }
        for (int round = 0; round < ROUNDS; round += 2) {
            for (int i = 0; i < 4; i++) {
                quarter(x, i, 4 + i, 8 + i, 12 + i);
            }
            for (int i = 0; i < 4; i++) {
                quarter(x, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
            }
        }
        byte[] subkey = new byte[Messages.KEY_BYTES];
        for (int i = 0; i < 4; i++) {
            INTS.set(subkey, 4 * i, x[i]);
            INTS.set(subkey, 16 + 4 * i, x[12 + i]);
        }
        return subkey;
    }

    /** RFC 8439, 2.1. */
    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[a] += x[b];
        x[d] = Integer.rotateLeft(x[d] ^ x[a], 16);
        x[c] += x[d];
        x[b] = Integer.rotateLeft(x[b] ^ x[c], 12);
        x[a] += x[b];
        x[d] = Integer.rotateLeft(x[d] ^ x[a], 8);
        x[c] += x[d];
        x[b] = Integer.rotateLeft(x[b] ^ x[c], 7);
    }
}
