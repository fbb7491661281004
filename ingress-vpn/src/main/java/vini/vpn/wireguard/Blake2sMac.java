package vini.vpn.wireguard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keyed BLAKE2s (RFC 7693) with 16 bytes of MAC, for who checks thousands of messages a second: the
 * block of the key is compressed once for all of them, and nothing is allocated. Not for two
 * threads at once.
 */
final class Blake2sMac {
    private static final int BLOCK_BYTES = 64;
    private static final int ROUNDS = 10;

    /** RFC 7693, 2.5: depth and fanout are one. */
    private static final int PARAMETERS = 0x01010000;

    /** RFC 7693, 2.6. */
    private static final int[] IV = {
        0x6a09e667,
        0xbb67ae85,
        0x3c6ef372,
        0xa54ff53a,
        0x510e527f,
        0x9b05688c,
        0x1f83d9ab,
        0x5be0cd19
    };

    /** RFC 7693, 2.7: which words of the block each round takes, in order. */
    private static final byte[] SIGMA = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, //
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3, //
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4, //
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8, //
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13, //
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9, //
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11, //
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10, //
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5, //
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    };

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The state behind the block of the key. */
    private final int[] keyed = new int[8];

    private final int[] state = new int[8];
    private final int[] work = new int[16];
    private final int[] words = new int[16];
    private final byte[] block = new byte[BLOCK_BYTES];

    /** MACs under that key of 1 to 32 bytes. */
    Blake2sMac(byte[] key) {
        key(key);
    }

    /** MACs are under another key from now on. */
    void key(byte[] key) {
        System.arraycopy(IV, 0, state, 0, IV.length);
        state[0] ^= PARAMETERS ^ key.length << 8 ^ Messages.MAC_BYTES;
        Arrays.fill(block, (byte) 0);
        System.arraycopy(key, 0, block, 0, key.length);
        compress(block, 0, BLOCK_BYTES, 0);
        System.arraycopy(state, 0, keyed, 0, keyed.length);
    }

    /** Writes the MAC of the first {@code length} bytes of a message, one or more. */
    void write(byte[] message, int length, byte[] to, int at) {
        hash(message, length);
        for (int i = 0; i < Messages.MAC_BYTES / Integer.BYTES; i++) {
            INTS.set(to, at + i * Integer.BYTES, state[i]);
        }
    }

    /** Whether the MAC of what stands before {@code at} follows there; in constant time. */
    boolean isAt(byte[] message, int at) {
        hash(message, at);
        int difference = 0;
        for (int i = 0; i < Messages.MAC_BYTES / Integer.BYTES; i++) {
            difference |= state[i] ^ (int) INTS.get(message, at + i * Integer.BYTES);
        }
        return difference == 0;
    }

    private void hash(byte[] message, int length) {
        System.arraycopy(keyed, 0, state, 0, keyed.length);
        int at = 0;
        while (length - at > BLOCK_BYTES) {
            compress(message, at, at + 2 * BLOCK_BYTES, 0);
            at += BLOCK_BYTES;
        }
        System.arraycopy(message, at, block, 0, length - at);
        Arrays.fill(block, length - at, BLOCK_BYTES, (byte) 0);
        compress(block, 0, length + BLOCK_BYTES, -1);
    }

    /**
     * RFC 7693, 3.2.
     *
     * @param count bytes so far, with the block of the key and with these
     * @param last all ones for the last block
     */
    private void compress(byte[] from, int at, int count, int last) {
        int[] m = words;
        int[] v = work;
        for (int i = 0; i < m.length; i++) {
            m[i] = (int) INTS.get(from, at + i * Integer.BYTES);
        }
        System.arraycopy(state, 0, v, 0, 8);
        System.arraycopy(IV, 0, v, 8, 8);
        v[12] ^= count;
        v[14] ^= last;
        for (int s = 0; s < ROUNDS * 16; s += 16) {
            mix(v, 0, 4, 8, 12, m[SIGMA[s]], m[SIGMA[s + 1]]);
            mix(v, 1, 5, 9, 13, m[SIGMA[s + 2]], m[SIGMA[s + 3]]);
            mix(v, 2, 6, 10, 14, m[SIGMA[s + 4]], m[SIGMA[s + 5]]);
            mix(v, 3, 7, 11, 15, m[SIGMA[s + 6]], m[SIGMA[s + 7]]);
            mix(v, 0, 5, 10, 15, m[SIGMA[s + 8]], m[SIGMA[s + 9]]);
            mix(v, 1, 6, 11, 12, m[SIGMA[s + 10]], m[SIGMA[s + 11]]);
            mix(v, 2, 7, 8, 13, m[SIGMA[s + 12]], m[SIGMA[s + 13]]);
            mix(v, 3, 4, 9, 14, m[SIGMA[s + 14]], m[SIGMA[s + 15]]);
        }
        for (int i = 0; i < state.length; i++) {
            state[i] ^= v[i] ^ v[i + 8];
        }
    }

    /** RFC 7693, 3.1. */
    private static void mix(int[] v, int a, int b, int c, int d, int x, int y) {
        int va = v[a] + v[b] + x;
        int vd = Integer.rotateRight(v[d] ^ va, 16);
        int vc = v[c] + vd;
        int vb = Integer.rotateRight(v[b] ^ vc, 12);
        va += vb + y;
        vd = Integer.rotateRight(vd ^ va, 8);
        vc += vd;
        v[a] = va;
        v[b] = Integer.rotateRight(vb ^ vc, 7);
        v[c] = vc;
        v[d] = vd;
    }
}
