package vini.cli;

import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Sockaddr;
import vini.overlay.host.AwakeProcessors;
import vini.overlay.host.Capabilities;
import vini.overlay.host.Cgroup;
import vini.overlay.host.Possibility;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tries, rather than reads settings: what works here works for a run. */
final class Checkup {
    private static final int WANTED_BUFFER_BYTES = 16 << 20;
    private static final int SLEEPS = 50;
    private static final long LATE_NANOS = 1_000_000;
    private static final String TRIAL = "vini-doctor";

    private final Slices slices;

    Checkup(Slices slices) {
        this.slices = slices;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.addAll(kernelHosts());
        findings.add(UdpOffloadTrial.run());
        findings.add(buffers());
        findings.add(pings());
        findings.add(cgroups());
        findings.add(clock());
        findings.add(clockAwake());
        findings.add(state());
        return findings;
    }

    private static Finding java() {
        return new Finding(
                "Java " + Runtime.version().feature(),
                Finding.State.OK,
                Runtime.version().toString());
    }

    private static List<Finding> kernelHosts() {
        Possibility own = Capabilities.kernelHosts();
        if (own.possible()) {
            return List.of(new Finding("kernel hosts", Finding.State.OK, own.sentence()));
        }
        Possibility others = Capabilities.kernelHostsByUserNamespace();
        return List.of(
                new Finding("kernel hosts", Finding.State.NO, own.sentence()),
                new Finding(
                        "  by user namespace",
                        others.possible() ? Finding.State.OK : Finding.State.NO,
                        others.sentence()
                                + (others.possible() ? "" : " As this user, hosts are builtin.")));
    }

    private static Finding buffers() {
        String what = "socket buffers";
        try {
            int socket = Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
            try {
                ask(socket);
                // The kernel reports twice of what was asked for, its own bookkeeping included.
                int bytes = Libc.getsockopt(socket, Libc.SOL_SOCKET, Libc.SO_RCVBUF) / 2;
                return bytes >= WANTED_BUFFER_BYTES
                        ? new Finding(what, Finding.State.OK, (bytes >> 20) + " MB")
                        : new Finding(
                                what,
                                Finding.State.LOW,
                                (bytes >> 10)
                                        + " KB: bursts above 1 Gb/s may drop; as root: sysctl -w"
                                        + " net.core.rmem_max="
                                        + WANTED_BUFFER_BYTES);
            } finally {
                Libc.close(socket);
            }
        } catch (LibcException e) {
            return new Finding(what, Finding.State.BROKEN, String.valueOf(e.getMessage()));
        }
    }

    private static void ask(int socket) throws LibcException {
        try {
            Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, WANTED_BUFFER_BYTES);
        } catch (LibcException e) {
            // Without rights only up to net.core.rmem_max:
            Libc.setsockopt(socket, Libc.SOL_SOCKET, Libc.SO_RCVBUF, WANTED_BUFFER_BYTES);
        }
    }

    private static Finding pings() {
        Possibility possibility = Capabilities.pings();
        return new Finding(
                "pings of users",
                possibility.possible() ? Finding.State.OK : Finding.State.NO,
                possibility.sentence());
    }

    private static Finding cgroups() {
        Cgroup group = Cgroup.open(TRIAL, "trial");
        Possibility possibility = group.possibility();
        group.remove();
        Cgroup.removeEmpty(TRIAL);
        return new Finding(
                "cgroups",
                possibility.possible() ? Finding.State.OK : Finding.State.NO,
                possibility.sentence());
    }

    /** How late the machine wakes somebody who sleeps for a millisecond. */
    private static Finding clock() {
        long[] late = lateNanos();
        String sentence =
                String.format(
                        Locale.ROOT,
                        "timers are %.2f ms late (median of %d), %.2f ms at worst",
                        late[SLEEPS / 2] / 1e6,
                        SLEEPS,
                        late[SLEEPS - 1] / 1e6);
        return late[SLEEPS / 2] < LATE_NANOS
                ? new Finding("clock", Finding.State.OK, sentence)
                : new Finding(
                        "clock", Finding.State.LOW, sentence + ": delays of links are coarse here");
    }

    /** The same during a run or a benchmark. */
    private static Finding clockAwake() {
        try (AwakeProcessors awake = AwakeProcessors.keep()) {
            long[] late = lateNanos();
            return new Finding(
                    "  during a run",
                    awake.areKept() ? Finding.State.OK : Finding.State.LOW,
                    String.format(
                            Locale.ROOT,
                            "processors %s; %.2f ms, %.2f ms at worst",
                            awake.sentence(),
                            late[SLEEPS / 2] / 1e6,
                            late[SLEEPS - 1] / 1e6));
        }
    }

    private static long[] lateNanos() {
        long[] late = new long[SLEEPS];
        try {
            for (int i = 0; i < SLEEPS; i++) {
                long before = System.nanoTime();
                Thread.sleep(1);
                late[i] = System.nanoTime() - before - 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Arrays.sort(late);
        return late;
    }

    private Finding state() {
        try {
            return new Finding("state folder", Finding.State.OK, slices.root().path().toString());
        } catch (IOException e) {
            return new Finding(
                    "state folder", Finding.State.BROKEN, String.valueOf(e.getMessage()));
        }
    }
}
