package dev.rapport.events.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class A_pool_of_connections {

    private static final String A_ROW_THAT_IS_REFUSED =
            "insert into personal_secret (name, master) values ('a word', 'm') returning 1";

    private static HikariDataSource pool(Database database, String more) {
        try (HikariDataSource made = database.create()) {
            return ConnectionPool.set(
                    new HikariDataSource(), "tests", made.getJdbcUrl() + more, made.getUsername(), "", 2);
        }
    }

    private static String text(DataSource pool, String query) throws SQLException {
        try (var connection = pool.getConnection();
                var row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void leads_to_any_database(Database database) throws SQLException {
        try (HikariDataSource pool = pool(database, "")) {
            assertThat(text(pool, "select count(*) from event_log")).isEqualTo("0");
        }
    }

    @Test
    void is_known_by_what_it_is_for_to_who_runs_the_database() throws SQLException {
        try (HikariDataSource pool = pool(Database.POSTGRESQL, "")) {
            assertThat(text(pool, "select application_name from pg_stat_activity where pid = pg_backend_pid()"))
                    .isEqualTo("rapport tests");
        }
    }

    @Test
    void is_known_in_the_same_way_where_there_is_none() throws SQLException {
        try (HikariDataSource made = Database.POSTGRESQL.create()) {
            DataSource unpooled = ConnectionPool.unpooled("tests", made.getJdbcUrl(), made.getUsername(), "");

            assertThat(text(unpooled, "show application_name")).isEqualTo("rapport tests");
            assertThat(catchThrowable(() -> text(unpooled, A_ROW_THAT_IS_REFUSED)))
                    .hasMessageContaining("null value")
                    .hasMessageNotContaining("a word");
        }
    }

    @Test
    void goes_by_another_name_that_its_url_has() throws SQLException {
        try (HikariDataSource pool = pool(Database.POSTGRESQL, "&ApplicationName=somebody")) {
            assertThat(text(pool, "show application_name")).isEqualTo("somebody");
        }
    }

    @Test
    void does_not_tell_what_stands_in_a_row_that_could_not_be_written() throws SQLException {
        try (HikariDataSource pool = pool(Database.POSTGRESQL, "")) {
            Throwable refused = catchThrowable(() -> text(pool, A_ROW_THAT_IS_REFUSED));
            assertThat(refused).hasMessageContaining("null value").hasMessageNotContaining("a word");
        }
    }
}
