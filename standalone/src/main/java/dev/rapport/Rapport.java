package dev.rapport;

import dev.rapport.command.CommandSide;
import dev.rapport.door.Door;
import dev.rapport.door.ManagementPort;
import dev.rapport.query.QuerySide;
import org.axonframework.springboot.autoconfig.AxonDbSchedulerAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.XStreamAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Starts Rapport. What Boot and Axon would configure for one database is declared by the sides, which have one each. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            JooqAutoConfiguration.class,
            JdbcAutoConfiguration.class,
            AxonDbSchedulerAutoConfiguration.class,
            XStreamAutoConfiguration.class
        })
@Import({CommandSide.class, QuerySide.class, Door.class, SampleData.class})
public class Rapport {

    private static final int USUAL_PORT = 8080;

    public static void main(String... arguments) {
        application().run(arguments);
    }

    /** Rapport, to be run. */
    public static SpringApplication application() {
        // Axon asks for it by this property only
        System.setProperty("disable-axoniq-console-message", "true");
        SpringApplication application = new SpringApplication(Rapport.class);
        application.addInitializers(
                context -> DataDirectory.prepare(context.getEnvironment()), new ManagementPort(USUAL_PORT));
        return application;
    }
}
