package vini.forwarder.io;

import static vini.forwarder.io.Downcall.check;
import static vini.forwarder.io.Downcall.text;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The system calls about processes: whose they are, which namespaces they see, and how one becomes
 * another program. A failure is a {@link LibcException}. Numbers are those of Linux on x86-64 and
 * AArch64.
 */
public final class ProcessCalls {
    public static final int CLONE_NEWNS = 0x00020000;
    public static final int CLONE_NEWUSER = 0x10000000;
    public static final int CLONE_NEWNET = 0x40000000;

    public static final int MS_RDONLY = 1;
    public static final int MS_BIND = 4096;
    public static final int MS_REC = 16384;
    public static final int MS_PRIVATE = 1 << 18;

    /** Descriptors stay open until the next exec, see close_range(2). */
    public static final int CLOSE_RANGE_CLOEXEC = 4;

    public static final int SIGINT = 2;
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;
    public static final int SIGCONT = 18;
    public static final int SIGSTOP = 19;

    private static final int CPUCLOCK_SCHED = 2;
    private static final int SIG_SETMASK = 2;
    private static final int SIGSET_BYTES = 128;

    private ProcessCalls() {}

    /** Makes this process the leader of a session of its own, away from the user's terminal. */
    public static void setsid() throws LibcException {
        check("setsid", "setsid");
    }

    /**
     * Ctrl-C and a hang-up are for the keeper, who then ends this process; without this the
     * terminal would send them to all. A process that leads its group already stays there.
     */
    public static void leaveTheTerminal() throws LibcException {
        try {
            setsid();
        } catch (LibcException e) {
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
        }
    }

    /** Moves the calling thread, and no other, into the namespace of the descriptor. */
    public static void setns(int fd, int type) throws LibcException {
        check("setns", "setns", fd, type);
    }

    /** Gives the calling thread, and no other, new namespaces. */
    public static void unshare(int flags) throws LibcException {
        check("unshare", "unshare", flags);
    }

    public static void mount(
            @Nullable String source,
            String target,
            @Nullable String type,
            long flags,
            @Nullable String data)
            throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            check(
                    "mount on " + target,
                    "mount",
                    text(arena, source),
                    text(arena, target),
                    text(arena, type),
                    flags,
                    text(arena, data));
        }
    }

    /**
     * Replaces this process by a program, which is looked up on PATH. The program gets the calling
     * thread's namespaces and an empty signal mask; its other threads end here.
     *
     * @return never normally
     */
    public static LibcException execvp(List<String> arguments) {
        try (Arena arena = Arena.ofConfined()) {
            long[] pointers = new long[arguments.size() + 1]; // ends with a null pointer
            for (int i = 0; i < arguments.size(); i++) {
                pointers[i] = text(arena, arguments.get(i));
            }
            long vector = arena.allocateFrom(JAVA_LONG, pointers).address();
            check("execvp " + arguments.get(0), "execvp", pointers[0], vector);
            throw new IllegalStateException("execvp returned without an error");
        } catch (LibcException e) {
            return e;
        }
    }

    /** Empties the calling thread's signal mask: a JVM blocks SIGQUIT, and a mask outlives exec. */
    public static void unblockSignals() throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            long empty = arena.allocate(SIGSET_BYTES, Long.BYTES).address();
            check("sigprocmask", "sigprocmask", SIG_SETMASK, empty, 0);
        }
    }

    /** For all descriptors from {@code first} to {@code last}, which may be -1 for "all". */
    public static void closeRange(int first, int last, int flags) throws LibcException {
        check("close_range", "close_range", first, last, flags);
    }

    public static int getuid() {
        return (int) Downcall.call("getuid").result();
    }

    public static int geteuid() {
        return (int) Downcall.call("geteuid").result();
    }

    public static int getpid() {
        return (int) Downcall.call("getpid").result();
    }

    /**
     * Processor time in nanoseconds that all threads of a process have taken so far, those that
     * have ended included: of the clock that clock_getcpuclockid(3) names.
     */
    public static long cpuNanos(int pid) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(2L * Long.BYTES, Long.BYTES);
            long clock = ~(long) pid << 3 | CPUCLOCK_SCHED;
            check("clock_gettime of process " + pid, "clock_gettime", clock, time.address());
            return time.get(JAVA_LONG, 0) * 1_000_000_000L + time.get(JAVA_LONG, Long.BYTES);
        }
    }

    public static void kill(int pid, int signal) throws LibcException {
        check("kill " + pid, "kill", pid, signal);
    }
}
