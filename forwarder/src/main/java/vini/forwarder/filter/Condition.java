package vini.forwarder.filter;

import java.util.List;

/**
 * What a packet must be like: what a pattern says, before it is compiled. A comparison is false for
 * a packet that is too short to have the field; so its negation is true.
 */
public sealed interface Condition {
    /** True or false for every packet. */
    record Always(boolean value) implements Condition {}

    /** Whether {@code (field & mask) relation value}; the mask has the width of the field. */
    record Compare(Field field, int mask, Relation relation, int value) implements Condition {}

    record Not(Condition of) implements Condition {}

    record And(List<Condition> all) implements Condition {}

    record Or(List<Condition> any) implements Condition {}

    /** {@code which ? yes : no}. */
    record Choice(Condition which, Condition yes, Condition no) implements Condition {}

    static Condition and(Condition... all) {
        return new And(List.of(all));
    }

    static Condition or(Condition... any) {
        return new Or(List.of(any));
    }

    /** Whether the whole field has that value. */
    static Condition is(Field field, int value) {
        return new Compare(field, field.max(), Relation.EQUAL, value);
    }
}
