package vini.bench;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.overlay.host.NetworkNamespace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A transfer by iperf3 between two namespaces, and what it measured. */
record Iperf(JsonNode report) {
    /** Nobody else is in the namespaces. */
    private static final String PORT = "5201";

    private static final int PATIENCE_S = 20;
    private static final double GIGA = 1e9;
    private static final double PERCENT = 100;

    /** TCP, so many streams at once, for so many seconds. */
    static Iperf tcp(
            NetworkNamespace from, NetworkNamespace to, String address, int streams, int seconds)
            throws IOException, InterruptedException {
        return run(from, to, address, seconds, "-P", Integer.toString(streams));
    }

    /**
     * TCP, one stream, of which the first seconds do not count, with the congestion control that
     * Linux has by default: one that guesses the rate of the link (BBR) measures its guess.
     */
    static Iperf tcpSettled(
            NetworkNamespace from, NetworkNamespace to, String address, int omit, int seconds)
            throws IOException, InterruptedException {
        return run(from, to, address, seconds, "-O", Integer.toString(omit), "-C", "cubic");
    }

    /** UDP at a rate of payload, in datagrams of so many bytes of payload. */
    static Iperf udp(
            NetworkNamespace from,
            NetworkNamespace to,
            String address,
            long bitsPerSecond,
            int bytes,
            int seconds)
            throws IOException, InterruptedException {
        return run(
                from,
                to,
                address,
                seconds,
                "-u",
                "-b",
                Long.toString(bitsPerSecond),
                "-l",
                Integer.toString(bytes));
    }

    private static Iperf run(
            NetworkNamespace from,
            NetworkNamespace to,
            String address,
            int seconds,
            String... options)
            throws IOException, InterruptedException {
        List<String> client =
                new ArrayList<>(
                        List.of(
                                "iperf3",
                                "-J",
                                "-c",
                                address,
                                "-p",
                                PORT,
                                "-t",
                                Integer.toString(seconds)));
        client.addAll(List.of(options));
        // It ends by itself if this process is killed before the client has come.
        try (Program server =
                Program.start(
                        to,
                        "iperf3",
                        "-s",
                        "-1",
                        "-p",
                        PORT,
                        "--forceflush",
                        "--idle-timeout",
                        Integer.toString(PATIENCE_S))) {
            server.await("listening");
            String said = Program.run(from, seconds + PATIENCE_S, client.toArray(String[]::new));
            return read(said);
        }
    }

    /** What {@code iperf3 -J} printed. */
    static Iperf read(String said) throws IOException {
        // Warnings, such as of datagrams larger than the MSS, come first.
        String json = said.substring(Math.max(0, said.indexOf('{')));
        try {
            return new Iperf(JsonMapper.shared().readTree(json));
        } catch (JacksonException e) {
            throw new IOException("iperf3 did not print JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Payload that arrived, in Gb/s. */
    double gigabits() {
        return report.at("/end/sum_received/bits_per_second").asDouble() / GIGA;
    }

    /** Of UDP: payload that was sent, in Gb/s. */
    double sentGigabits() {
        return report.at("/end/sum/bits_per_second").asDouble() / GIGA;
    }

    /** Of UDP. */
    long packets() {
        return report.at("/end/sum/packets").asLong();
    }

    /** Of UDP. */
    long lostPackets() {
        return report.at("/end/sum/lost_packets").asLong();
    }

    /** Bytes of payload in a full TCP segment. */
    int segmentBytes() {
        return report.at("/start/tcp_mss_default").asInt();
    }

    /** Processor time of the sending program. */
    double senderCpuSeconds() {
        return cpuSeconds("host_total");
    }

    /** Processor time of the receiving program. */
    double receiverCpuSeconds() {
        return cpuSeconds("remote_total");
    }

    private double cpuSeconds(String of) {
        double seconds = report.at("/end/sum_sent/seconds").asDouble();
        if (seconds == 0) {
            seconds = report.at("/end/sum/seconds").asDouble();
        }
        return report.at("/end/cpu_utilization_percent/" + of).asDouble() / PERCENT * seconds;
    }
}
