package dev.rapport.query;

import static dev.rapport.query.Examples.assigned;
import static dev.rapport.query.Examples.kept;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.ConsistencyToken;
import dev.rapport.query.projection.ReadModelProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
class An_event_that_cannot_be_projected {

    @Parameter
    Database database;

    @Test
    void is_never_passed_by() {
        var log = new Log(database);
        try (var queries = RunningQuerySide.of(log, database)) {
            log.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));
            queries.catchUp();

            log.append(kept("R-1", "C-that-nobody-made"));
            ConsistencyToken after = log.append(assigned("R-1", "manager2"));

            assertThat(queries.get("head", "/api/v1/relationships/R-1", ConsistencyToken.HEADER, after.encode())
                            .status())
                    .isEqualTo(503);
            var shown = queries.get("head", "/api/v1/relationships/R-1").ok().json();
            assertThat(shown.get("version").asLong()).isEqualTo(1);
            assertThat(shown.get("managerId").asString()).isEqualTo("manager1");
            assertThat(queries.bean(ReadModelProcessor.class).isRunning()).isTrue();
        } finally {
            log.close();
        }
    }
}
