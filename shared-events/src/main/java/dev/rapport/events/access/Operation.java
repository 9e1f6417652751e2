package dev.rapport.events.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that can be asked of Rapport over HTTP, and the roles that may ask it: the one table of access. What is not in it is answered to
 * nobody. A role lets somebody in at the door; what is theirs behind it, a relationship manager's own relationships, the aggregate decides
 * for commands and the query's viewer for queries.
 */
public enum Operation {
    // Commands: a relationship manager gives them to the own relationships
    REGISTER_STAKEHOLDER("POST", "/stakeholders", Roles.COMMANDING),
    CHANGE_STAKEHOLDER_PROFILE("POST", "/stakeholders/{stakeholderId}/profile", Roles.COMMANDING),
    ESTABLISH_RELATIONSHIP("POST", "/relationships", Roles.COMMANDING),
    ASSIGN_MANAGER("POST", "/relationships/{relationshipId}/manager-assignments", Roles.HEAD),
    UPGRADE_RELATIONSHIP("POST", "/relationships/{relationshipId}/upgrades", Roles.COMMANDING),
    DOWNGRADE_RELATIONSHIP("POST", "/relationships/{relationshipId}/downgrades", Roles.COMMANDING),
    SET_DESIRED_LEVEL("POST", "/relationships/{relationshipId}/desired-levels", Roles.COMMANDING),
    RECORD_STAKEHOLDER_LEVEL("POST", "/relationships/{relationshipId}/stakeholder-levels", Roles.COMMANDING),
    LOG_INTERACTION("POST", "/relationships/{relationshipId}/interactions", Roles.COMMANDING),
    RECORD_COMMITMENT("POST", "/relationships/{relationshipId}/commitments", Roles.COMMANDING),
    FULFIL_COMMITMENT(
            "POST", "/relationships/{relationshipId}/commitments/{commitmentId}/fulfilments", Roles.COMMANDING),
    BREAK_COMMITMENT("POST", "/relationships/{relationshipId}/commitments/{commitmentId}/breaches", Roles.COMMANDING),
    RENEGOTIATE_COMMITMENT(
            "POST", "/relationships/{relationshipId}/commitments/{commitmentId}/renegotiations", Roles.COMMANDING),
    RELEASE_COMMITMENT("POST", "/relationships/{relationshipId}/commitments/{commitmentId}/releases", Roles.COMMANDING),
    RECORD_DISCLOSURE("POST", "/relationships/{relationshipId}/disclosures", Roles.COMMANDING),
    HOLD_OBJECTIVE("POST", "/relationships/{relationshipId}/objectives", Roles.COMMANDING),
    RETIRE_OBJECTIVE("POST", "/relationships/{relationshipId}/objectives/{objectiveId}/retirements", Roles.COMMANDING),
    STATE_EXPECTATION("POST", "/relationships/{relationshipId}/expectations", Roles.COMMANDING),
    RECORD_CONTRIBUTION("POST", "/relationships/{relationshipId}/contributions", Roles.COMMANDING),
    AGREE_INDICATOR("POST", "/relationships/{relationshipId}/indicators", Roles.COMMANDING),
    RECORD_MEASUREMENT(
            "POST", "/relationships/{relationshipId}/indicators/{indicatorId}/measurements", Roles.COMMANDING),
    ASSESS_ALIGNMENT("POST", "/relationships/{relationshipId}/alignment-assessments", Roles.COMMANDING),
    ASSESS_VALUES("POST", "/relationships/{relationshipId}/values-assessments", Roles.COMMANDING),
    ASSESS_DEPENDENCY("POST", "/relationships/{relationshipId}/dependency-assessments", Roles.COMMANDING),
    RAISE_CONCERN("POST", "/relationships/{relationshipId}/concerns", Roles.COMMANDING),
    RESOLVE_CONCERN("POST", "/relationships/{relationshipId}/concerns/{concernId}/resolutions", Roles.COMMANDING),
    RAISE_DISPUTE("POST", "/relationships/{relationshipId}/disputes", Roles.COMMANDING),
    SETTLE_DISPUTE("POST", "/relationships/{relationshipId}/disputes/{entryId}/settlements", Roles.COMMANDING),
    CORRECT_ENTRY("POST", "/relationships/{relationshipId}/corrections", Roles.COMMANDING),
    RETRACT_ENTRY("POST", "/relationships/{relationshipId}/retractions", Roles.COMMANDING),
    END_RELATIONSHIP("POST", "/relationships/{relationshipId}/endings", Roles.COMMANDING),
    REOPEN_RELATIONSHIP("POST", "/relationships/{relationshipId}/reopenings", Roles.COMMANDING),
    IMPORT_COMMANDS("POST", "/imports", Roles.COMMANDING),

