package dev.rapport.events.storage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * What this process met of a newer version of Rapport, which makes it an older one, for as long as it runs. It is said loudly, once: who runs an
 * upgrade node by node expects it, and everybody else has to know.
 */
public final class NewerVersion implements HealthIndicator, MeterBinder {

    /** No reason to send no requests: a node that is outdated answers most of them, and says of the others that another one will. */
    private static final Status OUTDATED = new Status("OUTDATED");

    private static final Logger logger = LoggerFactory.getLogger(NewerVersion.class);

    private final AtomicReference<@Nullable String> first = new AtomicReference<>();

    /** Notes what was met, in words that tell nothing of what events say. */
    public void met(String what) {
        if (first.compareAndSet(null, what)) {
            logger.error(
                    "THIS NODE IS OLDER THAN WHAT WAS RECORDED: {}. It goes on with whatever needs nothing of that,"
                        + " and leaves all else to nodes of the newer version: nothing is skipped or lost. Replace it"
                        + " by that version (docs/operations.md, Upgrade).",
                    what);
        }
    }

    public boolean isMet() {
        return first.get() != null;
    }

    /** What was met first, if anything was. */
    public Optional<String> what() {
        return Optional.ofNullable(first.get());
    }

    @Override
    public Health health() {
        return what().map(met -> Health.status(OUTDATED).withDetail("met", met))
                .orElseGet(Health::up)
                .build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("rapport.outdated", this, newer -> newer.isMet() ? 1 : 0)
                .description("1 when this node met what only a newer version wrote, and leaves such things to others")
                .register(registry);
    }
}
