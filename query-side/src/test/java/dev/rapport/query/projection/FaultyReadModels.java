package dev.rapport.query.projection;

import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.entry.EntryTable;
import dev.rapport.query.evidence.TrustEvidence;
import dev.rapport.query.history.HistoryTable;
import dev.rapport.query.practice.PracticeTable;
import dev.rapport.query.relationship.RelationshipTable;
import dev.rapport.query.stakeholder.StakeholderTable;
import java.util.List;

/** The read models, with the faults that a version of Rapport might have. */
public class FaultyReadModels extends ReadModels {

    private final Faults faults;

    public FaultyReadModels(
            Faults faults,
            StakeholderTable stakeholders,
            RelationshipTable relationships,
            EntryTable entries,
            PracticeTable practices,
            TrustEvidence trust,
            HistoryTable history,
            BatchWriter writer,
            DiscardedEventTable discarded,
            EventLog log) {
        super(stakeholders, relationships, entries, practices, trust, history, writer, discarded, log);
        this.faults = faults;
    }

    @Override
    public void apply(List<RecordedEvent> batch) {
        faults.before(batch);
        super.apply(batch.stream().map(faults::distorted).toList());
        faults.after(batch);
    }
}
