package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class A_database_that_is_away {

    @Test
    void is_answered_with_when_to_try_again() throws IOException {
        var server = EmbeddedPostgres.start();
        var log = new Log(Database.H2);
        try (var queries = RunningQuerySide.of(log, Database.POSTGRESQL, server.getJdbcUrl("postgres", "postgres"))) {
            queries.get("head", "/api/v1/relationships").ok();

            server.close();

            var answer = queries.get("head", "/api/v1/relationships");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(answer.json().get("type").asString()).isEqualTo("/problems/unavailable");
        } finally {
            log.close();
        }
    }
}
