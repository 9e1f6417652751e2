package dev.rapport.query.indicator;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.Requirement;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.Indicator;
import dev.rapport.query.entry.EntryContent.Measurement;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.relationship.Relationship;
import dev.rapport.query.relationship.RelationshipTable;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The indicators of a relationship with their latest measurements: ours first, each party's in the order of agreement. */
@RestController
@RequestMapping(path = "/api/v1/relationships/{relationshipId}/indicators", produces = MediaType.APPLICATION_JSON_VALUE)
class IndicatorController {

    private final RelationshipTable relationships;
    private final IndicatorTable indicators;

    IndicatorController(RelationshipTable relationships, IndicatorTable indicators) {
        this.relationships = relationships;
        this.indicators = indicators;
    }

    /** Which indicators. */
    record Wanted(@Nullable Party owner, @Nullable Level level, PageRequest page) {}

    /**
     * An indicator and how it is met.
     *
     * @param measurements how many there are
     * @param measurementsMet how many of them met the target
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IndicatorView(
            String id,
            String relationshipId,
            Party owner,
            Requirement requirement,
            Level level,
            String name,
            BigDecimal target,
            Direction better,
            @Nullable String unit,
            @Nullable MeasurementView latestMeasurement,
            int measurements,
            int measurementsMet,
            Instant occurredAt,
            Instant recordedAt,
            String recordedBy) {

        /** The value on a day. */
        record MeasurementView(String id, BigDecimal value, LocalDate measuredOn, boolean meetsTarget) {

            static @Nullable MeasurementView of(@Nullable Entry entry) {
                return entry != null && entry.content() instanceof Measurement measurement
                        ? new MeasurementView(
                                entry.id().value(),
                                measurement.value(),
                                measurement.measuredOn(),
                                measurement.meetsTarget())
                        : null;
            }
        }

        static IndicatorView of(MeasuredIndicator measured) {
            Entry entry = measured.entry();
            Indicator indicator = measured.content();
            return new IndicatorView(
                    entry.id().value(),
                    entry.relationshipId().value(),
                    indicator.owner(),
                    indicator.requirement(),
                    indicator.level(),
                    indicator.name(),
                    indicator.target(),
                    indicator.better(),
                    indicator.unit(),
                    MeasurementView.of(measured.measurements().latest()),
                    measured.measurements().count(),
                    measured.measurements().met(),
                    entry.occurredAt(),
                    entry.recordedAt(),
                    entry.recordedBy());
        }
    }

    @Operation(summary = "The indicators of a relationship with their latest measurements, by owner")
    @GetMapping
    ResponseEntity<Page<IndicatorView>> listIndicators(
            @PathVariable String relationshipId, @FromQuery Wanted wanted, Viewer viewer) {
        Relationship relationship = relationships.find(relationshipId, viewer);
        return wanted.page().answer(indicators.list(relationship.id(), wanted), IndicatorView::of);
    }
}
