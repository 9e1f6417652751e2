package dev.rapport.query.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.reports.ReportRows.Place;
import io.swagger.v3.oas.annotations.Operation;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What became of promises, ours and theirs. */
@RestController
@RequestMapping(path = "/api/v1/reports/commitments", produces = MediaType.APPLICATION_JSON_VALUE)
class CommitmentsController {

    private final ReportTable reports;

    CommitmentsController(ReportTable reports) {
        this.reports = reports;
    }

    /** Which commitments, and how they are put together. */
    record Wanted(
            @JsonPropertyDescription("What is put together; everything when left out.") @Nullable
            Grouping groupBy,

            @JsonPropertyDescription("Of relationships that this manager is responsible for.") @Nullable
            String managerId,

            @JsonPropertyDescription("With stakeholders of this group.") @Nullable
            String group,

            @JsonPropertyDescription("With stakeholders of this kind.") @Nullable
            StakeholderKind kind,

            @JsonPropertyDescription("Due on this day or later.") @Nullable
            LocalDate dueFrom,

            @JsonPropertyDescription("Due before this day.") @Nullable
            LocalDate dueBefore,

            PageRequest page) {}

    /**
     * What became of the promises that one party made in a group of relationships. Due is what had to be kept by now: what was kept, on time or
     * late, what was broken, and what is overdue; not what the other party let them off, nor what there is time for still.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            @JsonPropertyDescription(
                    "The manager, group, kind or level that they have in common; absent when everything is"
                            + " put together.")
            @Nullable
            String key,

            @JsonPropertyDescription("The party that promised.")
            Party madeBy,

            @JsonPropertyDescription("All but those that were retracted.")
            long made,

            long keptOnTime,
            long keptLate,
            long broken,

            @JsonPropertyDescription("The other party let them off, or the relationship ended.")
            long released,

            @JsonPropertyDescription("Those that are overdue are among them.")
            long open,

            long overdue,

            @JsonPropertyDescription("Kept on time or late, broken, or overdue.")
            long due,

            @JsonPropertyDescription("How many in a hundred that were due were kept on time; absent when none was due.")
            @Nullable
            Double percentKept)
            implements ReportRows.Row {

        private static final double HUNDRED = 100;

        static Row of(
                @Nullable String key,
                Party madeBy,
                long keptOnTime,
                long keptLate,
                long broken,
                long released,
                long open,
                long overdue) {
            long due = keptOnTime + keptLate + broken + overdue;
            return new Row(
                    key,
                    madeBy,
                    keptOnTime + keptLate + broken + released + open,
                    keptOnTime,
                    keptLate,
                    broken,
                    released,
                    open,
                    overdue,
                    due,
                    due == 0 ? null : HUNDRED * keptOnTime / due);
        }

        @Override
        public Place place() {
            return Place.of(key, madeBy.name());
        }
    }

    /** The viewer sees all relationships here, whoever manages them; it is asked for to refuse those who may see no business data. */
    @Operation(summary = "What became of promises, both ways, by manager, group, kind or level")
    @GetMapping
    ResponseEntity<Page<Row>> reportCommitments(@FromQuery Wanted wanted, Viewer viewer) {
        var rows = reports.commitments(
                wanted.groupBy(),
                new Among(wanted.managerId(), wanted.group(), wanted.kind()),
                wanted.dueFrom(),
                wanted.dueBefore());
        return wanted.page().answer(ReportRows.page(wanted.page(), rows), Function.identity());
    }
}
