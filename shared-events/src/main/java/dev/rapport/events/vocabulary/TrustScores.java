package dev.rapport.events.vocabulary;

/**
 * Trust in one party at a time, from 0 to 1, with all its digits, so that whoever recomputes it gets the same.
 *
 * @param overall the mean of the strands that the declared level calls for
 * @param contractual they do what was agreed
 * @param competence they have the skill to do it well
 * @param goodwill they deal fairly where nothing binds them
 * @param uncertainty of overall trust: 1 when nothing is known
 * @param low the 5th percentile of overall trust
 * @param high the 95th percentile of overall trust
 */
public record TrustScores(
        double overall,
        double contractual,
        double competence,
        double goodwill,
        double uncertainty,
        double low,
        double high) {}
