package dev.rapport.query.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.relationship.Relationship;
import dev.rapport.query.reports.ReportRows.Place;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How many relationships there are, and how much trust in them, group by group. */
@RestController
@RequestMapping(path = "/api/v1/reports/portfolio", produces = MediaType.APPLICATION_JSON_VALUE)
class PortfolioController {

    private final ReportTable reports;

    PortfolioController(ReportTable reports) {
        this.reports = reports;
    }

    /** Which relationships, and how they are put together. */
    record Wanted(
            @JsonPropertyDescription("What is put together; everything when left out.") @Nullable
            Grouping groupBy,

            @JsonPropertyDescription("Of relationships that this manager is responsible for.") @Nullable
            String managerId,

            @JsonPropertyDescription("With stakeholders of this group.") @Nullable
            String group,

            @JsonPropertyDescription("With stakeholders of this kind.") @Nullable
            StakeholderKind kind,

            @JsonPropertyDescription("The active ones unless told otherwise.")
            Relationship.@Nullable Status status,

            PageRequest page) {}

    /** A group of relationships: how many there are at each declared level, and today's trust in their stakeholders and in us. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            @JsonPropertyDescription(
                    "The manager, group, kind or level that they have in common; absent when everything is"
                            + " put together.")
            @Nullable
            String key,

            long relationships,
            long transactional,
            long addedValue,
            long jointValue,

            @JsonPropertyDescription("The mean of overall trust in them today.")
            double trustInThem,

            @JsonPropertyDescription("The mean of its uncertainty.")
            double uncertaintyInThem,

            @JsonPropertyDescription("The mean of what they can trust us for today.")
            double trustInUs,

            @JsonPropertyDescription("The mean of its uncertainty.")
            double uncertaintyInUs,

            @JsonPropertyDescription("In how many trust in them rose in the last 90 days.")
            long rising,

            @JsonPropertyDescription("In how many it fell.") long falling,

            @JsonPropertyDescription("In how many it stayed as it was.")
            long steady,

            @JsonPropertyDescription("In how many too little is known to say.")
            long unknown)
            implements ReportRows.Row {

        @Override
        public Place place() {
            return Place.of(key, "");
        }
    }

    /** The viewer sees all relationships here, whoever manages them; it is asked for to refuse those who may see no business data. */
    @Operation(
            summary = "How many relationships there are, and how much trust in them, by manager, group, kind or level")
    @GetMapping
    ResponseEntity<Page<Row>> reportPortfolio(@FromQuery Wanted wanted, Viewer viewer) {
        var rows = reports.portfolio(
                wanted.groupBy(),
                new Among(wanted.managerId(), wanted.group(), wanted.kind()),
                Objects.requireNonNullElse(wanted.status(), Relationship.Status.ACTIVE));
        return wanted.page().answer(ReportRows.page(wanted.page(), rows), Function.identity());
    }
}
