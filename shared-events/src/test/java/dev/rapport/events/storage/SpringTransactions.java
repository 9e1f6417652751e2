package dev.rapport.events.storage;

import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** Transactions as the application has them: begun by Spring, joined by whoever runs inside. */
record SpringTransactions(PlatformTransactionManager manager) implements TransactionManager {

    ConnectionProvider connectionsOf(DataSource dataSource) {
        return new TransactionAwareDataSourceProxy(dataSource)::getConnection;
    }

    @Override
    public Transaction startTransaction() {
        var status = manager.getTransaction(TransactionDefinition.withDefaults());
        return new Transaction() {
            @Override
            public void commit() {
                manager.commit(status);
            }

            @Override
            public void rollback() {
                manager.rollback(status);
            }
        };
    }
}
