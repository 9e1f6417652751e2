package dev.rapport.query.projection;

import dev.rapport.events.storage.EventLog;
import dev.rapport.query.consistency.ProjectedPosition;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Whether the read models answer and have come up to where the log was when this node began to look, whichever node feeds them. Once they
 * have, they may fall behind: a burst of commands must not take away all nodes that could answer at once, and whoever needs a certain write waits
 * for it with its token.
 */
@Component("readModelsHealthIndicator") // told as "readModels"
final class ReadModelsHealth extends AbstractHealthIndicator {

    private static final long UNKNOWN = -1;

    private final EventLog log;
    private final ProjectedPosition position;
    private final AtomicLong goal = new AtomicLong(UNKNOWN);

    ReadModelsHealth(EventLog log, ProjectedPosition position) {
        super("the read models do not answer");
        this.log = log;
        this.position = position;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        long complete = position.reached().complete();
        if (goal.get() == UNKNOWN) {
            goal.compareAndSet(UNKNOWN, log.lastStablePosition());
        }
        health.withDetail("position", complete);
        if (complete >= goal.get()) {
            goal.set(0);
            health.up();
        } else {
            health.outOfService().withDetail("comingUpTo", goal.get());
        }
    }
}
