package vini.forwarder.elements.source;

/** Reads the fields of a line of a summary into a record. */
final class SummaryReader {
    private static final long UNSIGNED_32 = 0xffffffffL;
    private static final String OLD_FLAGS = "FSRPAUXYN";

    private SummaryReader() {}

    /** A whole number from 0 to {@code most}. */
    static long number(String text, long most) {
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > most) {
            throw new IllegalArgumentException("'" + text + "' is no number from 0 to " + most);
        }
        return Long.parseLong(text);
    }

    /** {@code T}, {@code U}, {@code I}, the names of these, or a number. */
    static int protocol(String text) {
        return switch (text) {
            case "T", "tcp" -> SummaryView.TCP;
            case "U", "udp" -> SummaryView.UDP;
            case "I", "icmp" -> SummaryView.ICMP;
            default -> (int) number(text, 255);
        };
    }

    private static int number8(String text) {
        return (int) number(text, 255);
    }

    private static int number16(String text) {
        return (int) number(text, 65_535);
    }

    private static int number32(String text) {
        return (int) number(text, UNSIGNED_32);
    }

    /**
     * Reads a field; what a packet is not made of is passed over.
     *
     * @param oldOffsets whether fragment offsets count 8 bytes, as in version 1.0
     * @throws IllegalArgumentException when it cannot be read
     */
    static void read(SummaryRecord to, SummaryField field, String word, boolean oldOffsets) {
        switch (field) {
            case TIMESTAMP, UTIMESTAMP, NTIMESTAMP -> time(to, word);
            case TS_SEC -> to.seconds = number(word, UNSIGNED_32);
            case TS_USEC -> to.nanos = number(word, 999_999) * 1000;
            case TS_USEC1 -> {
                long micros = number(word, Long.MAX_VALUE / 1000);
                to.seconds = micros / 1_000_000;
                to.nanos = micros % 1_000_000 * 1000;
            }
            case IP_SRC -> to.source = SummaryRecord.address(word);
            case IP_DST -> to.destination = SummaryRecord.address(word);
            case IP_LEN -> to.ipLength = number(word, UNSIGNED_32);
            case IP_PROTO -> to.protocol = protocol(word);
            case IP_ID -> to.id = number16(word);
            case IP_TOS -> to.tos = number8(word);
            case IP_DSCP -> to.tos = to.tos & 3 | (int) number(word, 63) << 2;
            case IP_ECN -> to.tos = to.tos & ~3 | ecn(word);
            case IP_TTL -> to.ttl = number8(word);
            case IP_SUM -> to.checksum = number16(word);
            case IP_FRAG -> to.fragment = fragment(word);
            case IP_FRAGOFF -> to.fragment = offset(word, oldOffsets);
            case IP_HL -> to.ipBytes = (int) number(word, 60) / 4 * 4;
            case IP_OPT -> to.ipOptions = OptionText.parse(word, false);
            case PAYLOAD -> to.payload = SummaryWords.bytes(word);
            case PAYLOAD_LEN -> to.payloadLength = number(word, UNSIGNED_32);
            case COUNT -> to.count = number(word, UNSIGNED_32);
            case DIRECTION, LINK, PAINT -> to.paint = direction(word);
            case AGGREGATE -> to.aggregate = number(word, UNSIGNED_32);
            default -> transport(to, field, word);
        }
    }

    private static void transport(SummaryRecord to, SummaryField field, String word) {
        switch (field) {
            case SPORT -> to.sourcePort = number16(word);
            case DPORT -> to.destinationPort = number16(word);
            case TCP_SEQ -> to.sequence = number32(word);
            case TCP_ACK -> to.acknowledgment = number32(word);
            case TCP_OFF -> to.tcpBytes = (int) number(word, 60) / 4 * 4;
            case TCP_FLAGS -> to.flags = flags(word);
            case TCP_OPT, TCP_NTOPT, TCP_SACK -> to.tcpOptions = OptionText.parse(word, true);
            case TCP_WINDOW -> to.window = number16(word);
            case TCP_URP -> to.urgent = number16(word);
            case UDP_LEN -> to.udpLength = number16(word);
            case ICMP_TYPE, ICMP_TYPE_NAME -> to.icmpType = IcmpWords.type(word);
            case ICMP_CODE, ICMP_CODE_NAME -> to.icmpCode = IcmpWords.code(to.icmpType, word);
            case ICMP_FLOWID -> to.icmpId = number16(word);
            case ICMP_SEQ, ICMP_NEXTMTU -> to.icmpSequence = number16(word);
            default -> {
                // Lengths and sums that follow from the others, and what lies below IP.
            }
        }
    }

    /** Reads seconds with a fraction. */
    static long nanos(String word) {
        SummaryRecord record = new SummaryRecord();
        time(record, word);
        return record.seconds * 1_000_000_000L + record.nanos;
    }

    private static void time(SummaryRecord to, String word) {
        boolean negative = word.startsWith("-");
        String[] parts = word.substring(negative ? 1 : 0).split("\\.", 2);
        // ".5" is half a second; a lone "." is nothing.
        boolean onlyFraction = parts[0].isEmpty() && parts.length > 1 && !parts[1].isEmpty();
        to.seconds = onlyFraction ? 0 : number(parts[0], UNSIGNED_32);
        String fraction = parts.length < 2 || parts[1].isEmpty() ? "0" : parts[1];
        String nanos = (fraction + "000000000").substring(0, 9);
        to.nanos = number(nanos, 999_999_999);
        if (negative) {
            to.seconds = -to.seconds;
            to.nanos = -to.nanos;
        }
    }

    private static int ecn(String word) {
        return switch (word) {
            case "no" -> 0;
            case "ect1" -> 1;
            case "ect2" -> 2;
            case "ce" -> 3;
            default -> throw new IllegalArgumentException("'" + word + "' is no ECN");
        };
    }

    private static int fragment(String word) {
        return switch (word) {
            case "F" -> 0x2000;
            // That it is a later fragment is all that is known: some offset.
            case "f" -> 100;
            case "!" -> 0x4000;
            case "." -> 0;
            default -> throw new IllegalArgumentException("'" + word + "' is no fragment");
        };
    }

    /** Reads a fragment offset to the 16 bits of the header. */
    static int offset(String word, boolean oldOffsets) {
        String digits = word.replaceAll("[+!]", "");
        long offset = number(digits, oldOffsets ? 0x1fff : 65_535);
        return (int) (oldOffsets ? offset : offset / 8)
                | (word.indexOf('+') >= 0 ? 0x2000 : 0)
                | (word.indexOf('!') >= 0 ? 0x4000 : 0);
    }

    static int flags(String word) {
        if (word.equals(".")) {
            return 0;
        }
        if (word.matches("[0-9]+")) {
            return (int) number(word, 0x1ff);
        }
        int flags = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i) == 'W' ? 'C' : word.charAt(i);
            int at = Math.max(SummaryText.TCP_FLAGS.indexOf(c), OLD_FLAGS.indexOf(c));
            if (at < 0) {
                throw new IllegalArgumentException("'" + word + "' are no TCP flags");
            }
            flags |= 1 << at;
        }
        return flags;
    }

    private static int direction(String word) {
        return switch (word) {
            case ">", "L" -> 0;
            case "<", "R", "X" -> 1;
            default -> number8(word);
        };
    }
}
