package dev.rapport.events.vocabulary;

/**
 * The trust, both ways, that a decision was taken on. Whoever folds the relationship's events up to that version and scores them under that
 * policy, at the time that the decision occurred, gets the same digits.
 *
 * @param policy what scored it
 * @param version of the relationship before the decision: the events up to there are the evidence
 * @param level the declared level before the decision, which says what makes overall trust
 * @param inThem our trust in them
 * @param inUs what they can trust us for
 */
public record TrustAtDecision(PolicyVersion policy, long version, Level level, TrustScores inThem, TrustScores inUs) {}
