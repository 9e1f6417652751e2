package dev.rapport.events.trust;

/** What can be evidence. What each is worth, and for which strand, is a {@link TrustPolicy policy's} business. New ones go to the end: read models keep places. */
public enum EvidenceKind {
    COMMITMENT_KEPT_ON_TIME,
    COMMITMENT_KEPT_LATE,
    COMMITMENT_BROKEN,
    COMMITMENT_OVERDUE,
    MEASUREMENT_ON_TARGET,
    MEASUREMENT_OFF_TARGET,
    CONTRIBUTION,
    QUALITY_CONCERN,
    TRANSACTIONAL_DISCLOSURE,
    ADDED_VALUE_DISCLOSURE,
    JOINT_VALUE_DISCLOSURE,
    HOSTILE_INTERACTION,
    COOL_INTERACTION,
    FRIENDLY_INTERACTION,
    WARM_INTERACTION,
    RELEASE,
    FAIRNESS_CONCERN,
    OPENNESS_CONCERN,
    CONCERN_RESOLVED
}
