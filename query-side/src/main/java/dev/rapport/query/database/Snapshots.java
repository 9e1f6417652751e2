package dev.rapport.query.database;

import java.util.concurrent.Callable;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Reading at one moment: whatever is asked, and however long it takes, the rows are those of the first look. Writers are not held up. */
@Component
public class Snapshots {

    private final PlatformTransactionManager transactions;
    private final DSLContext database;

    Snapshots(@ReadDatabase PlatformTransactionManager transactions, @ReadDatabase DSLContext database) {
        this.transactions = transactions;
        this.database = database;
    }

    /** Does work whose every query, in this thread, sees the same rows. */
    public <T> T read(Callable<T> work) throws Exception {
        TransactionStatus snapshot = transactions.getTransaction(definition());
        try {
            return work.call();
        } finally {
            transactions.rollback(snapshot);
        }
    }

    /** H2's repeatable read keeps only tables that were looked at, from when they were; its serializable keeps all, and checks nothing at the end. */
    private TransactionDefinition definition() {
        var definition = new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        definition.setReadOnly(true);
        definition.setIsolationLevel(
                database.family() == SQLDialect.H2
                        ? TransactionDefinition.ISOLATION_SERIALIZABLE
                        : TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return definition;
    }
}
