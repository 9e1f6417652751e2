package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Run;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Subjects that take turns, round after round, so that whatever else the machine does meets all of them. */
final class Turns {

    private final Store store;
    private final List<SubjectInProcess> subjects;
    private final Map<String, List<Run>> runs = new LinkedHashMap<>();

    Turns(Store store, List<SubjectInProcess> subjects) {
        this.store = store;
        this.subjects = List.copyOf(subjects);
        subjects.forEach(subject -> runs.put(subject.name(), new ArrayList<>()));
    }

    /** Fills and warms up every subject, then lets them take turns; each round begins with another one. */
    void take(Duration warmUp, int rounds, Duration length) throws IOException, SQLException {
        for (SubjectInProcess subject : subjects) {
            subject.ask("fill");
            store.settle();
            subject.run(warmUp);
        }
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < subjects.size(); turn++) {
                SubjectInProcess subject = subjects.get((round + turn) % subjects.size());
                store.settle();
                runs.get(subject.name()).add(subject.run(length));
            }
        }
    }

    List<String> names() {
        return List.copyOf(runs.keySet());
    }

    /** Steps a second. */
    Sample rate(String subject) {
        return new Sample(runs.get(subject).stream().mapToDouble(Run::perSecond).toArray());
    }

    /** How long a step took, half of the time, in milliseconds. */
    Sample median(String subject) {
        return new Sample(runs.get(subject).stream()
                .mapToDouble(run -> run.median() / 1e6)
                .toArray());
    }

    /** How long the slowest hundredth took at least, in milliseconds. */
    Sample slowest(String subject) {
        return new Sample(runs.get(subject).stream()
                .mapToDouble(run -> run.slowest1() / 1e6)
                .toArray());
    }
}
