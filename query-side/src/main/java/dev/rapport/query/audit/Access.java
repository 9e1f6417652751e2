package dev.rapport.query.audit;

import dev.rapport.events.access.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody read, or wanted to read, something in the audit area.
 *
 * @param roles those that the subject had then
 * @param operation the name of the operation, as the OpenAPI document has it; null where there is none
 * @param path as it was asked for
 * @param query the parameters, as they were given
 * @param relationshipId the relationship that it was about, if it was about one
 * @param status that of the answer
 */
record Access(
        Instant at,
        String subject,
        List<Role> roles,
        @Nullable String operation,
        String method,
        String path,
        @Nullable String query,
        @Nullable String relationshipId,
        int status) {

    Access {
        roles = List.copyOf(roles);
    }
}
