package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.LibcException;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.ProcessCalls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Turns this process into a program inside a host's namespace, as ip-netns(8) does. */
public final class Exec {
    private static final int FIRST_AFTER_STANDARD = 3;
    private static final int TO_THE_LAST = -1;

    private Exec() {}

    /**
     * Replaces this process: terminal, standard streams, working folder, environment and process id
     * stay, so that signals and the exit status are the program's own. Shutdown hooks do not run.
     *
     * @param namespace see {@link NetworkNamespace#path()}
     * @param hostsFile lies over {@code /etc/hosts}, for this program only; null: not
     * @param command the program, looked up on PATH, and its arguments
     * @return what went wrong; with success it does not return
     * @throws IOException when the namespace cannot be entered
     */
    public static LibcException into(
            String namespace, @Nullable Path hostsFile, List<String> command) throws IOException {
        return Namespace.within(
                namespace,
                () -> {
                    if (hostsFile != null) {
                        ProcessCalls.unshare(ProcessCalls.CLONE_NEWNS);
                        ProcessCalls.mount(
                                null,
                                "/",
                                null,
                                ProcessCalls.MS_REC | ProcessCalls.MS_PRIVATE,
                                null);
                        ProcessCalls.mount(
                                hostsFile.toString(),
                                "/etc/hosts",
                                null,
                                ProcessCalls.MS_BIND,
                                null);
                    }
                    return replaceFromHere(command);
                });
    }

    /**
     * What must stand before a command so that it may enter the namespaces of another process:
     * nothing, or, if that process lives in a user namespace, {@code nsenter} of util-linux, since
     * a JVM, having threads, cannot change its own.
     */
    public static List<String> prefixFor(long pid) throws IOException {
        Path theirs = Path.of("/proc/" + pid + "/ns/user");
        boolean same =
                Files.readSymbolicLink(theirs)
                        .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
        return same
                ? List.of()
                : List.of("nsenter", "--preserve-credentials", "--user=" + theirs, "--");
    }

    /**
     * Replaces this process by a program in the namespaces where it is, such as this program again
     * behind {@link #prefixFor} or {@link Capabilities#asRootOfAUserNamespace}.
     *
     * @return what went wrong; with success it does not return
     */
    public static LibcException replace(List<String> command) throws IOException {
        return Namespace.onItsOwnThread(() -> replaceFromHere(command));
    }

    private static LibcException replaceFromHere(List<String> command) throws LibcException {
        // Not closed at once: the JVM still needs its own if the program is missing.
        ProcessCalls.closeRange(
                FIRST_AFTER_STANDARD, TO_THE_LAST, ProcessCalls.CLOSE_RANGE_CLOEXEC);
        ProcessCalls.unblockSignals();
        return ProcessCalls.execvp(command);
    }
}
