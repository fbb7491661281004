package vini.forwarder.filter;

/**
 * Writes conditions into a {@link DecisionTree}, from the last to the first. Each comparison is
 * written once for each time that it stands in the text, whatever stands around it, so the tree
 * grows with the text and no faster.
 */
final class TreeWriter {
    private final DecisionTree tree;

    TreeWriter(DecisionTree tree) {
        this.tree = tree;
    }

    /** A place that leads to {@code yes} for packets that are so, and to {@code no} for others. */
    int write(Condition condition, int yes, int no) throws FilterException {
        return switch (condition) {
            case Condition.Always always -> always.value() ? yes : no;
            case Condition.Compare compare -> compare(compare, yes, no);
            case Condition.Not not -> write(not.of(), no, yes);
            case Condition.And and -> {
                int place = yes;
                for (Condition one : and.all().reversed()) {
                    place = write(one, place, no);
                }
                yield place;
            }
            case Condition.Or or -> {
                int place = no;
                for (Condition one : or.any().reversed()) {
                    place = write(one, yes, place);
                }
                yield place;
            }
            case Condition.Choice choice -> {
                int whenNot = write(choice.no(), yes, no);
                int when = write(choice.yes(), yes, no);
                yield write(choice.which(), when, whenNot);
            }
        };
    }

    /** Packets that are too short go to {@code no}, whatever the relation. */
    private int compare(Condition.Compare compare, int yes, int no) throws FilterException {
        int value = compare.value();
        return switch (compare.relation()) {
            case EQUAL -> equal(compare, yes, no, no);
            case NOT_EQUAL -> equal(compare, no, yes, no);
            case GREATER -> greater(compare, value, yes, no, no);
            case LESS_OR_EQUAL -> greater(compare, value, no, yes, no);
            case GREATER_OR_EQUAL ->
                    value == 0
                            ? present(compare.field(), yes, no)
                            : greater(compare, value - 1, yes, no, no);
            case LESS -> value == 0 ? no : greater(compare, value - 1, no, yes, no);
        };
    }

    private int equal(Condition.Compare compare, int equal, int different, int tooShort)
            throws FilterException {
        if ((compare.value() & ~compare.mask()) != 0) {
            return present(compare.field(), different, tooShort);
        }
        return tree.ask(
                test(compare.field(), compare.mask(), compare.value()), equal, different, tooShort);
    }

    private int present(Field field, int present, int tooShort) throws FilterException {
        return tree.ask(test(field, 0, 0), present, present, tooShort);
    }

    /**
     * The highest bit in which the field and the value differ decides. Bits of the value that are
     * equal and follow each other are asked at once: all of them 0 in the field, or all of them 1?
     */
    private int greater(
            Condition.Compare compare, int value, int greater, int notGreater, int tooShort)
            throws FilterException {
        Field field = compare.field();
        int place = notGreater;
        boolean asked = false;
        for (int bit = 0; bit < field.bits(); ) {
            boolean one = (value >>> bit & 1) != 0;
            int run = 0;
            int end = bit;
            while (end < field.bits() && (value >>> end & 1) != 0 == one) {
                run |= 1 << end++;
            }
            int masked = run & compare.mask();
            if (!one && masked != 0) {
                place = tree.ask(test(field, masked, 0), place, greater, tooShort);
                asked = true;
            } else if (one && masked != run) {
                // A bit that the mask makes 0 is 1 in the value: the field is smaller here at the
                // latest, and greater nowhere above it within the run.
                place = notGreater;
                asked = false;
            } else if (one) {
                place = tree.ask(test(field, run, run), place, notGreater, tooShort);
                asked = true;
            }
            bit = end;
        }
        return asked ? place : tree.ask(test(field, 0, 0), place, place, tooShort);
    }

    private static Question test(Field field, int mask, int value) {
        return new Question(
                field.base(),
                field.offset(),
                mask << field.shift(),
                value << field.shift(),
                field.end());
    }
}
