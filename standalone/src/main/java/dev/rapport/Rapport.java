package dev.rapport;

import dev.rapport.command.CommandSide;
import dev.rapport.http.AccessConfiguration;
import dev.rapport.query.QuerySide;
import java.nio.file.Path;
import java.util.Map;
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
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

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
@Import({
    CommandSide.class,
    QuerySide.class,
    AccessConfiguration.class,
    ApiDocument.class,
    SampleData.class,
    SealHealth.class
})
public class Rapport {

    private static final String DATA_DIRECTORY = "rapport.data-dir";
    private static final String MANAGEMENT_PORT = "management.server.port";
    private static final int USUAL_PORT = 8080;

    public static void main(String... arguments) {
        application().run(arguments);
    }

    /** Rapport, to be run. */
    public static SpringApplication application() {
        // Axon asks for it by this property only
        System.setProperty("disable-axoniq-console-message", "true");
        SpringApplication application = new SpringApplication(Rapport.class);
        application.addInitializers(Rapport::makeDataDirectoryAbsolute, Rapport::giveManagementAPort);
        return application;
    }

    /** So that {@code data} is as good as {@code ./data}, which H2 insists on. */
    private static void makeDataDirectoryAbsolute(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Path directory = Path.of(environment.getRequiredProperty(DATA_DIRECTORY))
                .toAbsolutePath()
                .normalize();
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource("absolute data directory", Map.of(DATA_DIRECTORY, directory.toString())));
    }

    /** A port of its own, whether one was chosen or not. */
    private static void giveManagementAPort(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!environment.containsProperty(MANAGEMENT_PORT)) {
            boolean usual = environment.getRequiredProperty("server.port", int.class) == USUAL_PORT;
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "management's port", Map.of(MANAGEMENT_PORT, usual ? USUAL_PORT + 1 : 0)));
        }
    }
}
