package dev.rapport.query.stakeholder;

import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.NoParameters;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.Spelled;
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
            @Nullable StakeholderKind kind,
            @Nullable String group,
            @Nullable String q,
            @Nullable Order sort,
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

    @GetMapping
    ResponseEntity<Page<View>> list(@FromQuery Filter filter, Viewer viewer) {
        return filter.page().answer(stakeholders.list(filter), View::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<View> one(@PathVariable String id, @FromQuery NoParameters none, Viewer viewer) {
        Stakeholder stakeholder = stakeholders.find(id).orElseThrow(() -> QueryRefused.notFound("stakeholder", id));
        return ResponseEntity.ok().eTag("\"" + stakeholder.version() + "\"").body(View.of(stakeholder));
    }
}
