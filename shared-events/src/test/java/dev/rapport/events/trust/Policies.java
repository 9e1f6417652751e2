package dev.rapport.events.trust;

import static java.util.Map.entry;

import dev.rapport.events.trust.TrustPolicy.Worth;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policies that ship, and others, made here from the table of the domain, so that the files can be held to it. */
final class Policies {

    static final Map<EvidenceKind, Worth> TABLE = Map.ofEntries(
            entry(EvidenceKind.COMMITMENT_KEPT_ON_TIME, new Worth(Strand.CONTRACTUAL, 1, 1)),
            entry(EvidenceKind.COMMITMENT_KEPT_LATE, new Worth(Strand.CONTRACTUAL, 1, 0.5)),
            entry(EvidenceKind.COMMITMENT_BROKEN, new Worth(Strand.CONTRACTUAL, 1, 0)),
            entry(EvidenceKind.COMMITMENT_OVERDUE, new Worth(Strand.CONTRACTUAL, 0.5, 0)),
            entry(EvidenceKind.MEASUREMENT_ON_TARGET, new Worth(Strand.COMPETENCE, 0.5, 1)),
            entry(EvidenceKind.MEASUREMENT_OFF_TARGET, new Worth(Strand.COMPETENCE, 0.5, 0)),
            entry(EvidenceKind.CONTRIBUTION, new Worth(Strand.COMPETENCE, 0.5, 1)),
            entry(EvidenceKind.QUALITY_CONCERN, new Worth(Strand.COMPETENCE, 0.5, 0)),
            entry(EvidenceKind.TRANSACTIONAL_DISCLOSURE, new Worth(Strand.GOODWILL, 0.25, 1)),
            entry(EvidenceKind.ADDED_VALUE_DISCLOSURE, new Worth(Strand.GOODWILL, 0.5, 1)),
            entry(EvidenceKind.JOINT_VALUE_DISCLOSURE, new Worth(Strand.GOODWILL, 1, 1)),
            entry(EvidenceKind.HOSTILE_INTERACTION, new Worth(Strand.GOODWILL, 0.2, 0)),
            entry(EvidenceKind.COOL_INTERACTION, new Worth(Strand.GOODWILL, 0.2, 0.25)),
            entry(EvidenceKind.FRIENDLY_INTERACTION, new Worth(Strand.GOODWILL, 0.2, 0.75)),
            entry(EvidenceKind.WARM_INTERACTION, new Worth(Strand.GOODWILL, 0.2, 1)),
            entry(EvidenceKind.RELEASE, new Worth(Strand.GOODWILL, 0.25, 1)),
            entry(EvidenceKind.FAIRNESS_CONCERN, new Worth(Strand.GOODWILL, 0.5, 0)),
            entry(EvidenceKind.OPENNESS_CONCERN, new Worth(Strand.GOODWILL, 0.5, 0)),
            entry(EvidenceKind.CONCERN_RESOLVED, new Worth(Strand.GOODWILL, 0.25, 1)));

    static final TrustPolicy PRUDENT = policy("prudent", Duration.ofDays(180), 2);
    static final TrustPolicy PUBLISHED = policy("published", null, 1);

    static TrustPolicy policy(String name, @Nullable Duration halfLife, double asymmetry) {
        return new TrustPolicy(name, "1", halfLife, 2, 0.5, asymmetry, TABLE);
    }

    private Policies() {}
}
