package vini.overlay.host;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real program in a network namespace, with a private {@code /etc/hosts}, as {@link Exec} has it,
 * but beside this process. It has a session of its own, and in it a watchman who ends all of it as
 * soon as the pipe from this process does: when the program is stopped, when it has ended and what
 * it had started has not, and when this process was killed. So nothing outlives this process.
 */
public final class NamespaceProgram {
    /** Hears of the program, on threads of its own, one call after the other. */
    public interface Listener {
        /** The program has printed a line. */
        void said(long nanos, String line);

        /** The program has ended, and all that it had started with it. */
        void ended(long nanos, int status);
    }

    /** Programs that the chain below is made of, from util-linux and coreutils. */
    public static final List<String> NEEDED =
            List.of("nsenter", "unshare", "setsid", "mount", "sh", "cat", "sleep");

    /** Where administrators' programs are, which not every user's PATH says. */
    private static final String MORE_PATH = "/usr/local/sbin:/usr/sbin:/sbin";

    /**
     * The file of names is $0, the program and its arguments are $@. The shell becomes the program,
     * so that $$ is the program's number; the watchman is deaf to what he sends to all.
     */
    private static final String SCRIPT =
            """
            mount --bind "$0" /etc/hosts || exit 126
            exec 3<&0 </dev/null
            (
              trap "" TERM
              cat <&3
              kill -TERM 0
              n=0
              while [ $n -lt 20 ] && kill -0 $$; do sleep 0.1; n=$((n+1)); done
              kill -KILL 0
            ) >/dev/null 2>&1 &
            exec 3<&-
            exec "$@"
            """;

    private static final int LINE_MAX = 4096;
    private static final int LINES_MAX = 10_000;
    private static final long PATIENCE_MS = 4000;

    private final Process process;
    private final Thread waiting;

    private NamespaceProgram(Process process, Listener listener) {
        this.process = process;
        Thread reading =
                Thread.ofPlatform()
                        .daemon()
                        .name("output of " + process.pid())
                        .start(() -> read(process, listener));
        this.waiting =
                Thread.ofPlatform()
                        .daemon()
                        .name("end of " + process.pid())
                        .start(() -> await(reading, listener));
    }

    /**
     * Starts it.
     *
     * @param namespace see {@link NetworkNamespace#path()}
     * @param hostsFile lies over {@code /etc/hosts}, for this program only
     * @param folder the working folder
     * @param command the program, looked up on {@link #path}, and its arguments
     */
    public static NamespaceProgram start(
            String namespace, Path hostsFile, Path folder, List<String> command, Listener listener)
            throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of("nsenter", "--net=" + namespace, "--", "unshare", "--mount"));
        all.addAll(List.of("--", "setsid", "--wait", "sh", "-c", SCRIPT));
        all.add(hostsFile.toAbsolutePath().toString());
        all.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", path(builder.environment()));
        return new NamespaceProgram(builder.start(), listener);
    }

    /** Where programs are looked up, as in PATH, for who has these environment variables. */
    public static String path(Map<String, String> environment) {
        return environment.getOrDefault("PATH", "/usr/bin:/bin") + ":" + MORE_PATH;
    }

    private static void read(Process process, Listener listener) {
        int told = 0;
        try (Reader output =
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            char[] room = new char[8192];
            for (int got = output.read(room); got >= 0; got = output.read(room)) {
                long now = System.nanoTime();
                for (int i = 0; i < got; i++) {
                    if (room[i] != '\n') {
                        if (line.length() < LINE_MAX) {
                            line.append(room[i]);
                        }
                    } else {
                        told = tell(listener, now, line, told);
                    }
                }
            }
            if (!line.isEmpty()) {
                tell(listener, System.nanoTime(), line, told);
            }
        } catch (IOException e) {
            // The pipe broke: the program has ended.
        }
    }

    private static int tell(Listener listener, long now, StringBuilder line, int told) {
        if (!line.isEmpty() && Character.isHighSurrogate(line.charAt(line.length() - 1))) {
            line.setLength(line.length() - 1); // its other half was cut off
        }
        if (told < LINES_MAX) {
            listener.said(now, line.toString());
        } else if (told == LINES_MAX) {
            listener.said(now, "(what comes after " + LINES_MAX + " lines is left out)");
        }
        line.setLength(0);
        return Math.min(told, LINES_MAX) + 1;
    }

    private void await(Thread reading, Listener listener) {
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        long now = System.nanoTime();
        stop();
        try {
            reading.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        listener.ended(now, process.exitValue());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks the program, and all that it has started, to end, and ends what is there after two
     * seconds.
     */
    public void stop() {
        try {
            OutputStream input = process.getOutputStream();
            input.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    /** Stops it and waits until that is done. */
    public void end() {
        stop();
        try {
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            waiting.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
