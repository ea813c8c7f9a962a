package dev.ebbgate.core.resolve;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds what someone probably meant to write.
public final class NearNames {

    private static final int MOST = 3;

    /// Names longer than this are not compared: they come from clients.
    private static final int LONGEST = 128;

    private NearNames() {}

    /// The names nearest to `asked`, the nearest first; at most three, and none that is far. Small
    /// and capital letters are the same here.
    public static List<String> of(String asked, Collection<String> names) {
        if (asked.length() > LONGEST) {
            return List.of();
        }
        String meant = small(asked);
        return names.stream()
                .filter(name ->
                        name.length() <= LONGEST && distance(meant, small(name)) <= near(asked))
                .sorted(Comparator.comparingInt(name -> distance(meant, small(name))))
                .limit(MOST)
                .toList();
    }

    private static String small(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static int near(String asked) {
        return Math.clamp(asked.length() / 3, 1, 4);
    }

    /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours
    /// (Damerau 1964, in the restricted form of Boytsov 2011).
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + change);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
