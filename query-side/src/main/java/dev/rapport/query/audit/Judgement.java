package dev.rapport.query.audit;

import dev.rapport.events.policy.TrustPolicies;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.query.evidence.TrustClock;
import dev.rapport.query.practice.PracticeClock;
import dev.rapport.query.practice.PracticeSentences;
import dev.rapport.query.relationship.RelationshipView;
import dev.rapport.query.relationship.Told;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Judges what was folded as queries judge what they read, but as of any moment. */
@Component
class Judgement {

    private final PracticeClock practice;
    private final PracticeSentences sentences;
    private final TrustModel trust;
    private final TrustClock clock;

    Judgement(PracticeClock practice, PracticeSentences sentences, TrustPolicies policies, TrustClock clock) {
        this.practice = practice;
        this.sentences = sentences;
        this.trust = policies.usual();
        this.clock = clock;
    }

    /**
     * A state to fold events into.
     *
     * @param validAt leaves out what happened in the world later; null leaves out nothing, and judges as of now
     */
    State state(@Nullable Instant validAt) {
        return validAt == null ? new State(this, clock.now(), null) : new State(this, validAt, validAt);
    }

    TrustModel trust() {
        return trust;
    }

    TrustClock clockAt(Instant moment) {
        return clock.at(moment);
    }

    RelationshipView view(Told told, Instant moment) {
        return RelationshipView.alone(
                told, practice.windowAt(moment), sentences, told.trust().at(moment, trust));
    }
}
