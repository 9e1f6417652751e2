package dev.rapport.query.practice;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** Tells which window of evidence counts now, under the policy in force. */
public final class PracticeClock {

    private final PracticePolicy policy;
    private final Clock clock;
    private final ZoneId zone;

    PracticeClock(PracticePolicy policy, Clock clock, ZoneId zone) {
        this.policy = policy;
        this.clock = clock;
        this.zone = zone;
    }

    public PracticeWindow window() {
        return windowAt(clock.instant());
    }

    /** The window that counted, or will count, at another moment. */
    public PracticeWindow windowAt(Instant moment) {
        return policy.windowAt(moment, zone);
    }
}
