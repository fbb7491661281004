package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Locale;

/** Finds the word that was probably meant; upper and lower case are the same letter. */
public final class Spelling {
    /** Longer words are not compared: the distance costs the product of both lengths. */
    private static final int LONGEST = 64;

    private Spelling() {}

    /** The nearest of the known words, the first of several; null where none is near enough. */
    public static @Nullable String nearest(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return null;
        }
        String best = null;
        int bestDistance = Math.max(1, written.length() / 3) + 1;
        String lower = written.toLowerCase(Locale.ROOT);
        for (String word : known) {
            if (Math.abs(word.length() - written.length()) >= bestDistance
                    || word.length() > LONGEST) {
                continue;
            }
            int distance = distance(lower, word.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Insertions, deletions, substitutions and swaps of neighbours that lead from a to b. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
                least = Math.min(least, cost[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
