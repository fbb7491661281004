package vini.forwarder.host.app;

import vini.net.Ipv4Address;

/** One thing that an app saw; as text one line of words, times in nanoseconds of the clock. */
public sealed interface AppRecord
        permits AppRecord.Sent,
                AppRecord.Reply,
                AppRecord.Duplicate,
                AppRecord.Failure,
                AppRecord.Bytes,
                AppRecord.State,
                Exchange,
                TracedPath,
                UdpSent,
                UdpArrived {
    /** How the text of a {@link #flow} begins. */
    String FLOW = "flow ";

    long nanos();

    /** The line, without its end. */
    String line();

    /** {@code sent SEQ NANOS}: an echo request left. */
    record Sent(long sequence, long nanos) implements AppRecord {
        @Override
        public String line() {
            return "sent " + sequence + " " + nanos;
        }
    }

    /** {@code reply SEQ NANOS TTL}: the first reply to it came. */
    record Reply(long sequence, long nanos, int ttl) implements AppRecord {
        @Override
        public String line() {
            return "reply " + sequence + " " + nanos + " " + ttl;
        }
    }

    /** {@code duplicate SEQ NANOS}: a further reply to it came. */
    record Duplicate(long sequence, long nanos) implements AppRecord {
        @Override
        public String line() {
            return "duplicate " + sequence + " " + nanos;
        }
    }

    /** {@code error SEQ NANOS TYPE CODE FROM}: an ICMP error came for it. */
    record Failure(long sequence, long nanos, int type, int code, Ipv4Address from)
            implements AppRecord {
        @Override
        public String line() {
            return "error " + sequence + " " + nanos + " " + type + " " + code + " " + from;
        }
    }

    /** {@code bytes NANOS CUMULATIVE}: that many bytes have arrived in order by then. */
    record Bytes(long nanos, long cumulative) implements AppRecord {
        @Override
        public String line() {
            return "bytes " + nanos + " " + cumulative;
        }
    }

    /** {@code state NANOS TEXT}: something happened that is worth a sentence. */
    record State(long nanos, String text) implements AppRecord {
        @Override
        public String line() {
            return "state " + nanos + " " + text;
        }
    }

    /**
     * The state {@code flow PROTOCOL PORTS}: what a FIB hashes of the app's packets.
     *
     * @param ports as {@link vini.net.FlowHash} wants them
     */
    static State flow(long nanos, int protocol, int ports) {
        return new State(nanos, FLOW + protocol + " " + ports);
    }

    /**
     * Reads what {@link #line} wrote.
     *
     * @throws IllegalArgumentException if it is no such line
     */
    static AppRecord parse(String line) {
        String[] words = line.split(" ", 3);
        try {
            if (words.length == 3 && words[0].equals("state")) {
                return new State(Long.parseLong(words[1]), words[2]);
            }
            if (words[0].equals(TracedPath.WORD)) {
                return TracedPath.parse(line);
            }
            if (words[0].equals(Exchange.WORD)) {
                return Exchange.parse(line);
            }
            if (words[0].equals(UdpArrived.WORD)) {
                return UdpArrived.parse(line);
            }
            words = line.split(" ");
            if (words.length == 6 && words[0].equals("error")) {
                return new Failure(
                        number(words, 1),
                        number(words, 2),
                        (int) number(words, 3),
                        (int) number(words, 4),
                        Ipv4Address.parse(words[5]));
            }
            return switch (words[0] + " " + words.length) {
                case "sent 3" -> new Sent(number(words, 1), number(words, 2));
                case "reply 4" ->
                        new Reply(number(words, 1), number(words, 2), (int) number(words, 3));
                case "duplicate 3" -> new Duplicate(number(words, 1), number(words, 2));
                case UdpSent.WORD + " 7" -> UdpSent.parse(words);
                case "bytes 3" -> new Bytes(number(words, 1), number(words, 2));
                default -> throw new IllegalArgumentException("no such record");
            };
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("\"" + line + "\" is no line of an app's log", e);
        }
    }

    private static long number(String[] words, int index) {
        return Long.parseLong(words[index]);
    }
}
