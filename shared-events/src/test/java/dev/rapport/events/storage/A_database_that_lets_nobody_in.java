package dev.rapport.events.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class A_database_that_lets_nobody_in {

    private final UnreachableDatabaseAnalyzer analyzer = new UnreachableDatabaseAnalyzer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08001", // nobody listens
                "08004", // it takes no connection from here
                "08006", // the connection broke
                "28000", // no such user
                "28P01", // another password
                "3D000", // no such database
                "57P03", // it is just starting
                "90013", // no such file
                "90020", // another process has the file
                "90031", // the file can't be written
                "90048", // a newer version wrote the file
                "90062", // no file can be made
                "90146" // no such file, and none is to be made
            })
    void is_told_in_words(String state) {
        var analysis = analyzer.analyze(new IllegalStateException(new SQLException("what the driver says", state)));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).endsWith("what the driver says");
        assertThat(analysis.getAction())
                .contains("RAPPORT_EVENTS_URL", "RAPPORT_READ_URL", "RAPPORT_AUDIT_URL")
                .contains("RAPPORT_EVENTS_OWNER_USERNAME", "RAPPORT_SEAL_ROLE_USERNAME");
    }

    @Test
    void is_told_in_the_words_of_its_driver_and_not_of_the_pool() {
        var analysis = analyzer.analyze(
                new SQLTransientConnectionException("timed out", new SQLException("what the driver says", "08001")));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).endsWith("what the driver says");
    }

    @Test
    void is_told_with_the_reason_that_its_driver_leaves_out() {
        SQLException failed = catchThrowableOfType(
                SQLException.class,
                () -> DriverManager.getConnection("jdbc:postgresql://nobody.invalid/rapport")
                        .close());

        var analysis = analyzer.analyze(failed);

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains("UnknownHostException: nobody.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42601", "42P01", "23505", "53100", // its disk is full
                "53300", // it has as many connections as it may
                "57014", // a statement took too long
                "57P01", // an operator ended it
                "58030", // its disk fails
                "90030"
            })
    void is_no_database_that_lets_us_in_and_fails_then(String state) {
        SQLException failed = new SQLException("what the driver says", state);

        assertThat(analyzer.analyze(new IllegalStateException(failed))).isNull();
        assertThat(analyzer.analyze(new SQLTransientConnectionException("timed out", failed)))
                .isNull();
    }

    @Test
    void is_no_pool_that_has_no_connection_left() {
        assertThat(analyzer.analyze(new SQLTransientConnectionException("timed out")))
                .isNull();
    }
}
