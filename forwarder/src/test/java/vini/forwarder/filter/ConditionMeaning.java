package vini.forwarder.filter;

/** What a condition says of a packet, word for word: the slow way, to compare programs with. */
final class ConditionMeaning {
    private final byte[] packet;
    private final int transport;

    /**
     * @param transport where the bytes after the IP header begin
     */
    ConditionMeaning(byte[] packet, int transport) {
        this.packet = packet;
        this.transport = transport;
    }

    boolean is(Condition condition) {
        return switch (condition) {
            case Condition.Always always -> always.value();
            case Condition.Not not -> !is(not.of());
            case Condition.And and -> and.all().stream().allMatch(this::is);
            case Condition.Or or -> or.any().stream().anyMatch(this::is);
            case Condition.Choice choice -> is(choice.which()) ? is(choice.yes()) : is(choice.no());
            case Condition.Compare compare -> compare(compare);
        };
    }

    private boolean compare(Condition.Compare compare) {
        Field field = compare.field();
        int base = field.base() == Base.TRANSPORT ? transport : 0;
        if (base + field.end() > packet.length) {
            return false;
        }
        long word = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            int at = base + field.offset() + i;
            word = word << 8 | (at < packet.length ? packet[at] & 0xff : 0);
        }
        long bits = word >>> field.shift() & (1L << field.bits()) - 1;
        long masked = bits & Integer.toUnsignedLong(compare.mask());
        int order = Long.compare(masked, Integer.toUnsignedLong(compare.value()));
        return switch (compare.relation()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }
}
