package dev.rapport.query.stakeholder;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.NoParameters;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.Spelled;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The stakeholders, which every business role may see. */
@RestController
@RequestMapping(path = "/api/v1/stakeholders", produces = MediaType.APPLICATION_JSON_VALUE)
class StakeholderController {

    private final StakeholderTable stakeholders;

    StakeholderController(StakeholderTable stakeholders) {
        this.stakeholders = stakeholders;
    }

    /** Which stakeholders, in which order. */
    record Filter(
            @JsonPropertyDescription("Of this kind.") @Nullable
            StakeholderKind kind,

            @JsonPropertyDescription("Of this group.") @Nullable
            String group,

            @JsonPropertyDescription("Words that are looked for in the name.") @Nullable
            String q,

            @JsonPropertyDescription("The order; a minus turns it round.") @Nullable
            Order sort,

            PageRequest page) {}

    /** The orders that stakeholders are listed in. */
    enum Order implements Spelled {
        REGISTERED("registered"),
        REGISTERED_LAST("-registered"),
        NAME("name"),
        NAME_REVERSED("-name");

        private final String spelling;

        Order(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    /** A stakeholder as it is told. */
    record View(
            String id,
            String name,
            StakeholderKind kind,
            String group,
            List<String> values,
            Instant registeredAt,
            long version) {

        static View of(Stakeholder stakeholder) {
            return new View(
                    stakeholder.id().value(),
                    stakeholder.name(),
                    stakeholder.kind(),
                    stakeholder.group(),
                    stakeholder.values(),
                    stakeholder.registeredAt(),
                    stakeholder.version());
        }
    }

    @Operation(summary = "The stakeholders")
    @GetMapping
    ResponseEntity<Page<View>> listStakeholders(@FromQuery Filter filter, Viewer viewer) {
        return filter.page().answer(stakeholders.list(filter), View::of);
    }

    @Operation(summary = "A stakeholder")
    @GetMapping("/{stakeholderId}")
    ResponseEntity<View> showStakeholder(
            @PathVariable String stakeholderId, @FromQuery NoParameters none, Viewer viewer) {
        Stakeholder stakeholder =
                stakeholders.find(stakeholderId).orElseThrow(() -> QueryRefused.notFound("stakeholder", stakeholderId));
        return ResponseEntity.ok().eTag("\"" + stakeholder.version() + "\"").body(View.of(stakeholder));
    }
}
