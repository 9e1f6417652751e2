package dev.rapport.events;

/** The names of what every stored event carries in its metadata beside its payload; part of the stored form. */
public final class Provenance {

    /** Who gave the command: the subject that the identity provider knows the caller by, or {@link #RAPPORT}. */
    public static final String SUBJECT = "subject";

    /** The role that the subject acted in. */
    public static final String ROLE = "role";

    /** When it happened in the world: an RFC 3339 instant in UTC, never after the event was recorded. */
    public static final String OCCURRED_AT = "occurredAt";

    /** Why the event was given to us: the command's own id, shared by all events of a chain of causes. */
    public static final String CORRELATION_ID = "correlationId";

    /** The id of the message that led to the event directly. */
    public static final String CAUSATION_ID = "causationId";

    /** The key that the caller sent to make the request repeatable, if any. */
    public static final String IDEMPOTENCY_KEY = "idempotencyKey";

    /** The subject of what Rapport records by itself, such as a commitment that became overdue. */
    public static final String RAPPORT = "rapport";

    private Provenance() {}
}
