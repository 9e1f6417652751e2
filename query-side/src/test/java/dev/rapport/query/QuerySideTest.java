package dev.rapport.query;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/**
 * A log and a query side that runs on it, one for all tests of a database: each test has its own relationships in them. Classes of such tests
 * are not side by side, since a clock and the positions in the log are everybody's.
 */
@ResourceLock("the log and the query side of QuerySideTest")
abstract class QuerySideTest {

    private static final Map<Database, QuerySideTest.Running> SHARED = new EnumMap<>(Database.class);

    private record Running(Log log, RunningQuerySide queries) {}

    @Parameter
    Database database;

    Log log;
    RunningQuerySide queries;

    @BeforeParameterizedClassInvocation
    void share() {
        Running running;
        synchronized (SHARED) {
            running = SHARED.computeIfAbsent(database, QuerySideTest::start);
        }
        log = running.log;
        queries = running.queries;
    }

    private static Running start(Database database) {
        var log = new Log(database);
        return new Running(log, RunningQuerySide.of(log, database));
    }
}
