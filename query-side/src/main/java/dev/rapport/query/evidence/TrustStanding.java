package dev.rapport.query.evidence;

import dev.rapport.events.trust.EntryEvidence;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.trust.TrustTally;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.TrustScores;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

/**
 * The trust in a relationship today: as of the start of the day, or of the last evidence, whichever is later. Trust fades by itself; a value
 * that holds for the day can be sorted and filtered by. From the same sums follows the value at any later moment.
 *
 * @param day what is today
 * @param policy what scored it
 * @param asOf when this is the trust
 * @param tally the sums at {@code asOf}, and at the start of the trend's window, which ends with the start of the day
 */
public record TrustStanding(LocalDate day, PolicyVersion policy, Instant asOf, TrustTally.State tally) {

    /**
     * Trust both ways as it is told.
     *
     * @param asOf when it is
     * @param policy what scored it
     * @param inThem our trust in them
     * @param inUs what they can trust us for
     * @param trend of overall trust in them
     * @param trendInUs of overall trust in us
     * @param trendDays the length of the window that the trend is of
     */
    public record Told(
            Instant asOf,
            PolicyVersion policy,
            TrustScores inThem,
            TrustScores inUs,
            Trend trend,
            Trend trendInUs,
            int trendDays) {}

    static TrustStanding beginning(TrustModel model, TrustClock clock) {
        LocalDate today = clock.today();
        Instant start = clock.startOf(today);
        return new TrustStanding(
                today,
                model.policy().reference(),
                start,
                TrustTally.beginning(model, start.minus(Trend.WINDOW)).state());
    }

    /** The same relationship's today, by the policy in force, from all that is known of it. */
    TrustStanding renewed(TrustModel model, TrustClock clock, Collection<EntryEvidence> entries, LevelCourse levels) {
        TrustStanding beginning = beginning(model, clock);
        return beginning.with(TrustTally.of(model, beginning.tally.start(), entries, levels), asOf);
    }

    /** After news of which nothing is later than a time. */
    TrustStanding with(TrustTally changed, Instant latest) {
        return new TrustStanding(day, policy, later(asOf, latest.truncatedTo(ChronoUnit.MICROS)), changed.state());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Whether it is of today, by the policy in force. */
    boolean isCurrent(TrustModel model, TrustClock clock) {
        return day.equals(clock.today()) && policy.equals(model.policy().reference());
    }

    /** What holds for the day. */
    public Told today(TrustModel model) {
        return at(asOf, model);
    }

    /** What holds at a moment, or as of the last evidence if that is later. */
    public Told at(Instant moment, TrustModel model) {
        TrustTally sums = TrustTally.continuing(model, tally);
        Instant time = later(asOf, moment);
        return new Told(
                time,
                policy,
                sums.at(Party.THEM, time).scores(),
                sums.at(Party.US, time).scores(),
                sums.trend(Party.THEM, time),
                sums.trend(Party.US, time),
                Math.toIntExact(Trend.WINDOW.toDays()));
    }
}
