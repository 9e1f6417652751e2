package dev.rapport.events.storage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far this node's clock is ahead of the event database's, which stamps what is recorded: looked at again and again, and said loudly
 * once when it is too far, since a node whose clock is off refuses what has just occurred, or takes what has not occurred yet.
 */
public final class ClockSkew implements MeterBinder, AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(ClockSkew.class);

    private static final Duration ALARM = Duration.ofSeconds(5);

    /** An answer that took longer says too little: when in that time the database looked at its clock, nobody knows. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private static final double NANOS = 1e9;

    private final Supplier<Instant> databaseTime;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Duration interval;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("clock-skew").factory());
    private volatile double seconds = Double.NaN;
    private volatile boolean alarmed;

    public ClockSkew(EventLog log, Clock clock, Duration interval) {
        this(log::databaseTime, clock, System::nanoTime, interval);
    }

    ClockSkew(Supplier<Instant> databaseTime, Clock clock, LongSupplier nanoTime, Duration interval) {
        this.databaseTime = databaseTime;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.interval = interval;
    }

    /** Begins to look. */
    public void start() {
        var _ = looking.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Above zero when this node's clock is ahead; not a number while the database is away, or as long as it never answered soon enough to tell. */
    public double seconds() {
        return seconds;
    }

    /** Whether it is too far, and was said loudly. */
    boolean isTooFar() {
        return alarmed;
    }

    void look() {
        try {
            long askedAt = nanoTime.getAsLong();
            Instant there = databaseTime.get();
            Duration way = Duration.ofNanos(nanoTime.getAsLong() - askedAt);
            Instant here = clock.instant();
            if (way.compareTo(SLOW) > 0) {
                logger.debug("The event database took {} to tell its time, which says nothing then", way);
                return;
            }
            Duration halfOfTheWay = way.dividedBy(2);
            Duration skew = Duration.between(there, here.minus(halfOfTheWay));
            seconds = skew.toNanos() / NANOS;
            // the database looked at its clock at some time on the way, and what that makes uncertain is no reason for
            // an alarm
            alarm(skew.abs().minus(halfOfTheWay).compareTo(ALARM) > 0, skew);
        } catch (EventStoreException away) {
            seconds = Double.NaN;
            logger.debug("The event database does not tell its time", away);
        }
    }

    private void alarm(boolean tooFar, Duration skew) {
        if (tooFar && !alarmed) {
            logger.warn(
                    "THE CLOCK OF THIS NODE IS OFF: {} ms {} that of the event database. Commands may be refused for"
                            + " times that are said to be in the future, or taken with such times. Have both follow the"
                            + " same time servers.",
                    skew.abs().toMillis(),
                    skew.isNegative() ? "behind" : "ahead of");
        } else if (!tooFar && alarmed) {
            logger.info("The clock of this node agrees with that of the event database again.");
        }
        alarmed = tooFar;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("rapport.clock.skew", this, ClockSkew::seconds)
                .description("How far the node's clock is ahead of the event database's")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
