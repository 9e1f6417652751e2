package dev.rapport.query.trust;

import dev.rapport.events.trust.EntryEvidence;
import dev.rapport.events.trust.Evidence;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustFigures;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The evidence of a relationship, as far as somebody knows it, under a model. */
public record ScoredTrust(
        RelationshipId relationship,
        TrustModel model,
        Collection<EntryEvidence> entries,
        List<Evidence> evidence,
        LevelCourse levels) {

    public static ScoredTrust of(
            RelationshipId relationship, TrustModel model, Collection<EntryEvidence> entries, LevelCourse levels) {
        return new ScoredTrust(
                relationship,
                model,
                entries,
                entries.stream().flatMap(entry -> entry.evidence().stream()).toList(),
                levels);
    }

    List<TrustFigures> course(Party in, List<Instant> times) {
        return model.course(evidence, levels, in, times);
    }

    TrustFigures figures(Party in, Instant at) {
        return model.figures(evidence, levels, in, at);
    }

    Trend trend(Party in, Instant end) {
        List<TrustFigures> ends = course(in, List.of(end.minus(Trend.WINDOW), end));
        return Trend.between(ends.getFirst(), ends.getLast());
    }

    Stream<TrustModel.Explained> explain(Party in, Instant at) {
        return model.explain(entries, levels, in, at).stream();
    }
}
