package vini.forwarder.filter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the tests before a place have told about the packets that come there. Immutable. */
final class Facts {
    /** Answers that are still possible, added up. */
    static final int YES = 1;

    static final int NO = 2;
    static final int SHORT = 4;

    /** More words are not remembered; forgetting is always right. */
    private static final int WORDS_MAX = 32;

    /** For each base: packets have at least these bytes after it, and fewer than those. */
    private final int[] atLeast;

    private final int[] fewerThan;
    private final List<WordFacts> words;

    private Facts(int[] atLeast, int[] fewerThan, List<WordFacts> words) {
        this.atLeast = atLeast;
        this.fewerThan = fewerThan;
        this.words = words;
    }

    static Facts none() {
        int[] fewerThan = new int[Base.values().length];
        Arrays.fill(fewerThan, Integer.MAX_VALUE);
        return new Facts(new int[Base.values().length], fewerThan, List.of());
    }

    /** Which answers the test can still have. */
    int answers(Question test) {
        int base = test.base().ordinal();
        if (test.end() >= fewerThan[base]) {
            return SHORT;
        }
        int answers = test.end() > atLeast[base] ? SHORT : 0;
        WordFacts word = word(test);
        if (word == null) {
            return answers | YES | (test.mask() == 0 ? 0 : NO);
        }
        answers |= word.mayPass(test) ? YES : 0;
        return answers | (word.mayFail(test) ? NO : 0);
    }

    private @Nullable WordFacts word(Question test) {
        for (WordFacts word : words) {
            if (word.isAbout(test)) {
                return word;
            }
        }
        return null;
    }

    /** What is known after an answer, which must have been possible. */
    Facts after(Question test, int answer) {
        int base = test.base().ordinal();
        if (answer == SHORT) {
            int[] fewer = fewerThan.clone();
            fewer[base] = Math.min(fewer[base], test.end());
            return new Facts(atLeast, fewer, words);
        }
        int[] least = atLeast.clone();
        least[base] = Math.max(least[base], test.end());
        WordFacts old = word(test);
        if (old == null && words.size() == WORDS_MAX) {
            return new Facts(least, fewerThan, words);
        }
        WordFacts before = old == null ? WordFacts.nothing(test) : old;
        List<WordFacts> all = new ArrayList<>(words);
        all.remove(old);
        all.add(answer == YES ? before.passed(test) : before.failed(test));
        return new Facts(least, fewerThan, all);
    }

    /** What is known of packets of which one or the other is known. */
    Facts or(@Nullable Facts other) {
        if (other == null) {
            return this;
        }
        int[] least = atLeast.clone();
        int[] fewer = fewerThan.clone();
        for (int i = 0; i < least.length; i++) {
            least[i] = Math.min(least[i], other.atLeast[i]);
            fewer[i] = Math.max(fewer[i], other.fewerThan[i]);
        }
        List<WordFacts> both = new ArrayList<>();
        for (WordFacts word : words) {
            for (WordFacts same : other.words) {
                if (same.base() == word.base() && same.offset() == word.offset()) {
                    both.add(word.or(same));
                }
            }
        }
        return new Facts(least, fewer, both);
    }
}
