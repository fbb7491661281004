package vini.bench;

import vini.overlay.host.NetworkNamespace;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Round trips by ping, one under way at a time: the next request goes when the reply has come
 * ({@code ping -A}, which unlike {@code ping -f} prints each).
 */
final class Ping {
    private static final Pattern TIME = Pattern.compile("time=([0-9.]+) ms");
    private static final Pattern MEAN = Pattern.compile("= [0-9.]+/([0-9.]+)/");
    private static final double MICROS_PER_MS = 1000;
    private static final int PATIENCE_S = 60;

    /** Of each reply, sorted. */
    private final double[] micros;

    private final int sent;

    private Ping(double[] micros, int sent) {
        this.micros = micros;
        this.sent = sent;
    }

    /** As many round trips, one after the other. */
    static Ping flood(NetworkNamespace from, String address, int count)
            throws IOException, InterruptedException {
        return run(from, count, "ping", "-A", "-n", "-c", Integer.toString(count), address);
    }

    /**
     * The mean of as many round trips, one each 10 ms, in microseconds. Single ones of 10 ms and
     * more ping prints in tenths of a millisecond, which is half of what a link may be off.
     */
    static double mean(NetworkNamespace from, String address, int count)
            throws IOException, InterruptedException {
        String said =
                Program.run(
                        from,
                        PATIENCE_S,
                        "ping",
                        "-i",
                        "0.01",
                        "-q",
                        "-n",
                        "-c",
                        Integer.toString(count),
                        address);
        Matcher mean = MEAN.matcher(said);
        if (!mean.find()) {
            throw new IOException("ping " + address + " had no reply: " + said);
        }
        return Double.parseDouble(mean.group(1)) * MICROS_PER_MS;
    }

    private static Ping run(NetworkNamespace from, int count, String... command)
            throws IOException, InterruptedException {
        String said = Program.run(from, PATIENCE_S, command);
        Matcher time = TIME.matcher(said);
        double[] micros =
                time.results()
                        .mapToDouble(m -> Double.parseDouble(m.group(1)) * MICROS_PER_MS)
                        .sorted()
                        .toArray();
        if (micros.length == 0) {
            throw new IOException(String.join(" ", command) + " had no reply: " + said);
        }
        return new Ping(micros, count);
    }

    /** How many requests. */
    int sent() {
        return sent;
    }

    int replies() {
        return micros.length;
    }

    double median() {
        return quantile(0.5);
    }

    /** The value that so large a share of the replies does not exceed. */
    double quantile(double share) {
        int at = (int) StrictMath.ceil(share * micros.length) - 1;
        return micros[Math.clamp(at, 0, micros.length - 1)];
    }
}
