package vini.forwarder.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * What the tests before have told about one word: it is in one of some cubes (bits known, or not),
 * and it failed some tests. Forgetting is always right, so both lists are short.
 */
record WordFacts(Base base, int offset, List<Cube> cubes, List<Cube> failed) {
    private static final int CUBES_MAX = 8;
    private static final int FAILED_MAX = 16;

    /** All words whose bits under the mask are those of the value. */
    record Cube(int mask, int value) {
        private boolean excludes(int otherMask, int otherValue) {
            return ((value ^ otherValue) & mask & otherMask) != 0;
        }

        private Cube and(Question test) {
            return new Cube(mask | test.mask(), value | test.value());
        }

        /** Whether each of its words is in the other cube. */
        private boolean isWithin(int otherMask, int otherValue) {
            return (otherMask & ~mask) == 0 && (value & otherMask) == otherValue;
        }
    }

    static WordFacts nothing(Question test) {
        return new WordFacts(test.base(), test.offset(), List.of(new Cube(0, 0)), List.of());
    }

    boolean isAbout(Question test) {
        return test.base() == base && test.offset() == offset;
    }

    boolean mayPass(Question test) {
        for (Cube cube : cubes) {
            if (!cube.excludes(test.mask(), test.value()) && !hasFailed(cube.and(test))) {
                return true;
            }
        }
        return false;
    }

    private boolean hasFailed(Cube cube) {
        for (Cube no : failed) {
            if (cube.isWithin(no.mask, no.value)) {
                return true;
            }
        }
        return false;
    }

    boolean mayFail(Question test) {
        for (Cube cube : cubes) {
            if (!cube.isWithin(test.mask(), test.value())) {
                return true;
            }
        }
        return false;
    }

    WordFacts passed(Question test) {
        List<Cube> within = new ArrayList<>();
        for (Cube cube : cubes) {
            if (!cube.excludes(test.mask(), test.value()) && !hasFailed(cube.and(test))) {
                within.add(cube.and(test));
            }
        }
        return new WordFacts(base, offset, within, failed);
    }

    WordFacts failed(Question test) {
        List<Cube> outside = new ArrayList<>();
        for (Cube cube : cubes) {
            if (!cube.isWithin(test.mask(), test.value())) {
                outside.add(cube);
            }
        }
        List<Cube> more = new ArrayList<>(failed);
        more.add(new Cube(test.mask(), test.value()));
        if (more.size() > FAILED_MAX) {
            more.removeFirst();
        }
        return new WordFacts(base, offset, outside, more);
    }

    /** What is true in both cases. */
    WordFacts or(WordFacts other) {
        List<Cube> either = new ArrayList<>(cubes);
        other.cubes.stream().filter(c -> !either.contains(c)).forEach(either::add);
        List<Cube> no = new ArrayList<>();
        for (Cube cube : failed) {
            if (other.isOutside(cube)) {
                no.add(cube);
            }
        }
        for (Cube cube : other.failed) {
            if (no.size() < FAILED_MAX && !no.contains(cube) && isOutside(cube)) {
                no.add(cube);
            }
        }
        List<Cube> some = either.size() > CUBES_MAX ? List.of(hull(either)) : either;
        return new WordFacts(base, offset, some, no);
    }

    private boolean isOutside(Cube cube) {
        return failed.contains(cube)
                || cubes.stream().allMatch(c -> c.excludes(cube.mask, cube.value));
    }

    /** The bits that all have in common. */
    private static Cube hull(List<Cube> cubes) {
        int mask = -1;
        int value = cubes.getFirst().value;
        for (Cube cube : cubes) {
            mask &= cube.mask & ~(cube.value ^ value);
        }
        return new Cube(mask, value & mask);
    }
}
