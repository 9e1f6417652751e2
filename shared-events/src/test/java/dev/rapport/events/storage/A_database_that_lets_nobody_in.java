package dev.rapport.events.storage;

import static org.assertj.core.api.Assertions.assertThat;

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
                "28P01", // another password
                "3D000", // no such database
                "57P03", // it is just starting
                "90013", // no such file
                "90020", // another process has the file
                "90048", // a newer version wrote the file
                "90062" // no file can be made
            })
    void is_told_in_words(String state) {
        var analysis = analyzer.analyze(new IllegalStateException(new SQLException("what the driver says", state)));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).endsWith("what the driver says");
        assertThat(analysis.getAction()).contains("RAPPORT_EVENTS_URL", "RAPPORT_READ_URL", "RAPPORT_AUDIT_URL");
    }

    @Test
    void is_told_in_the_words_of_its_driver_and_not_of_the_pool() {
        var analysis = analyzer.analyze(
                new SQLTransientConnectionException("timed out", new SQLException("what the driver says", "08001")));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).endsWith("what the driver says");
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "42P01", "23505", "90030"})
    void is_no_database_that_finds_a_fault_of_ours(String state) {
        assertThat(analyzer.analyze(new IllegalStateException(new SQLException("what the driver says", state))))
                .isNull();
    }
}
