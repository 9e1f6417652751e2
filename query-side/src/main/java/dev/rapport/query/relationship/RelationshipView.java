package dev.rapport.query.relationship;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.query.entry.Alignment;
import dev.rapport.query.evidence.TrustStanding;
import dev.rapport.query.practice.KindOfEvidence;
import dev.rapport.query.practice.LevelMismatch;
import dev.rapport.query.practice.PracticeSentences;
import dev.rapport.query.practice.PracticeWindow;
import dev.rapport.query.practice.PractisedLevel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A relationship as it is told, in the portfolio and by itself.
 *
 * @param practisedLevel by the evidence of late
 * @param mismatchSummary how its levels disagree, in a sentence, when they do
 * @param practice what shows the practised level; told of a relationship by itself only
 * @param trust both ways: in a list that of today, which its order is by; of a relationship by itself that of the moment
 * @param alignment by the latest assessment, from 0 to 100
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RelationshipView(
        String id,
        @JsonUnwrapped RelationshipHeading heading,
        @Nullable String purpose,
        Level declaredLevel,
        @Nullable Level stakeholderLevel,
        @Nullable Level desiredLevel,
        Level practisedLevel,
        boolean mismatch,
        @Nullable String mismatchSummary,
        @Nullable PracticeView practice,
        TrustStanding.Told trust,
        @Nullable BigDecimal alignment,
        Counts counts,
        Relationship.@Nullable NextDue nextDueCommitment,
        @Nullable Instant lastInteractionAt,
        Instant establishedAt,
        @Nullable Instant endedAt,
        long version) {

    /** What shows the practised level, since when, and by which policy. */
    public record PracticeView(PolicyView policy, Instant since, List<KindView> kinds) {

        /** The policy that says what it takes to practise a level. */
        public record PolicyView(String name, String version) {}

        /** What a kind of evidence shows; the detail says by what. */
        public record KindView(KindOfEvidence evidence, Level level, String detail) {}

        static PracticeView of(PractisedLevel practised, PracticeWindow window, PracticeSentences sentences) {
            return new PracticeView(
                    new PolicyView(window.policy().name(), window.policy().version()),
                    window.since(),
                    Stream.of(KindOfEvidence.values())
                            .map(kind -> new KindView(kind, practised.shownBy(kind), sentences.detail(kind, practised)))
                            .toList());
        }
    }

    /** One of many. */
    static RelationshipView listed(
            Told told, PracticeWindow window, PracticeSentences sentences, TrustStanding.Told trust) {
        return of(told, told.levels(window), window, sentences, null, trust);
    }

    /** By itself, with what shows its practised level. */
    public static RelationshipView alone(
            Told told, PracticeWindow window, PracticeSentences sentences, TrustStanding.Told trust) {
        LevelMismatch levels = told.levels(window);
        return of(told, levels, window, sentences, PracticeView.of(levels.practised(), window, sentences), trust);
    }

    private static RelationshipView of(
            Told told,
            LevelMismatch levels,
            PracticeWindow window,
            PracticeSentences sentences,
            @Nullable PracticeView practice,
            TrustStanding.Told trust) {
        Relationship relationship = told.relationship();
        Alignment alignment = told.alignment();
        return new RelationshipView(
                relationship.id().value(),
                RelationshipHeading.of(told),
                relationship.purpose(),
                levels.declared(),
                levels.stakeholders(),
                relationship.levels().desired(),
                levels.practised().level(),
                levels.exists(),
                levels.exists() ? sentences.mismatch(levels, window.policy()) : null,
                practice,
                trust,
                alignment == null ? null : alignment.alignment(),
                relationship.counts(),
                relationship.nextDue(),
                relationship.lastInteractionAt(),
                relationship.establishedAt(),
                relationship.endedAt(),
                relationship.version());
    }
}
