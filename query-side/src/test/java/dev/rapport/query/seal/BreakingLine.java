package dev.rapport.query.seal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The line to a database, which breaks at a step: a statement that is executed, or a commit. */
final class BreakingLine extends DelegatingDataSource {

    private static final Set<String> STEPS = Set.of("execute", "executeQuery", "executeUpdate", "commit");

    private int stepsLeft = Integer.MAX_VALUE;
    private boolean afterwards;

    BreakingLine(DataSource target) {
        super(target);
    }

    /**
     * Breaks at the next step but so many.
     *
     * @param afterwards once the database has done it, but before anybody hears of that
     */
    void breakAt(int step, boolean afterwards) {
        stepsLeft = step;
        this.afterwards = afterwards;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return tapped(Connection.class, (_, method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            return result instanceof PreparedStatement statement
                    ? tapped(PreparedStatement.class, (_, called, with) -> called.invoke(statement, with))
                    : result;
        });
    }

    private <T> T tapped(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                BreakingLine.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean breaks = STEPS.contains(method.getName()) && --stepsLeft == 0;
                    if (breaks && !afterwards) {
                        throw new SQLException("the line broke before " + method.getName());
                    }
                    Object result;
                    try {
                        result = handler.invoke(proxy, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (breaks) {
                        throw new SQLException("the line broke after " + method.getName());
                    }
                    return result;
                }));
    }
}
