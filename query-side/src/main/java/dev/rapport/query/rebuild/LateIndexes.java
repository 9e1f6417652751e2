package dev.rapport.query.rebuild;

import dev.rapport.query.rebuild.LateIndexTable.LateIndex;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Has a generation filled without the indexes that only questions need, and has them once it is filled. Whoever comes after a node that was gone
 * goes on with what is noted.
 */
final class LateIndexes {

    private final LateIndexTable table;
    private final int workers;

    LateIndexes(LateIndexTable table, int workers) {
        this.table = table;
        this.workers = workers;
    }

    /** Before the first row is filled in, once it is noted which indexes there are. */
    void drop(Rebuild rebuild) {
        table.noted(rebuild).forEach(index -> table.drop(rebuild, index));
    }

    /** After the last row was. */
    void make(Rebuild rebuild, Watch watch) {
        Queue<LateIndex> noted = new ConcurrentLinkedQueue<>(table.noted(rebuild));
        Workers.run(workers, left -> {
            for (LateIndex index = noted.poll(); index != null && left.isWorthIt(); index = noted.poll()) {
                watch.check();
                table.make(rebuild, index);
            }
        });
    }
}