    // Whoever is signed in
    SHOW_CALLER("GET", "/caller", Roles.EVERYBODY),

    // Queries: a relationship manager sees the own relationships, and reports
    LIST_STAKEHOLDERS("GET", "/stakeholders", Roles.QUERYING),
    SHOW_STAKEHOLDER("GET", "/stakeholders/{stakeholderId}", Roles.QUERYING),
    LIST_RELATIONSHIPS("GET", "/relationships", Roles.QUERYING),
    SHOW_RELATIONSHIP("GET", "/relationships/{relationshipId}", Roles.QUERYING),
    SHOW_HISTORY("GET", "/relationships/{relationshipId}/history", Roles.QUERYING),
    SHOW_READINESS("GET", "/relationships/{relationshipId}/readiness", Roles.QUERYING),
    SHOW_TRUST("GET", "/relationships/{relationshipId}/trust", Roles.QUERYING),
    EXPLAIN_TRUST("GET", "/relationships/{relationshipId}/trust/explanation", Roles.QUERYING),
    LIST_ALIGNMENT("GET", "/relationships/{relationshipId}/alignment", Roles.QUERYING),
    LIST_INDICATORS("GET", "/relationships/{relationshipId}/indicators", Roles.QUERYING),
    LIST_COMMITMENTS_OF_RELATIONSHIP("GET", "/relationships/{relationshipId}/commitments", Roles.QUERYING),
    SHOW_INTERACTION("GET", "/relationships/{relationshipId}/interactions/{interactionId}", Roles.QUERYING),
    SHOW_COMMITMENT("GET", "/relationships/{relationshipId}/commitments/{commitmentId}", Roles.QUERYING),
    SHOW_DISCLOSURE("GET", "/relationships/{relationshipId}/disclosures/{disclosureId}", Roles.QUERYING),
    SHOW_OBJECTIVE("GET", "/relationships/{relationshipId}/objectives/{objectiveId}", Roles.QUERYING),
    SHOW_EXPECTATION("GET", "/relationships/{relationshipId}/expectations/{expectationId}", Roles.QUERYING),
    SHOW_CONTRIBUTION("GET", "/relationships/{relationshipId}/contributions/{contributionId}", Roles.QUERYING),
    SHOW_INDICATOR("GET", "/relationships/{relationshipId}/indicators/{indicatorId}", Roles.QUERYING),
    SHOW_MEASUREMENT(
            "GET",
            "/relationships/{relationshipId}/indicators/{indicatorId}/measurements/{measurementId}",
            Roles.QUERYING),
    SHOW_ALIGNMENT_ASSESSMENT(
            "GET", "/relationships/{relationshipId}/alignment-assessments/{assessmentId}", Roles.QUERYING),
    SHOW_VALUES_ASSESSMENT("GET", "/relationships/{relationshipId}/values-assessments/{assessmentId}", Roles.QUERYING),
    SHOW_DEPENDENCY_ASSESSMENT(
            "GET", "/relationships/{relationshipId}/dependency-assessments/{assessmentId}", Roles.QUERYING),
    SHOW_CONCERN("GET", "/relationships/{relationshipId}/concerns/{concernId}", Roles.QUERYING),
    LIST_COMMITMENTS("GET", "/commitments", Roles.QUERYING),
    LIST_MISMATCHES("GET", "/reports/mismatches", Roles.QUERYING),
    SHOW_NETWORK("GET", "/reports/network", Roles.QUERYING),
    REPORT_PORTFOLIO("GET", "/reports/portfolio", Roles.QUERYING),
    REPORT_COMMITMENTS("GET", "/reports/commitments", Roles.QUERYING),
    REPORT_TRUST_TRENDS("GET", "/reports/trust-trends", Roles.QUERYING),
    FOLLOW_EVENTS("GET", "/stream", Roles.QUERYING),

    // Audit
    LIST_STORED_EVENTS("GET", "/audit/relationships/{relationshipId}/events", Roles.AUDITING),
    SHOW_STATE_AS_OF("GET", "/audit/relationships/{relationshipId}/state", Roles.AUDITING),
    SHOW_TRUST_AS_OF("GET", "/audit/relationships/{relationshipId}/trust", Roles.AUDITING),
    SHOW_DIFF("GET", "/audit/relationships/{relationshipId}/diff", Roles.AUDITING),
    TAKE_BUNDLE("GET", "/audit/relationships/{relationshipId}/bundle", Roles.AUDITING),
    SHOW_CHECKPOINT("GET", "/audit/checkpoint", Roles.AUDITING),
    PROVE_INCLUSION("GET", "/audit/proofs/inclusion", Roles.AUDITING),
    PROVE_CONSISTENCY("GET", "/audit/proofs/consistency", Roles.AUDITING),
    VERIFY_LOG("POST", "/audit/verifications", Roles.AUDITING),
    SHOW_VERIFICATION("GET", "/audit/verifications/{verificationId}", Roles.AUDITING),
    LIST_ACCESSES("GET", "/audit/access", Roles.AUDITING),

