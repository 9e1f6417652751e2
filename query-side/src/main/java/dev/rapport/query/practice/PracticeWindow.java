package dev.rapport.query.practice;

import java.time.Instant;
import java.time.LocalDate;

/**
 * The time whose evidence counts: it begins here, both ends included, and goes on until now. Nothing of it is ever stored, since evidence
 * ages without any event.
 *
 * @param since the first moment, for what happens at one
 * @param firstDay the day of that moment, for what is known by its day
 */
public record PracticeWindow(PracticePolicy policy, Instant since, LocalDate firstDay) {

    boolean reaches(Instant moment) {
        return !moment.isBefore(since);
    }

    boolean reaches(LocalDate day) {
        return !day.isBefore(firstDay);
    }
}
