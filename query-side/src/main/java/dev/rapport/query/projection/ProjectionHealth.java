package dev.rapport.query.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rapport.query.projection.ObservedProcessors.Observed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Which of those who follow the log lag, and how far: for an operator to read. Nobody is unready for it, since commands go on, queries can wait
 * for what they need to see, and a node that got no requests would lag no less. Told by the last sample, since everybody may ask.
 */
@Component("projectionHealthIndicator") // told as "projection"
class ProjectionHealth implements HealthIndicator {

    private static final double LAGS_AFTER_SECONDS = 10;

    private final ProjectionMetrics metrics;

    ProjectionHealth(ProjectionMetrics metrics) {
        this.metrics = metrics;
    }

    /** How a processor is doing. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Told(
            boolean lags,
            long lagEvents,
            double lagSeconds,
            @Nullable String error) {

        static Told of(Observed observed) {
            return new Told(
                    observed.lag().seconds() > LAGS_AFTER_SECONDS
                            || observed.state().error() != null,
                    observed.lag().events(),
                    observed.lag().seconds(),
                    observed.state().error());
        }
    }

    @Override
    public Health health() {
        List<Observed> observed = metrics.observed();
        if (observed == null) {
            return Health.unknown().build();
        }
        Health.Builder health = Health.up();
        observed.forEach(one -> health.withDetail(one.state().name(), Told.of(one)));
        return health.build();
    }
}
