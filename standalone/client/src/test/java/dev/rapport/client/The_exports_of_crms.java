package dev.rapport.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.client.csv.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the forms of three CRMs, made by us, become commands by the ready mappings. */
class The_exports_of_crms {

    private static final Path SAMPLES = Path.of("src/test/resources/crm");

    @TempDir
    private Path folder;

    private Typed dryRun(String mapping, String file, String... more) throws IOException {
        Path copy = Files.copy(SAMPLES.resolve(file), folder.resolve(file));
        List<String> arguments = new ArrayList<>(List.of("import", "--dry-run", "--mapping", mapping, copy.toString()));
        arguments.addAll(List.of(more));
        return Typed.rapport(Map.of(), arguments.toArray(String[]::new));
    }

    private Typed commands(String mapping, String file, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--commands", "-"));
        arguments.addAll(List.of(more));
        return dryRun(mapping, file, arguments.toArray(String[]::new));
    }

    private String refusals(String file) throws IOException {
        return Files.readString(folder.resolve(file + ".would-be-refused.ndjson"));
    }

    @Test
    void of_salesforce_have_accounts() throws IOException {
        Typed typed = commands("salesforce-accounts", "Account.csv");

        assertThat(typed.out()).isEqualTo("""
            {"command":"RegisterStakeholder","id":"sf-0015g00000AbCdEAAV","name":"Skerrow Systems","kind":"PARTNER","group":"Technology","occurredAt":"2024-11-19T09:30:00Z"}
            {"command":"EstablishRelationship","id":"sf-0015g00000AbCdEAAV","stakeholderId":"sf-0015g00000AbCdEAAV","purpose":"Control software.\\nThey call us first, and say \\"no\\" early.","occurredAt":"2024-11-19T09:30:00Z"}
            {"command":"RegisterStakeholder","id":"sf-0015g00000AbCdFAAV","name":"Merrowby Hotels","kind":"CUSTOMER","group":"Hospitality","occurredAt":"2024-12-02T10:00:00Z"}
            {"command":"EstablishRelationship","id":"sf-0015g00000AbCdFAAV","stakeholderId":"sf-0015g00000AbCdFAAV","occurredAt":"2024-12-02T10:00:00Z"}
            """);
    }

