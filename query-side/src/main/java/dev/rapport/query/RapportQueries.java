package dev.rapport.query;

import dev.rapport.door.Door;
import dev.rapport.door.OwnProcess;
import dev.rapport.door.RequiredSetting;
import dev.rapport.query.eventlog.EventLogConfiguration;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Starts the query side in a process of its own, of which there may be any number on one PostgreSQL. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            JooqAutoConfiguration.class
        })
@Import({QuerySide.class, EventLogConfiguration.class, Door.class})
public class RapportQueries {

    private static final int USUAL_PORT = 8082;

    public static void main(String... arguments) {
        application().run(arguments);
    }

    /** The query side, to be run. */
    public static SpringApplication application() {
        return new OwnProcess(
                        RapportQueries.class,
                        "rapport-queries",
                        USUAL_PORT,
                        List.of(
                                RequiredSetting.EVENT_DATABASE,
                                RequiredSetting.database("the read database", "rapport.read.url", "read"),
                                RequiredSetting.database(
                                        "the database of who read in the audit area", "rapport.audit.url", "audit"),
                                RequiredSetting.MASTER_KEY,
                                new RequiredSetting(
                                        "what this node seals the log with",
                                        List.of("rapport.seal.key-file", "rapport.seal.key", "rapport.seal.active"),
                                        "",
                                        "a file that holds the key, the same for every node (rapport.seal.make-key=true"
                                                + " makes it), or the key; or false for active, where others seal"),
                                RequiredSetting.CALLERS))
                .toRun();
    }
}
