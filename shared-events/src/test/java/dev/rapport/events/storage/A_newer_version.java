package dev.rapport.events.storage;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Status;

class A_newer_version {

    private final NewerVersion newer = new NewerVersion();
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(NewerVersion.class);
    private Level before;

    @BeforeEach
    void listen() {
        before = logger.getLevel();
        logger.setLevel(Level.ERROR);
        told.start();
        logger.addAppender(told);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(told);
        logger.setLevel(before);
    }

    @Test
    void is_told_of_loudly_and_once() {
        newer.met("an event of tomorrow");
        newer.met("an event of the day after");

        assertThat(told.list).singleElement().satisfies(said -> {
            assertThat(said.getLevel()).isEqualTo(Level.ERROR);
            assertThat(said.getFormattedMessage()).contains("THIS NODE IS OLDER", "an event of tomorrow", "Replace it");
        });
        assertThat(newer.what()).contains("an event of tomorrow");
    }

    @Test
    void is_told_by_health_which_stays_good_enough_for_requests() {
        assertThat(newer.health().getStatus()).isEqualTo(Status.UP);

        newer.met("an event of tomorrow");

        assertThat(newer.health().getStatus()).isEqualTo(new Status("OUTDATED"));
        assertThat(newer.health().getDetails()).containsEntry("met", "an event of tomorrow");
    }

    @Test
    void is_counted() {
        var registry = new SimpleMeterRegistry();
        newer.bindTo(registry);
        assertThat(registry.get("rapport.outdated").gauge().value()).isZero();

        newer.met("an event of tomorrow");

        assertThat(registry.get("rapport.outdated").gauge().value()).isEqualTo(1);
    }
}
