package vini.forwarder.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Calls of C functions whose arguments are integers and pointers, by name.
 *
 * <p>All share one shape, six longs to a long, because linking a shape costs milliseconds of
 * start-up while a call by a shape that is there costs none. That is sound on Linux for x86-64 and
 * AArch64: integer arguments travel in registers, a callee takes no more of them than it declares
 * and reads only the low half of a register for an {@code int}; variadic functions get theirs in
 * the same registers. A result that is an {@code int} in C is in the low half of {@link
 * Result#result()}: cast it.
 */
final class Downcall {
    static final Linker LINKER = Linker.nativeLinker();
    static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    private static final SymbolLookup LIBC = LINKER.defaultLookup();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_AT =
            STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final int ARGUMENTS = 6;
    private static final MethodHandle SIX_LONGS =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            JAVA_LONG),
                    ERRNO);

    /** What the function returned, and errno after it, which means something only on failure. */
    record Result(long result, int errno) {}

    private Downcall() {}

    static boolean exists(String function) {
        return LIBC.find(function).isPresent();
    }

    static MemorySegment symbol(String function) {
        return LIBC.find(function)
                .orElseThrow(
                        () -> new IllegalStateException("the C library has no " + function + "()"));
    }

    /** Room for errno that lives as long as somebody refers to it. */
    static MemorySegment state() {
        return Arena.ofAuto().allocate(STATE);
    }

    static int errno(MemorySegment state) {
        return state.get(JAVA_INT, ERRNO_AT);
    }

    static Result call(String function, long... arguments) {
        long[] a = Arrays.copyOf(arguments, ARGUMENTS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result =
                    (long)
                            SIX_LONGS.invokeExact(
                                    symbol(function), state, a[0], a[1], a[2], a[3], a[4], a[5]);
            return new Result(result, errno(state));
        } catch (Throwable t) {
            throw unexpected(function, t);
        }
    }

    /** A downcall throws nothing by itself: whatever came is our mistake or the machine's end. */
    static RuntimeException unexpected(String function, Throwable t) {
        if (t instanceof Error e) {
            throw e;
        }
        return t instanceof RuntimeException e
                ? e
                : new IllegalStateException(function + "() by the foreign-function API", t);
    }

    /**
     * Calls a function that returns an {@code int}, negative if it failed.
     *
     * @param what the call as the user is to read it
     */
    static int check(String what, String function, long... arguments) throws LibcException {
        if (!exists(function)) {
            throw new LibcException(what, Errno.ENOSYS);
        }
        Result result = call(function, arguments);
        if ((int) result.result() < 0) {
            throw new LibcException(what, result.errno());
        }
        return (int) result.result();
    }

    /** Where a text stands for C, as long as the arena lives; 0 for null. */
    static long text(Arena arena, @Nullable String text) {
        return text == null ? 0 : arena.allocateFrom(text).address();
    }

    /** Where bytes stand for C, as long as the arena lives. */
    static long bytes(Arena arena, byte[] bytes) {
        return bytes.length == 0 ? 0 : arena.allocateFrom(JAVA_BYTE, bytes).address();
    }
}
