package dev.rapport;

import dev.rapport.command.CommandSide;
import dev.rapport.door.Door;
import dev.rapport.door.ManagementPort;
import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import dev.rapport.query.QuerySide;
import java.io.IOException;
import java.nio.file.Files;
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
@Import({CommandSide.class, QuerySide.class, Door.class, SampleData.class})
public class Rapport {

    private static final String DATA_DIRECTORY = "rapport.data-dir";
    private static final String NOT_WRITABLE = "nothing can be written to the data directory ";
    private static final String TO_BE_WRITABLE =
            StartRefused.adviceToWrite(new SettingName(DATA_DIRECTORY), "directory");
    private static final int USUAL_PORT = 8080;

    public static void main(String... arguments) {
        application().run(arguments);
    }

    /** Rapport, to be run. */
    public static SpringApplication application() {
        // Axon asks for it by this property only
        System.setProperty("disable-axoniq-console-message", "true");
        SpringApplication application = new SpringApplication(Rapport.class);
        application.addInitializers(Rapport::prepareDataDirectory, new ManagementPort(USUAL_PORT));
        return application;
    }

    /** Absolute, so that {@code data} is as good as {@code ./data}, which H2 insists on; and looked at before several things are kept there. */
    private static void prepareDataDirectory(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Path directory = Path.of(environment.getRequiredProperty(DATA_DIRECTORY))
                .toAbsolutePath()
                .normalize();
        requireWritable(directory);
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource("absolute data directory", Map.of(DATA_DIRECTORY, directory.toString())));
    }

    private static void requireWritable(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException notMade) {
            throw new StartRefused(NOT_WRITABLE + directory + ": " + notMade, TO_BE_WRITABLE, notMade);
        }
        if (!Files.isWritable(directory)) {
            throw new StartRefused(NOT_WRITABLE + directory, TO_BE_WRITABLE);
        }
    }
}
