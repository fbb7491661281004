package vini.vpn.wireguard;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * That of OpenSSL 3, EVP_EncryptInit(3), where packets lie: nothing is copied and nothing is
 * allocated, and it is faster. Calls are short, so that they are made without leaving Java.
 */
final class LibcryptoCipher implements PacketCipher {
    private static final int ENCRYPT = 1;
    private static final int DECRYPT = 0;

    // EVP_CTRL_AEAD_GET_TAG and its like
    private static final int GET_TAG = 0x10;
    private static final int SET_TAG = 0x11;

    private static final int TAG_BYTES = Messages.TAG_BYTES;

    // What is said by address: the key, the nonce, a length that comes back, and what is short.
    private static final int NONCE_AT = Messages.KEY_BYTES;
    private static final int COUNTER_AT = NONCE_AT + 4;
    private static final int LENGTH_AT = COUNTER_AT + Long.BYTES;
    private static final int SHORT_AT = LENGTH_AT + Integer.BYTES;
    private static final int ALSO_AT = SHORT_AT + SHORT_BYTES + TAG_BYTES;
    private static final int WORDS_BYTES = ALSO_AT + SHORT_BYTES;

    private final MemorySegment words = Arena.ofAuto().allocate(WORDS_BYTES, Long.BYTES);
    private final Direction encryption;
    private final Direction decryption;

    private LibcryptoCipher(long algorithm) {
        encryption = new Direction(algorithm, ENCRYPT);
        decryption = new Direction(algorithm, DECRYPT);
    }

    /** One; null where there is no such library, or it has no such cipher. */
    static @Nullable PacketCipher find() {
        if (Library.FOUND == null) {
            return null;
        }
        long algorithm = Functions.algorithm();
        return algorithm == 0 ? null : new LibcryptoCipher(algorithm);
    }

    @Override
    public void seal(
            SessionKey key,
            long counter,
            ByteBuf plain,
            int plainAt,
            int length,
            ByteBuf to,
            int at) {
        int _ = Objects.checkFromIndexSize(plainAt, length, plain.capacity());
        int _ = Objects.checkFromIndexSize(at, length + TAG_BYTES, to.capacity());
        long out = to.memoryAddress() + at;
        encryption.begin(key, counter);
        encryption.update(plain.memoryAddress() + plainAt, length, out);
        boolean good = encryption.ends(out) && encryption.tag(GET_TAG, out + length);
        if (!good) {
            throw new IllegalStateException("encryption of " + length + " bytes");
        }
    }

    @Override
    public void seal(SessionKey key, long counter, byte[] plain, byte[] also, byte[] to, int at) {
        int _ = Objects.checkIndex(Math.max(plain.length, also.length), SHORT_BYTES + 1);
        MemorySegment.copy(plain, 0, words, JAVA_BYTE, SHORT_AT, plain.length);
        MemorySegment.copy(also, 0, words, JAVA_BYTE, ALSO_AT, also.length);
        long out = words.address() + SHORT_AT;
        encryption.begin(key, counter);
        encryption.update(words.address() + ALSO_AT, also.length, 0);
        encryption.update(out, plain.length, out);
        boolean good = encryption.ends(out) && encryption.tag(GET_TAG, out + plain.length);
        if (!good) {
            throw new IllegalStateException("encryption of " + plain.length + " bytes");
        }
        MemorySegment.copy(words, JAVA_BYTE, SHORT_AT, to, at, plain.length + TAG_BYTES);
    }

    @Override
    public int open(SessionKey key, long counter, ByteBuf data, int at, int length) {
        int _ = Objects.checkFromIndexSize(at, length, data.capacity());
        int plain = length - TAG_BYTES;
        if (plain < 0) {
            return FORGED;
        }
        long in = data.memoryAddress() + at;
        decryption.begin(key, counter);
        if (!decryption.tag(SET_TAG, in + plain)) {
            throw new IllegalStateException("decryption of " + length + " bytes");
        }
        decryption.update(in, plain, in);
        return decryption.ends(in) ? plain : FORGED;
    }

    @Override
    public void forget(SessionKey key) {
        encryption.forget(key);
        decryption.forget(key);
    }

    @Override
    public void close() {
        encryption.free();
        decryption.free();
        words.fill((byte) 0);
    }

    /** A context that encrypts, or one that decrypts; it keeps the last key. */
    private final class Direction {
        private long context;
        private final int encrypts;
        private @Nullable SessionKey last;

        Direction(long algorithm, int encrypts) {
            this.encrypts = encrypts;
            context = Functions.context();
            if (context == 0 || !initialize(algorithm, words.address())) {
                throw new IllegalStateException("libcrypto does not begin");
            }
        }