    @Test
    void are_told_of_by_row_and_column_where_they_cannot_be_used() throws IOException {
        Typed typed = dryRun("salesforce-accounts", "Account.csv");

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.out()).endsWith("""
            Account.csv: would send 4, 0 would be refused, 2 unusable, 1 passed over
                    2  EstablishRelationship
                    2  RegisterStakeholder
                    1  passed over: deleted in Salesforce
                    2  The row can't become a command
              line 6 (row 4), column Type: The row can't become a command
                /kind “Competitor” is not in the table kinds, which --table kinds=FILE adds to
              line 7 (row 5), column CreatedDate: The row can't become a command
                /occurredAt “2025-02-30 10:00:00” is no time in a form that the mapping names
                /occurredAt “2025-02-30 10:00:00” is no time in a form that the mapping names
            Each with its reason: %s
            """.formatted(folder.resolve("Account.csv.would-be-refused.ndjson")));
        assertThat(refusals("Account.csv"))
                .startsWith("{\"dryRun\":true,\"line\":6,\"row\":4,\"command\":{\"Id\":\"0015g00000AbCdHAAV\",")
                .contains("\"column\":\"Type\"");
    }

    @Test
    void get_their_managers_by_a_table_of_owners_which_has_to_have_all_of_them() throws IOException {
        Path owners = Files.writeString(folder.resolve("owners.csv"), "0055g000003OwnAAAS,manager1\n");
        Path kinds = Files.writeString(folder.resolve("kinds.csv"), "Competitor;PARTNER\n");

        Typed typed = commands(
                "salesforce-accounts", "Account.csv", "--table", "owners=" + owners, "--table", "kinds=" + kinds);

        assertThat(typed.out().lines()).hasSize(2).last().asString().contains("\"managerId\":\"manager1\"");
        assertThat(refusals("Account.csv"))
                .contains("“0055g000003OwnBAAS” is not in the table owners")
                .contains("“0055g000003OwnCAAS” is not in the table owners");
    }

    @Test
    void may_give_all_other_owners_to_one_manager() throws IOException {
        Path owners = Files.writeString(folder.resolve("owners.csv"), "0055g000003OwnAAAS,manager1\n*,head\n");

        assertThat(commands("salesforce-accounts", "Account.csv", "--table", "owners=" + owners)
                        .out()
                        .lines())
                .filteredOn(line -> line.contains("\"managerId\":\"head\""))
                .hasSize(1);
    }

    @Test
    void of_salesforce_have_tasks_of_which_calls_and_mails_took_place() throws IOException {
        assertThat(commands("salesforce-tasks", "Task.csv").out()).isEqualTo("""
            {"command":"LogInteraction","relationshipId":"sf-0015g00000AbCdEAAV","id":"sf-00T5g00000TaskAEAW","channel":"CALL","summary":"Call\\nThey are two weeks late.\\nMr. Edelmann calls back on Monday.","occurredAt":"2025-03-03T00:00:00Z"}
            {"command":"LogInteraction","relationshipId":"sf-0015g00000AbCdEAAV","id":"sf-00T5g00000TaskBEAW","channel":"EMAIL","summary":"Email: Offer for release 8","occurredAt":"2025-03-05T08:00:00Z"}
            """);
    }

    @Test
    void are_passed_over_for_reasons_that_are_told() throws IOException {
        assertThat(dryRun("salesforce-tasks", "Task.csv").out()).contains("""
            Task.csv: would send 2, 0 would be refused, 3 passed over
                    2  LogInteraction
                    1  passed over: not completed
                    1  passed over: not with an account
                    1  passed over: the mapping makes no command of it
            Rapport has to know already: relationship sf-0015g00000AbCdEAAV
            """);
    }

    @Test
    void of_salesforce_have_events_of_which_none_is_to_come() throws IOException {
        Typed typed = commands("salesforce-events", "Event.csv");

        assertThat(typed.out()).isEqualTo("""
            {"command":"LogInteraction","relationshipId":"sf-0015g00000AbCdEAAV","id":"sf-00U5g00000EvenAEAW","channel":"MEETING","summary":"Quarterly review\\nCosts were opened.","occurredAt":"2025-04-01T13:00:00Z"}
            """);
        assertThat(refusals("Event.csv"))
                .contains("\"row\":2")
                .contains("may be in the past, but not in the future\",\"column\":\"StartDateTime, ActivityDateTime,"
                        + " ActivityDate\"");
    }

    @Test
    void of_hubspot_have_companies() throws IOException {
        assertThat(commands("hubspot-companies", "hubspot-companies.csv", "--zone", "Europe/London")
                        .out())
                .isEqualTo("""
                    {"command":"RegisterStakeholder","id":"hs-9021345001","name":"Palehurst School Meals","kind":"PARTNER","group":"FOOD_BEVERAGES","occurredAt":"2024-11-20T09:15:00Z"}
                    {"command":"EstablishRelationship","id":"hs-9021345001","stakeholderId":"hs-9021345001","occurredAt":"2024-11-20T09:15:00Z"}
                    {"command":"RegisterStakeholder","id":"hs-9021345002","name":"Marram House","kind":"CUSTOMER","group":"Companies","occurredAt":"2024-11-21T10:00:00Z"}
                    {"command":"EstablishRelationship","id":"hs-9021345002","stakeholderId":"hs-9021345002","occurredAt":"2024-11-21T10:00:00Z"}
                    """);
    }

    @Test
    void of_hubspot_need_a_zone() throws IOException {
        dryRun("hubspot-companies", "hubspot-companies.csv");

        assertThat(refusals("hubspot-companies.csv"))
                .hasLineCount(2)
                .contains("“2024-11-20 09:15” does not say of which zone: name it with --zone");
    }

    @Test
    void of_hubspot_have_calls_with_notes_in_html() throws IOException {
        assertThat(commands("hubspot-calls", "hubspot-calls.csv", "--zone", "Europe/London")
                        .out())
                .isEqualTo("""
                    {"command":"LogInteraction","relationshipId":"hs-9021345001","id":"hs-30001","channel":"CALL","summary":"Call with Palehurst\\nTwo kitchens stayed cold.\\nThey want a date & a name.","participants":["Nora Vale (nora@palehurst.example)","Ben Ode"],"occurredAt":"2025-07-14T10:05:00Z"}
                    """);
    }

    @Test
    void of_hubspot_may_have_internal_names() throws IOException {
        assertThat(commands("hubspot-meetings", "hubspot-meetings.csv").out()).isEqualTo("""
            {"command":"LogInteraction","relationshipId":"hs-9021345001","id":"hs-40001","channel":"MEETING","summary":"Visit to the kitchens\\nThey showed us the second kitchen.\\nIt was warm.","occurredAt":"2025-07-15T10:00:00Z"}
            """);
    }

    @Test
    void of_espocrm_have_accounts_with_another_separator_and_guarded_cells() throws IOException {
        assertThat(commands("espocrm-accounts", "espocrm-accounts.csv").out()).isEqualTo("""
            {"command":"RegisterStakeholder","id":"es-64f1c2a9b8d7e6f50","name":"Varnholm Capital","kind":"INVESTOR","group":"Finance","occurredAt":"2024-11-25T08:00:00Z"}
            {"command":"EstablishRelationship","id":"es-64f1c2a9b8d7e6f50","stakeholderId":"es-64f1c2a9b8d7e6f50","purpose":"- wants the figures early\\n- pays for Hall C","occurredAt":"2024-11-25T08:00:00Z"}
            {"command":"RegisterStakeholder","id":"es-64f1c2a9b8d7e6f51","name":"Tarnside Residents","kind":"CUSTOMER","group":"Accounts","occurredAt":"2024-11-26T08:00:00Z"}
            {"command":"EstablishRelationship","id":"es-64f1c2a9b8d7e6f51","stakeholderId":"es-64f1c2a9b8d7e6f51","occurredAt":"2024-11-26T08:00:00Z"}
            """);
    }

    @Test
    void of_espocrm_have_calls_and_meetings_that_were_held() throws IOException {
        assertThat(commands("espocrm-calls", "espocrm-calls.csv").out()).isEqualTo("""
            {"command":"LogInteraction","relationshipId":"es-64f1c2a9b8d7e6f50","id":"es-65a0000000000ca01","channel":"CALL","summary":"Call about the valuation\\nThey ask for the third quarter.","participants":["Lior Edelmann"],"occurredAt":"2025-05-06T07:30:00Z"}
            """);
        assertThat(commands("espocrm-meetings", "espocrm-meetings.csv").out()).isEqualTo("""
            {"command":"LogInteraction","relationshipId":"es-64f1c2a9b8d7e6f50","id":"es-65a0000000000me01","channel":"MEETING","summary":"Opening of Hall C","occurredAt":"2026-05-08T00:00:00Z"}
            """);
    }

    @Test
    void are_all_covered_by_these_tests() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/rapport/client/The_exports_of_crms.java"));

        assertThat(Mapping.ready()).allSatisfy(mapping -> assertThat(source).contains("\"" + mapping + "\""));
    }
}
