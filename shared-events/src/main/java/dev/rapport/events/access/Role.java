package dev.rapport.events.access;

/** What somebody is in Rapport; who has several roles may do what any of them may. */
public enum Role {
    /** Commands and sees the relationships assigned to them, and sees the reports. */
    RELATIONSHIP_MANAGER,
    /** Commands and sees all, assigns managers, overrides criteria. */
    HEAD_OF_RELATIONSHIPS,
    /** Sees all, and audits; gives no command. */
    AUDITOR,
    /** Sees lists and reports, but not what was said in interactions and by whom. */
    REPORTER,
    /** Runs Rapport; sees no business data. */
    OPERATOR
}