    // Operations: no business data
    LIST_PROCESSORS("GET", "/operations/processors", Roles.OPERATING),
    START_REBUILD("POST", "/operations/rebuilds", Roles.OPERATING),
    LIST_REBUILDS("GET", "/operations/rebuilds", Roles.OPERATING),
    SHOW_REBUILD("GET", "/operations/rebuilds/{rebuildId}", Roles.OPERATING),
    CANCEL_REBUILD("POST", "/operations/rebuilds/{rebuildId}/cancellations", Roles.OPERATING),
    LIST_DEAD_LETTERS("GET", "/operations/dead-letters", Roles.OPERATING),
    RETRY_DEAD_LETTER("POST", "/operations/dead-letters/{deadLetterId}/retries", Roles.OPERATING),
    DISCARD_DEAD_LETTER("POST", "/operations/dead-letters/{deadLetterId}/discards", Roles.OPERATING),
    ERASE_PERSONAL_DATA("POST", "/operations/erasures", Roles.OPERATING),
    LIST_ERASURES("GET", "/operations/erasures", Roles.OPERATING),
    SHOW_ERASURE("GET", "/operations/erasures/{erasureId}", Roles.OPERATING),
    CREATE_WEBHOOK("POST", "/operations/webhooks", Roles.OPERATING),
    LIST_WEBHOOKS("GET", "/operations/webhooks", Roles.OPERATING),
    SHOW_WEBHOOK("GET", "/operations/webhooks/{webhookId}", Roles.OPERATING),
    DELETE_WEBHOOK("DELETE", "/operations/webhooks/{webhookId}", Roles.OPERATING),
    PAUSE_WEBHOOK("POST", "/operations/webhooks/{webhookId}/pauses", Roles.OPERATING),
    RESUME_WEBHOOK("POST", "/operations/webhooks/{webhookId}/resumptions", Roles.OPERATING),
    ROTATE_SECRET("POST", "/operations/webhooks/{webhookId}/secret-rotations", Roles.OPERATING),
    LIST_WEBHOOK_DEAD_LETTERS("GET", "/operations/webhooks/{webhookId}/dead-letters", Roles.OPERATING),
    RETRY_WEBHOOK_DEAD_LETTER(
            "POST", "/operations/webhooks/{webhookId}/dead-letters/{deadLetterId}/retries", Roles.OPERATING),
    DISCARD_WEBHOOK_DEAD_LETTER(
            "POST", "/operations/webhooks/{webhookId}/dead-letters/{deadLetterId}/discards", Roles.OPERATING);

    private static final String BASE = "/api/v1";

    private final String method;
    private final String path;
    private final Roles roles;

    Operation(String method, String path, Roles roles) {
        this.method = method;
        this.path = path;
        this.roles = roles;
    }

    /** The roles that go together. */
    private enum Roles {
        COMMANDING,
        HEAD,
        QUERYING,
        AUDITING,
        OPERATING,
        EVERYBODY;

        Set<Role> members() {
            return switch (this) {
                case COMMANDING -> Set.of(Role.RELATIONSHIP_MANAGER, Role.HEAD_OF_RELATIONSHIPS);
                case HEAD -> Set.of(Role.HEAD_OF_RELATIONSHIPS);
                case QUERYING ->
                    Set.of(Role.RELATIONSHIP_MANAGER, Role.HEAD_OF_RELATIONSHIPS, Role.AUDITOR, Role.REPORTER);
                case AUDITING -> Set.of(Role.AUDITOR);
                case OPERATING -> Set.of(Role.OPERATOR);
                case EVERYBODY -> Set.of(Role.values());
            };
        }
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** The path with its variables in braces, such as {@code /api/v1/relationships/{relationshipId}}. */
    public String path() {
        return BASE + path;
    }

    /** Who may; who has none of these roles is refused before anything is looked at. */
    public Set<Role> roles() {
        return roles.members();
    }

    /** The operation's name in the OpenAPI document, such as {@code logInteraction}. */
    public String id() {
        String words = Arrays.stream(name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }
}
