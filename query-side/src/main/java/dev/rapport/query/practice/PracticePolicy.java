package dev.rapport.query.practice;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to practise a level: figures that are this project's decisions and not the theory's, so they are kept in a file with a name
 * and a version.
 *
 * @param months how long evidence counts, at least 1
 * @param kindsNeeded how many kinds of evidence have to show a level, or a higher one, 1 to 3
 */
public record PracticePolicy(String name, String version, int months, int kindsNeeded) {

    public PracticePolicy {
        if (isBlank(name) || isBlank(version)) {
            throw new IllegalArgumentException("a practice policy has a name and a version");
        }
        if (months < 1) {
            throw new IllegalArgumentException("evidence counts for a month at least, not for " + months);
        }
        if (kindsNeeded < 1 || kindsNeeded > KindOfEvidence.values().length) {
            throw new IllegalArgumentException("there are no " + kindsNeeded + " kinds of evidence");
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    /**
     * The window of evidence that counts at a moment, to the microsecond, as rows are kept.
     *
     * @param zone whose days measurements are of
     */
    public PracticeWindow windowAt(Instant now, ZoneId zone) {
        Instant since = now.truncatedTo(ChronoUnit.MICROS)
                .atZone(ZoneOffset.UTC)
                .minusMonths(months)
                .toInstant();
        return new PracticeWindow(this, since, LocalDate.ofInstant(since, zone));
    }
}
