package dev.rapport.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class A_process_of_the_command_side {

    @Test
    void says_all_that_it_needs_and_nobody_set() {
        assertThatThrownBy(() -> RapportCommands.application().run())
                .hasMessageContainingAll(
                        "Nothing says where the event database is.",
                        "Set rapport.events.url (RAPPORT_EVENTS_URL): jdbc:postgresql://",
                        "Nothing says what the keys of personal data are wrapped by.",
                        "rapport.master-key (RAPPORT_MASTER_KEY), or rapport.master-key-file",
                        "Nothing says who callers are.",
                        "rapport.identity.users-file (RAPPORT_IDENTITY_USERS_FILE)");
    }

    @Test
    void does_not_take_a_file_for_a_database_that_several_can_share() {
        assertThatThrownBy(() -> RapportCommands.application()
                        .run(
                                "--rapport.events.url=jdbc:h2:mem:events",
                                "--rapport.master-key-file=key",
                                "--rapport.identity.users-file=users"))
                .hasMessageContaining("What rapport.events.url says does not begin with jdbc:postgresql:")
                .hasMessageContaining("jdbc:postgresql://localhost/rapport_events")
                .hasMessageNotContainingAny("master-key", "users-file");
    }

    @Test
    void that_is_not_to_make_the_tables_starts_only_where_they_are_there() {
        assertThatThrownBy(() -> Node.on(Database.POSTGRESQL, "rapport.events.migrate=false"))
                .rootCause()
                .hasMessageMatching("the event database lacks \\d+ scripts of this version.*");

        try (Node first = Node.on(Database.POSTGRESQL);
                Node second = first.another("rapport.events.migrate=false")) {
            assertThat(second.aRelationship()).isNotNull();
        }
    }

    @Test
    void makes_the_tables_by_connections_that_are_known_as_the_owners() {
        String url = Database.POSTGRESQL.create();
        JdbcClient owner = JdbcClient.create(new DriverManagerDataSource(url, Database.POSTGRESQL.user(), ""));
        // not in the schema of the tables, which has to be empty
        owner.sql("create schema watched").update();
        owner.sql("create table watched.change (by text not null)").update();
        owner.sql("""
            create function watched.note() returns event_trigger language plpgsql as $$
            begin
                insert into watched.change values (current_setting('application_name'));
            end $$
            """).update();
        owner.sql("create event trigger note on ddl_command_end execute function watched.note()")
                .update();

        Node.at(url, Database.POSTGRESQL, "rapport.events.owner.username=" + Database.POSTGRESQL.user())
                .close();

        assertThat(owner.sql("select by from watched.change")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .containsOnly("rapport owner");
    }
}
