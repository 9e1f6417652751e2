package dev.rapport.command.eventstore;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;

/**
 * Transactions on H2, one after the other, in the order of their coming. H2 lets transactions that want the same row wait for each other,
 * but was seen to grant a row to two of them when the one before is rolled back; and since every commit waits for the disk, and appends
 * wait for each other anyway, nothing is lost by having them wait out here. One JVM owns an H2 file, so a lock of the JVM's is enough.
 */
final class QueueingTransactionManager extends JdbcTransactionManager {

    private static final long serialVersionUID = 1;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Duration patience;

    /**
     * A queue of its own for each data source.
     *
     * @param patience how long a transaction waits for its turn before it is refused with a {@link CannotCreateTransactionException}
     */
    QueueingTransactionManager(DataSource dataSource, Duration patience) {
        super(dataSource);
        this.patience = patience;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        takeTurn();
        try {
            super.doBegin(transaction, definition);
        } catch (RuntimeException | Error notBegun) {
            turn.unlock();
            throw notBegun;
        }
    }

    private void takeTurn() {
        try {
            if (!turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CannotCreateTransactionException(
                        "the transactions before this one took more than " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException(
                    "interrupted while waiting for the transactions before", stopped);
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        try {
            super.doCleanupAfterCompletion(transaction);
        } finally {
            turn.unlock();
        }
    }
}
