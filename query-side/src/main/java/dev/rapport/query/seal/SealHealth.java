package dev.rapport.query.seal;

import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the event log is as it was sealed, as far as this process knows. Of no concern to readiness: commands go on. */
final class SealHealth implements HealthIndicator {

    private final SealStanding standing;

    SealHealth(SealStanding standing) {
        this.standing = standing;
    }

    @Override
    public Health health() {
        Map<String, String> troubles = standing.troubles();
        return (troubles.isEmpty() ? Health.up() : Health.down())
                .withDetails(troubles)
                .build();
    }
}
