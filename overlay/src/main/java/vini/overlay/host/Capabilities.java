package vini.overlay.host;

import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.io.TunDevice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What this user may do on this machine. Nothing is read from settings: it is tried, and undone.
 */
public final class Capabilities {
    private static final String TUN = "/dev/net/tun";
    private static final int IPPROTO_ICMP = 1;

    /** Makes the present user root of a user namespace; from util-linux, on every Linux. */
    private static final List<String> AS_ROOT_OF_A_USER_NAMESPACE =
            List.of("unshare", "--user", "--map-root-user");

    private Capabilities() {}

    /** Whether this process can make kernel hosts: a network namespace with a tun device. */
    public static Possibility kernelHosts() {
        try {
            NetworkNamespace.create(
                            () -> {
                                TunDevice.attach(null, "vini-try", TunDevice.Offload.VIRTIO)
                                        .close();
                                return null;
                            })
                    .close();
            return Possibility.yes(
                    "Kernel hosts work: a network namespace with a tun device could be made.");
        } catch (LibcException e) {
            return Possibility.no("No kernel hosts: " + reason(e));
        } catch (IOException e) {
            return Possibility.no("No kernel hosts: " + e.getMessage());
        }
    }

    /**
     * Whether kernel hosts work for a process started by {@link #asRootOfAUserNamespace}: for a
     * user without rights. A JVM cannot enter a user namespace by itself, since it has threads.
     */
    public static Possibility kernelHostsByUserNamespace() {
        try {
            Libc.close(Libc.open(TUN, Libc.O_RDWR));
            Process trial =
                    new ProcessBuilder(asRootOfAUserNamespace(List.of("unshare", "--net", "true")))
                            .redirectErrorStream(true)
                            .start();
            trial.getOutputStream().close();
            String said =
                    new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            return trial.waitFor() == 0
                    ? Possibility.yes("Kernel hosts work in a user namespace, without any rights.")
                    : Possibility.no("No kernel hosts by a user namespace: " + said + ".");
        } catch (LibcException e) {
            return Possibility.no("No kernel hosts by a user namespace: " + reason(e));
        } catch (IOException e) {
            return Possibility.no(
                    "No kernel hosts by a user namespace: the program unshare of util-linux does"
                            + " not start ("
                            + e.getMessage()
                            + ").");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Possibility.no("No kernel hosts by a user namespace: interrupted.");
        }
    }

    /** Whether a slice's forwarder can carry on pings of users by sockets of its own. */
    public static Possibility pings() {
        try {
            Libc.close(Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, IPPROTO_ICMP));
            return Possibility.yes("Pings of users can leave by an egress of sockets.");
        } catch (LibcException e) {
            return pingsByRoot();
        }
    }

    private static Possibility pingsByRoot() {
        try {
            Libc.close(Libc.socket(Sockaddr.AF_INET, Libc.SOCK_RAW, IPPROTO_ICMP));
            return Possibility.yes(
                    "Pings of users can leave by an egress of sockets, by root only.");
        } catch (LibcException e) {
            return Possibility.no(
                    "No pings of users by an egress of sockets ("
                            + e.getMessage()
                            + "); as root, \"sysctl net.ipv4.ping_group_range='0 2147483647'\""
                            + " allows them.");
        }
    }

    /** The command, to be run as root of a new user namespace in which only this user exists. */
    public static List<String> asRootOfAUserNamespace(List<String> command) {
        List<String> all = new ArrayList<>(AS_ROOT_OF_A_USER_NAMESPACE);
        all.add("--");
        all.addAll(command);
        return List.copyOf(all);
    }

    /** Why a tun device or a namespace could not be made, and what would help. */
    static String reason(LibcException e) {
        if (e.call().equals("unshare") && e.errno() == Errno.EPERM) {
            return "this user may not make network namespaces (" + e.getMessage() + ").";
        }
        if (e.call().equals("open " + TUN)) {
            return switch (e.errno()) {
                case Errno.ENOENT, Errno.ENODEV ->
                        TUN + " is missing; \"modprobe tun\" as root makes it.";
                case Errno.EACCES, Errno.EPERM ->
                        TUN
                                + " is closed to this user; \"chmod 666 "
                                + TUN
                                + "\" as root opens it.";
                default -> e.getMessage() + ".";
            };
        }
        return e.getMessage() + ".";
    }
}
