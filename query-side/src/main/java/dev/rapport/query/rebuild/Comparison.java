package dev.rapport.query.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What comparing two generations row by row found: how many rows there are, how many values differ, and the first that do. */
record Comparison(long rows, long differing, List<Difference> first) {

    static final Comparison NONE = new Comparison(0, 0, List.of());

    /** How many differences are told one by one. */
    static final int MOST_TOLD = 50;

    /** What stands for a row that there is, or is not. */
    static final String WHOLE_ROW = "(row)";

    /**
     * A value that is another one in the new generation. A value may be business data, so a digest stands for it, but for numbers of versions and
     * the like; the same values have the same digest within a rebuild.
     *
     * @param key the row's key: ids, and numbers of versions
     */
    record Difference(
            String table,
            String key,
            String column,
            @Nullable String live,
            @Nullable String rebuilt) {}

    Comparison with(List<Difference> more) {
        List<Difference> all = new ArrayList<>(more);
        all.addAll(first);
        return new Comparison(
                rows, differing + more.size(), List.copyOf(all.subList(0, Math.min(MOST_TOLD, all.size()))));
    }

    /** Collects differences, and tells how far the comparison has come. */
    static final class Findings {

        private final long rowsToCompare;
        private final BiConsumer<Long, Long> progress;
        private final List<Difference> first = new ArrayList<>();
        private long rows;
        private long differing;

        Findings(long rowsToCompare, BiConsumer<Long, Long> progress) {
            this.rowsToCompare = rowsToCompare;
            this.progress = progress;
        }

        long rowsToCompare() {
            return rowsToCompare;
        }

        void row() {
            if (++rows % 10_000 == 0) {
                progress.accept(rows, differing);
            }
        }

        /** Rows that were found to be the same all at once. */
        void rows(long same) {
            rows += same;
            progress.accept(rows, differing);
        }

        void differs(Difference difference) {
            differing++;
            if (first.size() < MOST_TOLD) {
                first.add(difference);
            }
        }

        Comparison end() {
            return new Comparison(rows, differing, List.copyOf(first));
        }
    }
}
