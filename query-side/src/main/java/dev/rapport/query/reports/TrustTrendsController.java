package dev.rapport.query.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.evidence.Interval;
import dev.rapport.query.evidence.TrustClock;
import dev.rapport.query.evidence.WantedPolicies;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.reports.ReportRows.Place;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether trust is growing, group by group. */
@RestController
@RequestMapping(path = "/api/v1/reports/trust-trends", produces = MediaType.APPLICATION_JSON_VALUE)
class TrustTrendsController {

    private static final int MOST_POINTS = 400;

    private final ReportTable reports;
    private final WantedPolicies policies;
    private final TrustClock clock;

    TrustTrendsController(ReportTable reports, WantedPolicies policies, TrustClock clock) {
        this.reports = reports;
        this.policies = policies;
        this.clock = clock;
    }

    /** Which relationships, how they are put together, and which part of the course. */
    record Wanted(
            @JsonPropertyDescription("What is put together; everything when left out. By the manager, group and kind of"
                    + " today, and the level of each time.")
            @Nullable
            Grouping groupBy,

            @JsonPropertyDescription("The distance of the points; a month unless told otherwise.") @Nullable
            Interval interval,

            @JsonPropertyDescription("The first point; a year before the last one unless told otherwise.") @Nullable
            Instant from,

            @JsonPropertyDescription("The last point; now unless told otherwise.") @Nullable
            Instant to,

            @JsonPropertyDescription("Of relationships that this manager is responsible for.") @Nullable
            String managerId,

            @JsonPropertyDescription("With stakeholders of this group.") @Nullable
            String group,

            @JsonPropertyDescription("With stakeholders of this kind.") @Nullable
            StakeholderKind kind,

            @JsonPropertyDescription("The policy to score by, instead of the one in force.") @Nullable
            String policy,

            PageRequest page) {}

    /** The trust in a group of relationships at a time: the mean over those that were active then. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            @JsonPropertyDescription(
                    "The manager, group, kind or level that they have in common; absent when everything is"
                            + " put together.")
            @Nullable
            String key,

            Instant at,

            @JsonPropertyDescription("How many were active then.")
            int relationships,

            @JsonPropertyDescription("The mean of overall trust in them.")
            double trustInThem,

            @JsonPropertyDescription("The mean of its uncertainty.")
            double uncertaintyInThem,

            @JsonPropertyDescription("The mean of what they can trust us for.")
            double trustInUs,

            @JsonPropertyDescription("The mean of its uncertainty.")
            double uncertaintyInUs)
            implements ReportRows.Row {

        @Override
        public Place place() {
            return Place.of(
                    key, "%020d.%09d".formatted(at.getEpochSecond() - Instant.MIN.getEpochSecond(), at.getNano()));
        }
    }

    /** The viewer sees all relationships here, whoever manages them; it is asked for to refuse those who may see no business data. */
    @Operation(summary = "Trust over time, both ways, by manager, group, kind or level")
    @GetMapping
    ResponseEntity<Page<Row>> reportTrustTrends(@FromQuery Wanted wanted, Viewer viewer) {
        Instant to = Objects.requireNonNullElseGet(wanted.to(), clock::now);
        Instant from = Objects.requireNonNullElseGet(
                wanted.from(), () -> to.atOffset(ZoneOffset.UTC).minusYears(1).toInstant());
        List<Instant> times =
                Objects.requireNonNullElse(wanted.interval(), Interval.MONTH).times(from, to, MOST_POINTS);
        var rows = reports.trustTrends(
                wanted.groupBy(),
                new Among(wanted.managerId(), wanted.group(), wanted.kind()),
                times,
                policies.model(wanted.policy()));
        return wanted.page().answer(ReportRows.page(wanted.page(), rows), Function.identity());
    }
}
