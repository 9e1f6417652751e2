package dev.rapport.query.practice;

/** What shows how deep a relationship is practised, whatever is declared. */
public enum KindOfEvidence {
    INFORMATION_EXCHANGED,
    INDICATORS_MEASURED,
    OBJECTIVES_HELD
}
