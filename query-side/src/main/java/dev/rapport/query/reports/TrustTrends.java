package dev.rapport.query.reports;

import dev.rapport.events.trust.TrustSweep.Point;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the trust in relationships together: the plain mean in each group at each time. */
final class TrustTrends {

    private final Map<Group, Means> groups = new LinkedHashMap<>();

    private record Group(@Nullable String key, Instant at) {}

    /** Sums that become means. */
    private static final class Means {

        private int relationships;
        private double trustInThem;
        private double uncertaintyInThem;
        private double trustInUs;
        private double uncertaintyInUs;

        void add(Point point) {
            relationships++;
            trustInThem += point.inThem().trust();
            uncertaintyInThem += point.inThem().uncertainty();
            trustInUs += point.inUs().trust();
            uncertaintyInUs += point.inUs().uncertainty();
        }

        TrustTrendsController.Row row(Group group) {
            return new TrustTrendsController.Row(
                    group.key,
                    group.at,
                    relationships,
                    trustInThem / relationships,
                    uncertaintyInThem / relationships,
                    trustInUs / relationships,
                    uncertaintyInUs / relationships);
        }
    }

    void add(@Nullable String key, Point point) {
        groups.computeIfAbsent(new Group(key, point.at()), _ -> new Means()).add(point);
    }

    List<TrustTrendsController.Row> rows() {
        return groups.entrySet().stream()
                .map(group -> group.getValue().row(group.getKey()))
                .toList();
    }
}
