package vini.forwarder.elements.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The fields of an IP summary dump, by their names; a name may have spaces instead of underscores,
 * and old names are known as well.
 */
enum SummaryField {
    TIMESTAMP("ts"),
    UTIMESTAMP,
    NTIMESTAMP,
    TS_SEC("sec"),
    TS_USEC("usec"),
    TS_USEC1,
    IP_SRC("src"),
    IP_DST("dst"),
    IP_FRAG("frag"),
    IP_FRAGOFF("fragoff"),
    IP_LEN("len", "length"),
    IP_PROTO("proto"),
    IP_HL,
    IP_ID("id"),
    IP_TOS("tos"),
    IP_DSCP,
    IP_ECN,
    IP_TTL("ttl"),
    IP_SUM,
    IP_OPT,
    SPORT,
    DPORT,
    TCP_SEQ,
    TCP_ACK,
    TCP_OFF,
    TCP_FLAGS,
    TCP_OPT,
    TCP_NTOPT,
    TCP_SACK,
    TCP_WINDOW("tcp_win"),
    TCP_URP,
    UDP_LEN,
    ICMP_TYPE,
    ICMP_CODE,
    ICMP_TYPE_NAME,
    ICMP_CODE_NAME,
    ICMP_FLOWID,
    ICMP_SEQ,
    ICMP_NEXTMTU,
    PAYLOAD,
    PAYLOAD_LEN("payload_length"),
    PAYLOAD_MD5,
    PAYLOAD_MD5_HEX,
    IP_CAPTURE_LEN("capture_len"),
    COUNT("pkt_count", "packet_count"),
    DIRECTION,
    LINK,
    PAINT,
    AGGREGATE("agg"),
    FIRST_TIMESTAMP,
    ETH_SRC,
    ETH_DST,
    WIRE_LEN;

    private static final int FIELDS_MAX = 256;

    /** Between spaces. */
    private final String otherNames;

    SummaryField(String... otherNames) {
        this.otherNames = " " + String.join(" ", otherNames) + " ";
    }

    /** Whether its options are those of TCP. */
    boolean ofTcp() {
        return this == TCP_OPT || this == TCP_NTOPT || this == TCP_SACK;
    }

    /** The name that is written. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a name; throws IllegalArgumentException with a sentence for the user. */
    static SummaryField parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", "_");
        for (SummaryField field : values()) {
            if (field.word().equals(word) || field.otherNames.contains(" " + word + " ")) {
                return field;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no field of a summary");
    }

    /** Reads names between spaces; quoted ones may have spaces. */
    static List<SummaryField> list(String text) {
        List<SummaryField> fields = new ArrayList<>();
        for (String word : SummaryWords.split(text)) {
            fields.add(parse(SummaryWords.bare(word)));
        }
        if (fields.isEmpty() || fields.size() > FIELDS_MAX) {
            throw new IllegalArgumentException(
                    fields.size() + " fields are outside 1 to " + FIELDS_MAX);
        }
        return List.copyOf(fields);
    }
}