        private boolean initialize(long algorithm, long key) {
            return Functions.initialize(
                    context, algorithm, key, words.address() + NONCE_AT, encrypts);
        }

        void begin(SessionKey key, long counter) {
            if (context == 0) {
                throw new IllegalStateException("the cipher is closed");
            }
            words.set(JAVA_LONG_UNALIGNED, COUNTER_AT, counter);
            long keyAddress = 0;
            if (!key.equals(last)) {
                last = key;
                key.write(words);
                keyAddress = words.address();
            }
            if (!initialize(0, keyAddress)) {
                throw new IllegalStateException("libcrypto takes no key");
            }
        }

        /** What goes to 0 is only said to be genuine. */
        void update(long from, int length, long to) {
            boolean good =
                    length == 0
                            || Functions.update(
                                    context, to, words.address() + LENGTH_AT, from, length);
            if (!good) {
                throw new IllegalStateException("libcrypto on " + length + " bytes");
            }
        }

        /** Whether it ended well; of a decryption, whether the message is genuine. */
        boolean ends(long at) {
            return Functions.end(context, at, words.address() + LENGTH_AT);
        }

        boolean tag(int what, long at) {
            return Functions.control(context, what, TAG_BYTES, at);
        }

        void forget(SessionKey key) {
            if (key.equals(last)) {
                last = null;
                words.asSlice(0, Messages.KEY_BYTES).fill((byte) 0);
                boolean _ = initialize(0, words.address());
            }
        }

        void free() {
            last = null;
            Functions.free(context);
            context = 0;
        }
    }

    /** Whether the machine has it. */
    private static final class Library {
        static final @Nullable SymbolLookup FOUND = find();

        private static @Nullable SymbolLookup find() {
            try {
                return SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    /** Its functions; all share one shape, as {@link vini.forwarder.io.Libc}'s do. */
    private static final class Functions {
        private static final FunctionDescriptor SHAPE =
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                        JAVA_LONG);
        private static final MethodHandle FETCH = link("EVP_CIPHER_fetch");
        private static final MethodHandle NEW = link("EVP_CIPHER_CTX_new");
        private static final MethodHandle FREE = link("EVP_CIPHER_CTX_free");
        private static final MethodHandle INITIALIZE = link("EVP_CipherInit_ex");
        private static final MethodHandle UPDATE = link("EVP_CipherUpdate");
        private static final MethodHandle FINAL = link("EVP_CipherFinal_ex");
        private static final MethodHandle CONTROL = link("EVP_CIPHER_CTX_ctrl");

        /** The cipher as EVP_CIPHER_fetch(3) gives it, for ever; 0 if there is none. */
        private static final long ALGORITHM = fetch();

        private Functions() {}

        private static MethodHandle link(String function) {
            return Linker.nativeLinker()
                    .downcallHandle(
                            Objects.requireNonNull(Library.FOUND).findOrThrow(function),
                            SHAPE,
                            Linker.Option.critical(false));
        }

        private static long fetch() {
            try (Arena arena = Arena.ofConfined()) {
                long name = arena.allocateFrom("ChaCha20-Poly1305").address();
                return call(FETCH, 0, name, 0, 0, 0, 0);
            }
        }

        static long algorithm() {
            return ALGORITHM;
        }

        static long context() {
            return call(NEW, 0, 0, 0, 0, 0, 0);
        }

        static void free(long context) {
            long _ = call(FREE, context, 0, 0, 0, 0, 0);
        }

        static boolean initialize(
                long context, long algorithm, long key, long nonce, long encrypts) {
            return isOne(call(INITIALIZE, context, algorithm, 0, key, nonce, encrypts));
        }

        static boolean update(long context, long to, long lengthAt, long from, long length) {
            return isOne(call(UPDATE, context, to, lengthAt, from, length, 0));
        }

        static boolean end(long context, long to, long lengthAt) {
            return isOne(call(FINAL, context, to, lengthAt, 0, 0, 0));
        }

        static boolean control(long context, long what, long bytes, long at) {
            return isOne(call(CONTROL, context, what, bytes, at, 0, 0));
        }

        /** The C result is an int: only the low half counts. */
        private static boolean isOne(long result) {
            return (int) result == 1;
        }

        // The handle is a constant at each caller once this is inlined, so that the call folds.
        private static long call(
                MethodHandle function, long a, long b, long c, long d, long e, long f) {
            try {
                return (long) function.invokeExact(a, b, c, d, e, f);
            } catch (Throwable t) {
                throw new IllegalStateException("libcrypto by the foreign-function API", t);
            }
        }
    }
}
