package dev.rapport.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.access.Role;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who read what in the audit area. */
@RestController
class AccessController {

    private final AccessTable accesses;

    AccessController(AccessTable accesses) {
        this.accesses = accesses;
    }

    /** Which: by whom, about what, and at {@code from} or later and before {@code to}. */
    record Wanted(
            @JsonPropertyDescription("By this subject.") @Nullable
            String subject,

            @JsonPropertyDescription("About this relationship.") @Nullable
            String relationshipId,

            @JsonPropertyDescription("At this time or later; a date is its first moment in UTC.") @Nullable
            Instant from,

            @JsonPropertyDescription("Before this time; a date is its first moment in UTC.") @Nullable
            Instant to,

            PageRequest page) {}

    /** A reading of something in the audit area, or an attempt at it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AccessView(
            @JsonPropertyDescription("When it was answered.")
            Instant at,

            @JsonPropertyDescription("Who asked.") String subject,

            @JsonPropertyDescription("In which roles.") List<Role> roles,

            @JsonPropertyDescription("The operation's id in the OpenAPI document; absent where there is none.")
            @Nullable
            String operation,

            String method,

            @JsonPropertyDescription("The path that was asked for.")
            String path,

            @JsonPropertyDescription("The parameters as they were given; absent where there were none.") @Nullable
            String query,

            @JsonPropertyDescription("The relationship that it was about; absent when it was not about a single one.")
            @Nullable
            String relationshipId,

            @JsonPropertyDescription("The status of the answer: 200 was told, 403 was refused.")
            int status) {

        static AccessView of(Access access) {
            return new AccessView(
                    access.at(),
                    access.subject(),
                    access.roles(),
                    access.operation(),
                    access.method(),
                    access.path(),
                    access.query(),
                    access.relationshipId(),
                    access.status());
        }
    }

    @Operation(
            summary = "Who read what in the audit area, newest first",
            description =
                    "Every answer of the audit area, refusals too, is recorded before it is given; this one as well.")
    @GetMapping(path = "/api/v1/audit/access", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page<AccessView>> listAccesses(@FromQuery Wanted wanted, Viewer viewer) {
        return wanted.page().answer(accesses.list(wanted), AccessView::of);
    }
}
