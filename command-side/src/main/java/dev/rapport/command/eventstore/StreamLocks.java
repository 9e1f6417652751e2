package dev.rapport.command.eventstore;

import java.sql.SQLTransientConnectionException;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.LockFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The locks of streams in this process. Who waited for one, and meanwhile another command found that the database is away, is told so at once:
 * each would wait as long for a connection as the one before, one after the other.
 */
final class StreamLocks implements LockFactory {

    private final LockFactory locks;
    private final EventPool pool;

    StreamLocks(LockFactory locks, EventPool pool) {
        this.locks = locks;
        this.pool = pool;
    }

    @Override
    public Lock obtainLock(String stream) {
        long began = System.nanoTime();
        Lock lock = locks.obtainLock(stream);
        if (pool.wasFoundAwayAfter(began)) {
            lock.release();
            String away = "the event database was found away while " + stream + " was waited for";
            throw new DataAccessResourceFailureException(away, new SQLTransientConnectionException(away));
        }
        return lock;
    }
}
