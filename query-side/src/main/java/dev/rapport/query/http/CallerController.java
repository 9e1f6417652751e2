package dev.rapport.query.http;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.access.Operation;
import dev.rapport.events.access.Role;
import dev.rapport.query.access.Viewer;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers who they are here, so that a user interface need not offer what would be refused. */
@RestController
class CallerController {

    @io.swagger.v3.oas.annotations.Operation(
            summary = "Who you are, and what you may ask for",
            description = "What is listed is let in at the door; whose relationship it is may still be in the way.")
    @GetMapping("/api/v1/caller")
    Caller showCaller(@FromQuery NoParameters none) {
        return Caller.of(SignedIn.whoAsks("caller"));
    }

    /** Who is signed in. */
    @JsonClassDescription("Who is signed in, and what the roles open.")
    record Caller(
            @JsonPropertyDescription("Whose name is kept with what the caller does.")
            String subject,

            List<Role> roles,

            @JsonPropertyDescription("The ids of the operations of this document that the caller's roles open.")
            List<String> operations) {

        static Caller of(Viewer viewer) {
            return new Caller(
                    viewer.subject(),
                    viewer.roles().stream().sorted().toList(),
                    Arrays.stream(Operation.values())
                            .filter(operation -> operation.roles().stream().anyMatch(viewer.roles()::contains))
                            .map(Operation::id)
                            .toList());
        }
    }
}
