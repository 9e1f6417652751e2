package dev.rapport.events.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The catalogue of problems (RFC 9457) that a call can answer. Each has a page at {@code /problems/<slug>}, which says what happened
 * and what to do; its status is the HTTP status of the answer.
 */
public enum Problem {
    MALFORMED_REQUEST(
            400,
            "The request is malformed",
            "The body, a parameter or a header does not have the form that the operation asks for. Every fault is"
                    + " listed in `errors`, each with a pointer to the field or the parameter's name. Mend them all and"
                    + " send the request again."),
    UNAUTHENTICATED(
            401,
            "Sign in first",
            "The operation needs to know who calls. Send credentials; if you did, they were not accepted."),
    FORBIDDEN(
            403,
            "Your role may not do this",
            "You are signed in, but none of your roles may carry out the operation. Ask somebody who may, or for the"
                    + " role."),
    NOT_FOUND(
            404,
            "There is no such thing",
            "Nothing with this id or path exists, or it is not yours to see. Check the id; ids are case-sensitive."),
    METHOD_NOT_ALLOWED(
            405,
            "The path does not take this method",
            "Use one of the methods that the `Allow` header of the answer lists."),
    NOT_ACCEPTABLE(
            406,
            "The answer does not come in this form",
            "The `Accept` header asks for a media type that the operation cannot answer with. Ask for"
                    + " application/json."),
    ID_TAKEN(
            409,
            "The id is taken",
            "Something with this id exists already. Choose another id, or leave it out to get one. To repeat a request"
                    + " safely, send an `Idempotency-Key` with it."),
    STAKEHOLDER_HAS_RELATIONSHIP(
            409,
            "The stakeholder has an active relationship",
            "There is one active relationship per stakeholder. Use the one named in the detail, or end it first."),
    ENDED_ALREADY(
            409,
            "It has ended already",
            "A commitment ends once, a concern is resolved once, an objective is retired once, and what was retracted"
                    + " is gone. Record what happened since as something new, or correct or retract the wrong entry."),
    RELATIONSHIP_ENDED(
            409,
            "The relationship has ended",
            "An ended relationship takes no command but reopening: POST to its `reopenings` first."),
    REQUEST_IN_FLIGHT(
            409,
            "The first request with this key is still under way",
            "A request with the same `Idempotency-Key` has not been answered yet. Send it again in a moment to get its"
                    + " answer."),
    CONFLICT(
            409,
            "The state of things does not allow this now",
            "The command does not fit what was recorded before. The detail says what is in its way."),
    STALE_VERSION(
            412,
            "The relationship has moved on",
            "`If-Match` named another version than the present one. Read the relationship again, decide anew, and send"
                    + " the new version."),
    CONTENT_TOO_LARGE(
            413,
            "The body is too large",
            "A body, or a line of an import, has at most 1 MiB (1,048,576 bytes). Import long files line by line at"
                    + " /api/v1/imports."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body is of an unsupported type",
            "Send commands as `Content-Type: application/json`, and imports as `application/x-ndjson`."),
    AGAINST_A_RULE(
            422,
            "A rule of the domain refuses this",
            "The request was understood, but a rule of relationships speaks against it. The detail names the rule."),
    CRITERIA_UNMET(
            422,
            "The relationship is not ready for this level",
            "An upgrade needs every criterion of the level to be met. `unmet` lists what is missing; `readiness` of"
                    + " the relationship asks the same question without deciding. A head of relationships may override"
                    + " with a reason."),
    KEY_REUSED(
            422,
            "The idempotency key belongs to another request",
            "The same `Idempotency-Key` was sent before with another request. Use a new key for each request, and the"
                    + " same key only to repeat it."),
    TOO_MANY_REQUESTS(429, "Too many requests", "Slow down: try again after the seconds that `Retry-After` says."),
    INTERNAL_ERROR(
            500,
            "Rapport failed",
            "This is our fault. Nothing of the request was done, or it was done as a whole. Send it again with the same"
                    + " `Idempotency-Key`; when you report it, name the incident in the detail."),
    UNAVAILABLE(
            503,
            "Rapport cannot do this at the moment",
            "Its database is away, busy or out of room. Try again after the seconds that `Retry-After` says, with the"
                    + " same `Idempotency-Key`: whether the command took effect or not, it will have taken effect"
                    + " once."),
    NODE_OUTDATED(
            503,
            "This node is older than what was recorded",
            "Rapport is being upgraded, and this node does not know yet what a newer one recorded, so it neither"
                    + " decides nor tells anything by it. Try again after the seconds that `Retry-After` says, with the"
                    + " same `Idempotency-Key`: another node, or this one once it is upgraded, will answer."),
    NOT_YET_CONSISTENT(
            503,
            "The read models have not seen your write yet",
            "The query waited for the write that its `Consistency-Token` names, and it did not arrive in time. Try"
                    + " again after the seconds that `Retry-After` says.");

    private final int status;
    private final String title;
    private final String explanation;

    Problem(int status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    /** The last part of the problem's type, such as {@code id-taken}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The problem's type: a path that answers with a page that explains it. */
    public String type() {
        return "/problems/" + slug();
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What happened and what to do, for a person; code is set in backticks. */
    public String explanation() {
        return explanation;
    }

    public static Optional<Problem> bySlug(String slug) {
        return Arrays.stream(values())
                .filter(problem -> problem.slug().equals(slug))
                .findFirst();
    }
}
