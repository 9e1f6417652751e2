package dev.rapport.query.eventlog;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.events.problem.StartRefused;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class An_event_database_that_fails {

    @Test
    void without_a_state_is_told_as_what_it_is() {
        HikariDataSource closed = new HikariDataSource();
        closed.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> EventLogConfiguration.requireLog(closed))
                .isNotInstanceOf(StartRefused.class)
                .havingCause()
                .isInstanceOf(SQLException.class)
                .withMessageContaining("has been closed");
    }
}
