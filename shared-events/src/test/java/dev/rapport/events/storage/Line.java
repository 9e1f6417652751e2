package dev.rapport.events.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The line to a database, which can be tapped and cut. */
final class Line extends DelegatingDataSource {

    private final AtomicInteger uses = new AtomicInteger();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> interruption = new AtomicReference<>();
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();
    private volatile boolean cut;

    Line(DataSource target) {
        super(target);
    }

    /** Nobody gets through from then on, on connections that are open already neither. */
    void cut() {
        inUse.writeLock().lock(); // a query under way still has its answer
        try {
            cut = true;
        } finally {
            inUse.writeLock().unlock();
        }
    }

    void mend() {
        cut = false;
    }

    /** How often somebody asked for a connection. */
    int uses() {
        return uses.get();
    }

    /** All statements that were prepared. */
    List<String> statements() {
        return statements;
    }

    /** What happens between the database's answer to the next query and whoever asked. */
    void interruptNextQuery(Runnable action) {
        interruption.set(action);
    }

    @Override
    public Connection getConnection() throws SQLException {
        uses.incrementAndGet();
        if (cut) {
            throw new SQLException("the line is cut");
        }
        var connection = super.getConnection();
        return tapped(Connection.class, (proxy, method, arguments) -> {
            var result = method.invoke(connection, arguments);
            if (result instanceof PreparedStatement statement) {
                statements.add((String) arguments[0]);
                return tapped(statement);
            }
            return result;
        });
    }

    private PreparedStatement tapped(PreparedStatement statement) {
        return tapped(PreparedStatement.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("executeQuery")) {
                return method.invoke(statement, arguments);
            }
            var result = ask(() -> method.invoke(statement, arguments));
            var action = interruption.getAndSet(null);
            if (action != null) {
                action.run();
            }
            return result;
        });
    }

    private Object ask(Callable<Object> query) throws Exception {
        inUse.readLock().lock();
        try {
            if (cut) {
                throw new SQLException("the line is cut");
            }
            return query.call();
        } finally {
            inUse.readLock().unlock();
        }
    }

    private static <T> T tapped(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                Line.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return handler.invoke(proxy, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
