package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class A_process_of_the_query_side {

    @Test
    void says_all_that_it_needs_and_nobody_set() {
        assertThatThrownBy(() -> RapportQueries.application().run())
                .hasMessageContainingAll(
                        "Set rapport.events.url (RAPPORT_EVENTS_URL): jdbc:postgresql://",
                        "Set rapport.read.url (RAPPORT_READ_URL): jdbc:postgresql://",
                        "Set rapport.audit.url (RAPPORT_AUDIT_URL): jdbc:postgresql://",
                        "rapport.master-key (RAPPORT_MASTER_KEY)",
                        "rapport.seal.key-file (RAPPORT_SEAL_KEY_FILE)",
                        "rapport.identity.users-file (RAPPORT_IDENTITY_USERS_FILE)");
    }

    @Test
    void makes_no_event_log() {
        String events = Database.POSTGRESQL.freshUrl();

        assertThatThrownBy(() -> RapportQueries.application()
                        .run(
                                "--rapport.master-key-file=key",
                                "--rapport.demo.password=a password",
                                "--rapport.seal.active=false",
                                "--server.port=0",
                                "--rapport.events.url=" + events,
                                "--rapport.events.username=postgres",
                                "--rapport.read.url=" + Database.POSTGRESQL.freshUrl(),
                                "--rapport.read.username=postgres",
                                "--rapport.audit.url=" + Database.POSTGRESQL.freshUrl(),
                                "--rapport.audit.username=postgres"))
                .hasStackTraceContaining("start a command side first");
    }
}
