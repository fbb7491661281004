package vini.forwarder.filter;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the words before a value say about it: {@code dst tcp port}.
 *
 * @param direction of which end of the way; null if not said
 * @param protocol the IP protocol that packets must have, {@link #TCP_OR_UDP}, or null
 * @param kind what the value is; null if not said
 * @param field with the kind {@code FIELD}, where in the packet it is
 */
record Qualifiers(
        @Nullable Direction direction,
        @Nullable Integer protocol,
        @Nullable Kind kind,
        @Nullable Field field) {
    static final Qualifiers NONE = new Qualifiers(null, null, null, null);

    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;

    /** What ports belong to, if nothing else is said. */
    static final int TCP_OR_UDP = -1;

    static final Field PROTOCOL_FIELD = Field.bytes(Base.NETWORK, 9, 1);
    private static final Field TOS = Field.bytes(Base.NETWORK, 1, 1);
    private static final Field FRAGMENT = Field.bytes(Base.NETWORK, 6, 2);
    private static final Field SOURCE = Field.bytes(Base.NETWORK, 12, 4);
    private static final Field DESTINATION = Field.bytes(Base.NETWORK, 16, 4);
    private static final Field SOURCE_PORT = Field.bytes(Base.TRANSPORT, 0, 2);
    private static final Field DESTINATION_PORT = Field.bytes(Base.TRANSPORT, 2, 2);
    private static final Field ICMP_TYPE_FIELD = Field.bytes(Base.TRANSPORT, 0, 1);
    private static final Field TCP_FLAGS_FIELD = Field.bytes(Base.TRANSPORT, 13, 1);
    private static final Field[] ETHER_SOURCE = {
        Field.bytes(Base.LINK, 8, 4), Field.bytes(Base.LINK, 12, 2)
    };
    private static final Field[] ETHER_DESTINATION = {
        Field.bytes(Base.LINK, 2, 2), Field.bytes(Base.LINK, 4, 4)
    };
    private static final Field TCP_WINDOW = Field.bytes(Base.TRANSPORT, 14, 2);

    /** Fields of the IP header by name (RFC 791 3.1). */
    static final Map<String, Field> IP_FIELDS = new TreeMap<>();

    static {
        IP_FIELDS.put("vers", Field.bits(Base.NETWORK, 0, 4, 4));
        IP_FIELDS.put("hl", Field.bits(Base.NETWORK, 0, 0, 4));
        IP_FIELDS.put("tos", TOS);
        IP_FIELDS.put("dscp", Field.bits(Base.NETWORK, 1, 2, 6));
        IP_FIELDS.put("len", Field.bytes(Base.NETWORK, 2, 2));
        IP_FIELDS.put("id", Field.bytes(Base.NETWORK, 4, 2));
        IP_FIELDS.put("ttl", Field.bytes(Base.NETWORK, 8, 1));
    }

    private static final int FRAGMENT_OFFSET = 0x1fff;
    private static final int FRAGMENT_OFFSET_OR_MORE = 0x3fff;
    private static final int ECN = 3;

    /** Of which of the two ends something is true. */
    enum Direction {
        SOURCE,
        DESTINATION,
        EITHER,
        BOTH
    }

    /** What a value can be. */
    enum Kind {
        HOST,
        NET,
        ETHER,
        PORT,
        PROTOCOL,
        TCP_FLAG,
        TCP_WINDOW,
        ICMP_TYPE,
        FIELD;

        boolean isAddress() {
            return this == HOST || this == NET;
        }

        boolean isNumber() {
            return !isAddress() && this != ETHER && this != TCP_FLAG;
        }
    }

    Qualifiers direction(Direction to) {
        return new Qualifiers(to, protocol, kind, field);
    }

    Qualifiers protocol(int to) {
        return new Qualifiers(direction, to, kind, field);
    }

    Qualifiers kind(Kind to) {
        return new Qualifiers(direction, protocol, to, field);
    }

    Qualifiers field(Field to) {
        return new Qualifiers(direction, protocol, Kind.FIELD, to);
    }

    /** Takes from the primitive before what is not said here. */
    Qualifiers orAs(Qualifiers before) {
        return new Qualifiers(
                direction == null ? before.direction : direction,
                protocol == null ? before.protocol : protocol,
                kind == null ? before.kind : kind,
                field == null ? before.field : field);
    }

    /** Refuses words that do not go together. */
    void check() throws FilterException {
        boolean directed =
                switch (kind) {
                    case PORT, HOST, NET, ETHER -> true;
                    case null, default -> false;
                };
        if (direction != null && !directed) {
            throw new FilterException("'src' and 'dst' go with hosts, nets and ports only");
        }
        boolean fits =
                protocol == null
                        || switch (kind) {
                            case PORT ->
                                    protocol == TCP || protocol == UDP || protocol == TCP_OR_UDP;
                            case TCP_FLAG, TCP_WINDOW -> protocol == TCP;
                            case ICMP_TYPE -> protocol == ICMP;
                            case null, default -> true;
                        };
        if (!fits) {
            throw new FilterException(
                    switch (kind) {
                        case PORT -> "only tcp and udp have ports";
                        case ICMP_TYPE -> "'type' goes with icmp only";
                        case null, default -> "'opt' and 'win' go with tcp only";
                    });
        }
    }

    /** The field that is compared, one of the two if there is a direction. */
    Field compared() {
        return switch (kind) {
            case HOST, NET -> SOURCE;
            case ETHER -> ETHER_SOURCE[0];
            case PORT -> SOURCE_PORT;
            case PROTOCOL -> PROTOCOL_FIELD;
            case TCP_FLAG -> TCP_FLAGS_FIELD;
            case TCP_WINDOW -> TCP_WINDOW;
            case ICMP_TYPE -> ICMP_TYPE_FIELD;
            case FIELD -> field == null ? PROTOCOL_FIELD : field;
            case null -> throw new IllegalStateException("a value of no kind");
        };
    }

    /** The condition that the value is so, in packets of the protocol that have such a field. */
    Condition condition(int mask, Relation relation, int value) {
        Function<Field, Condition> is = f -> new Condition.Compare(f, mask, relation, value);
        return switch (kind) {
            case HOST, NET -> ofProtocol(protocol, directed(is, SOURCE, DESTINATION));
            case ETHER -> throw new IllegalStateException("an address of 48 bits");
            case PORT ->
                    inFirstFragment(
                            protocol == null ? (Integer) TCP_OR_UDP : protocol,
                            directed(is, SOURCE_PORT, DESTINATION_PORT));
            case TCP_FLAG, TCP_WINDOW -> inFirstFragment(TCP, is.apply(compared()));
            case ICMP_TYPE -> inFirstFragment(ICMP, is.apply(compared()));
            case FIELD ->
                    compared().base() == Base.TRANSPORT
                            ? inFirstFragment(protocol, is.apply(compared()))
                            : ofProtocol(protocol, is.apply(compared()));
            case PROTOCOL -> is.apply(compared());
            case null -> throw new IllegalStateException("a value of no kind");
        };
    }

    /** The condition that the link header has that Ethernet address, or another one. */
    Condition etherCondition(long address, Relation relation) {
        Function<Field[], Condition> is =
                fields -> {
                    int high = (int) (address >>> fields[1].bits());
                    Condition first =
                            new Condition.Compare(fields[0], fields[0].max(), relation, high);
                    int low = (int) address & fields[1].max();
                    Condition second =
                            new Condition.Compare(fields[1], fields[1].max(), relation, low);
                    return relation == Relation.EQUAL
                            ? Condition.and(first, second)
                            : Condition.or(first, second);
                };
        return ofProtocol(protocol, directed(is, ETHER_SOURCE, ETHER_DESTINATION));
    }

    private <F> Condition directed(Function<F, Condition> is, F source, F destination) {
        return switch (direction) {
            case SOURCE -> is.apply(source);
            case DESTINATION -> is.apply(destination);
            case BOTH -> Condition.and(is.apply(source), is.apply(destination));
            case EITHER -> Condition.or(is.apply(source), is.apply(destination));
            case null -> Condition.or(is.apply(source), is.apply(destination));
        };
    }

    /** Only the first fragment has the header of the transport protocol. */
    private static Condition inFirstFragment(@Nullable Integer protocol, Condition condition) {
        Condition first = new Condition.Compare(FRAGMENT, FRAGMENT_OFFSET, Relation.EQUAL, 0);
        return ofProtocol(protocol, Condition.and(first, condition));
    }

    private static Condition ofProtocol(@Nullable Integer protocol, Condition condition) {
        return protocol == null ? condition : Condition.and(isProtocol(protocol), condition);
    }

    /** Packets of an IP protocol. */
    static Condition isProtocol(int protocol) {
        return protocol == TCP_OR_UDP
                ? Condition.or(Condition.is(PROTOCOL_FIELD, TCP), Condition.is(PROTOCOL_FIELD, UDP))
                : Condition.is(PROTOCOL_FIELD, protocol);
    }

    /** The primitives of one word that look at the IP header, or null. */
    static @Nullable Condition flag(String word) {
        Condition fragment =
                new Condition.Compare(FRAGMENT, FRAGMENT_OFFSET_OR_MORE, Relation.NOT_EQUAL, 0);
        return switch (word) {
            case "frag" -> fragment;
            case "unfrag" -> new Condition.Not(fragment);
            case "ect" -> new Condition.Compare(TOS, ECN, Relation.NOT_EQUAL, 0);
            case "ce" -> new Condition.Compare(TOS, ECN, Relation.EQUAL, ECN);
            default -> null;
        };
    }
}
